"""Views of the queue that somebody keeps for themselves."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from intake.records.models import Table


class SavedView(Table):
    """A name somebody gave, encrypted like all free text, for what an address of the queue asks for, in codes."""

    __tablename__ = "saved_views"

    id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[bytes]
    asked: Mapped[str]
