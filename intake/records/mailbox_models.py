"""The tables behind a receipt code: letters both ways, and how many of them nobody has read."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.records.models import Table


class Mailbox(Table):
    """What goes on between a person and the clinic beside the request in the inbox; made with the first letter.

    `letters` is the number of the latest, `unread` counts those from the person that no colleague has read, and
    `withdrawn_at` says since when the receipt code opens nothing any more.
    """

    __tablename__ = "mailboxes"
    __table_args__ = (
        CheckConstraint("letters >= 0 AND unread >= 0", name="counts"),
        Index(
            "ix_mailboxes_unread",
            "inbox_id",
            sqlite_where=text("unread > 0"),
            postgresql_where=text("unread > 0"),
        ),
    )

    inbox_id: Mapped[str] = mapped_column(ForeignKey("inbox.id", ondelete="CASCADE"), primary_key=True)
    letters: Mapped[int] = mapped_column(default=0)
    unread: Mapped[int] = mapped_column(default=0)
    withdrawn_at: Mapped[datetime | None]


class Letter(Table):
    """One letter, numbered from 1 within its mailbox.

    `sealed` is what a person wrote, sealed to the clinic, emptied when it is opened into `content`, which staff read;
    `for_person` is the same sealed to the mailbox. `failed` is the reason code of a letter that could not be opened.
    """

    __tablename__ = "letters"
    __table_args__ = (
        UniqueConstraint("inbox_id", "number"),
        CheckConstraint("sender IN ('person', 'clinic')", name="sender"),
        CheckConstraint("(sealed IS NULL) = (opened_at IS NOT NULL)", name="sealed_until_opened"),
        CheckConstraint("(content IS NULL) = (opened_at IS NULL)", name="readable_once_opened"),
        CheckConstraint("failed IS NULL OR opened_at IS NULL", name="failed_is_unopened"),
        CheckConstraint("length(id) = 32", name="id_is_128_bits"),
        Index(
            "ix_letters_unopened",
            "written_hour",
            "id",
            sqlite_where=text("opened_at IS NULL AND failed IS NULL"),
            postgresql_where=text("opened_at IS NULL AND failed IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    inbox_id: Mapped[str] = mapped_column(ForeignKey("mailboxes.inbox_id", ondelete="CASCADE"))
    number: Mapped[int]
    sender: Mapped[str]
    author: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    written_hour: Mapped[datetime]
    sealed: Mapped[bytes | None]
    content: Mapped[bytes | None]
    for_person: Mapped[bytes | None]
    opened_at: Mapped[datetime | None]
    failed: Mapped[str | None]
