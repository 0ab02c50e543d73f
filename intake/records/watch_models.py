"""What the watch keeps: alarms, the notices that go out about them, and when each part of the service last lived."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.records.models import Table

_OPEN = text("cleared_at IS NULL")
_UNSETTLED = text("settled_at IS NULL")


class Alarm(Table):
    """Something that must not go on. There is at most one open alarm for a reason and what it is about.

    `subject` is the id of a case, of a row in the inbox or of a user, or a unit; empty where it is the whole service.
    `since` is when what it is about began. It is cleared when that is over; `handled` only says that somebody knows.
    """

    __tablename__ = "alarms"
    __table_args__ = (
        CheckConstraint("length(id) = 32", name="id_is_128_bits"),
        CheckConstraint(
            "(handled_at IS NULL) = (handled_by IS NULL) AND (handled_at IS NULL) = (note IS NULL)", name="handled"
        ),
        Index(
            "ix_alarms_open",
            "reason",
            "subject",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_alarms_open_in_unit", "unit", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_alarms_cleared_at", "cleared_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    subject: Mapped[str]
    unit: Mapped[str | None]
    urgent: Mapped[bool]
    detail: Mapped[str]
    since: Mapped[datetime]
    raised_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    note: Mapped[bytes | None]


class Notice(Table):
    """A line of a mail to somebody: that there are alarms of a kind in a unit. Written with the alarm, sent later.

    One is written for each `period`, an open day as a rule. `outcome` says how it ended; until then it is tried again
    at `due_at`, which whoever tries puts ahead first, so that nobody else tries at the same time.
    """

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint("length(id) = 32", name="id_is_128_bits"),
        CheckConstraint("kind IN ('urgent', 'waiting', 'technical')", name="kind"),
        CheckConstraint("outcome IN ('sent', 'withdrawn', 'refused', 'given_up')", name="outcome"),
        CheckConstraint("(settled_at IS NULL) = (outcome IS NULL)", name="settled"),
        Index("ix_notices_once", "user_id", "kind", "unit", "period", unique=True),
        Index("ix_notices_unsettled", "due_at", sqlite_where=_UNSETTLED, postgresql_where=_UNSETTLED),
        Index("ix_notices_settled_at", "settled_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[str]
    unit: Mapped[str]
    period: Mapped[str]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    settled_at: Mapped[datetime | None]
    outcome: Mapped[str | None]


class Heartbeat(Table):
    """When something last lived, or last happened."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
