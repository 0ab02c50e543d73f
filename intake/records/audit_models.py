"""The tables of the audit log. Rows of `audit_log` are only ever added: triggers refuse to change or remove one."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.records.models import Table


class AuditChain(Table):
    """The one row that says how the chain goes on.

    `sealed` is the first key, sealed to the auditor's public key with the fingerprint `sealed_to`. `state` is closed
    under the staff data key: the key of `day`, and after which row that day began. `base_…` is where the chain begins:
    before the first row, or after the last one that was dropped.
    """

    __tablename__ = "audit_chain"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed_to: Mapped[str]
    sealed: Mapped[bytes]
    day: Mapped[int]
    state: Mapped[bytes]
    base_seq: Mapped[int] = mapped_column(BigInteger)
    base_mac: Mapped[str]
    base_day: Mapped[int]
    base_at: Mapped[datetime]


class AuditEntry(Table):
    """One entry, in the order of audit.entry.Row. Its number has no gaps; `mac` seals it to the row before."""

    __tablename__ = "audit_log"
    __table_args__ = (
        CheckConstraint("seq >= 1", name="seq"),
        CheckConstraint("length(mac) = 64", name="mac"),
        CheckConstraint("result IN ('done', 'denied', 'failed')", name="result"),
        Index("ix_audit_log_actor", "actor", "seq"),
        Index(
            "ix_audit_log_case_id",
            "case_id",
            "seq",
            sqlite_where=text("case_id IS NOT NULL"),
            postgresql_where=text("case_id IS NOT NULL"),
        ),
        Index(
            "ix_audit_log_not_done",
            "seq",
            sqlite_where=text("result <> 'done'"),
            postgresql_where=text("result <> 'done'"),
        ),
    )

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    day: Mapped[int]
    at: Mapped[datetime]
    actor: Mapped[str]
    role: Mapped[str]
    units: Mapped[str]
    action: Mapped[str]
    case_id: Mapped[str | None]
    codes: Mapped[str]
    rows: Mapped[int | None]
    shown: Mapped[str]
    result: Mapped[str]
    request_id: Mapped[str]
    mac: Mapped[str]


class AuditDay(Table):
    """When each day key came into use, and with which row: finds the rows of a period without an index over times."""

    __tablename__ = "audit_days"

    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_seq: Mapped[int] = mapped_column(BigInteger)
    begun_at: Mapped[datetime]


class AuditShown(Table):
    """The first entry of a day in which a list showed this case to this person: finds what `shown` keeps."""

    __tablename__ = "audit_shown"

    case_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    actor: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)


class AuditReview(Table):
    """A spot check: what was drawn from which period, by whom, and the seed from which anybody draws the same."""

    __tablename__ = "audit_reviews"
    __table_args__ = (
        CheckConstraint("kind IN ('entries', 'days')", name="kind"),
        Index("ix_audit_reviews_drawn_at", "drawn_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    kind: Mapped[str]
    seed: Mapped[str]
    first_day: Mapped[str]
    last_day: Mapped[str]
    population: Mapped[int]


class AuditReviewItem(Table):
    """One thing drawn, an entry or a person's day that begins with it, and what the auditor found; `note` is closed."""

    __tablename__ = "audit_review_items"
    __table_args__ = (
        CheckConstraint("verdict IS NULL OR verdict IN ('fine', 'look')", name="verdict"),
        CheckConstraint("(verdict IS NULL) = (marked_at IS NULL)", name="marked"),
    )

    review_id: Mapped[str] = mapped_column(ForeignKey("audit_reviews.id", ondelete="RESTRICT"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    entries: Mapped[int]
    verdict: Mapped[str | None]
    note: Mapped[bytes | None]
    marked_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    marked_at: Mapped[datetime | None]
