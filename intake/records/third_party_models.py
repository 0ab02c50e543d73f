"""What was told about somebody who was not there: a table of its own, so that it can be removed and nothing else is."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intake.records.models import Table


class ThirdParty(Table):
    """What a case tells about somebody else, at most one row for each case.

    Removing empties `content` and says who did it, when and for which reason; nothing brings it back.
    """

    __tablename__ = "third_party"
    __table_args__ = (
        CheckConstraint("(content IS NULL) = (removed_at IS NOT NULL)", name="content_until_removed"),
        CheckConstraint("(removed_at IS NULL) = (removed_by IS NULL)", name="removed_by_somebody"),
        CheckConstraint("(removed_at IS NULL) = (reason IS NULL)", name="removed_for_a_reason"),
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes | None]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    reason: Mapped[str | None]
