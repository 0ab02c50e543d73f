"""The tables of signed links: where each leads, and how many requests came through it a day. A person is in neither."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.records.models import Table

POSTER, REFERRER = "poster", "referrer"


class IssuedLink(Table):
    """A link a unit has made: a poster at a `place`, or a referrer, whose name is then the `place`.

    `answers` is JSON: what a form begins with. `sent` is the sum of all days. A link that was withdrawn stays, so that
    whoever still comes through it is understood.
    """

    __tablename__ = "links"
    __table_args__ = (
        CheckConstraint("kind IN ('poster', 'referrer')", name="kind"),
        CheckConstraint("sent >= 0", name="sent"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn"),
        Index("ix_links_by_unit", "unit", "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[str]
    kind: Mapped[str]
    door: Mapped[str]
    language: Mapped[str]
    referrer: Mapped[str]
    place: Mapped[str]
    answers: Mapped[str]
    sent: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))


class LinkDay(Table):
    """How many requests came through a link on one day of the clinic's own calendar."""

    __tablename__ = "link_days"
    __table_args__ = (CheckConstraint("sent >= 1", name="sent"),)

    link_id: Mapped[str] = mapped_column(ForeignKey("links.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    sent: Mapped[int]
