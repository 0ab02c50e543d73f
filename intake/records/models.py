"""The tables. In clear: ids, unit, principal, state, priority, language, door and times; a person only encrypted.

A column of type `bytes` is ciphertext, without exception. States are rows of the triage table and may grow without a
migration, so `state` has no CHECK; roles, stages and priorities are few and guard something, so they have one.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Text,
    text,
)
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from intake.records.columns import UtcDateTime

PRIORITY = {"urgent": 1, "soon": 2, "normal": 3}
"""A route's urgency as a number, most urgent first, so that the queue's order is the index's order."""


class Table(DeclarativeBase):
    """The parent of all tables: one naming of constraints, so that a migration can name what it changes."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text, bytes: LargeBinary, datetime: UtcDateTime}  # noqa: RUF012  # SQLAlchemy's name


class Inbox(Table):
    """One accepted submission, sealed until a process with the private key has made a case of it.

    `sealed` is emptied when the row is opened. `failed` is the reason code of a row that could not be opened.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        CheckConstraint("(sealed IS NULL) = (opened_at IS NOT NULL)", name="sealed_until_opened"),
        CheckConstraint("failed IS NULL OR opened_at IS NULL", name="failed_is_unopened"),
        CheckConstraint("priority BETWEEN 1 AND 3", name="priority"),
        CheckConstraint("length(id) = 32", name="id_is_128_bits"),
        Index(
            "ix_inbox_unopened",
            "received_hour",
            "id",
            sqlite_where=text("opened_at IS NULL AND failed IS NULL"),
            postgresql_where=text("opened_at IS NULL AND failed IS NULL"),
        ),
        Index(
            "ix_inbox_failed",
            "failed",
            sqlite_where=text("failed IS NOT NULL"),
            postgresql_where=text("failed IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[str] = mapped_column(unique=True)
    lookup: Mapped[str] = mapped_column(unique=True)
    sealed: Mapped[bytes | None]
    unit: Mapped[str]
    principal: Mapped[str]
    priority: Mapped[int]
    language: Mapped[str]
    door: Mapped[str]
    definition: Mapped[str]
    received_hour: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    failed: Mapped[str | None]


def _when_received(context: DefaultExecutionContext) -> datetime:
    row: Mapping[str, datetime] = context.get_current_parameters()  # type: ignore[no-untyped-call]  # SQLAlchemy's own
    return row["received_at"]


class Case(Table):
    """One person's request, as staff work with it. `version` grows with every change and stops lost updates.

    It belongs to one unit of one principal; who has it in front of them is in cooperation_models.Place.
    """

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("priority BETWEEN 1 AND 3", name="priority"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("length(id) = 32", name="id_is_128_bits"),
        CheckConstraint("length(reference) = 7", name="reference"),
        Index("uq_cases_id_principal", "id", "principal", unique=True),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    inbox_id: Mapped[str] = mapped_column(ForeignKey("inbox.id", ondelete="RESTRICT"), unique=True)
    lookup: Mapped[str] = mapped_column(unique=True)
    unit: Mapped[str]
    principal: Mapped[str]
    state: Mapped[str]
    priority: Mapped[int]
    language: Mapped[str]
    door: Mapped[str]
    received_at: Mapped[datetime]
    state_at: Mapped[datetime]
    untried_since: Mapped[datetime] = mapped_column(nullable=True, default=_when_received)
    """Since when nobody has called: see triage.calls. Until somebody takes the case, since it came."""
    tried_at: Mapped[datetime | None]
    claimed_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    summary: Mapped[bytes]
    contact: Mapped[bytes]
    answers: Mapped[bytes]
    demonstration: Mapped[bool] = mapped_column(default=False)
    events: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    contact_key: Mapped[int] = mapped_column(default=0, server_default="0", index=True)
    """The id of the data key under which the contact is in the index of possible matches; 0 while it is not."""


class CaseEvent(Table):
    """One line of a case's timeline, numbered from 1 without gaps; `actor` is empty for what the system did."""

    __tablename__ = "case_events"
    __table_args__ = (CheckConstraint("number >= 1", name="number"),)

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    kind: Mapped[str]
    detail: Mapped[bytes | None]


class DataKey(Table):
    """A key that encrypts fields of cases, sealed to the staff public key whose fingerprint is `sealed_to`."""

    __tablename__ = "data_keys"
    __table_args__ = (CheckConstraint("id BETWEEN 1 AND 65535", name="id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed_to: Mapped[str]
    sealed: Mapped[bytes]
    created_at: Mapped[datetime]


class User(Table):
    """Somebody who may sign in, for one principal. Nobody is deleted, only disabled: the timelines name them."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("username = lower(username) AND length(username) BETWEEN 1 AND 64", name="username"),
        CheckConstraint("role IN ('reception', 'clinician', 'coordinator', 'auditor', 'admin')", name="role"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    totp_secret: Mapped[bytes | None]
    totp_last_step: Mapped[int | None] = mapped_column(BigInteger)
    role: Mapped[str]
    principal: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    email: Mapped[str | None]
    disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Membership(Table):
    """A user works in a unit, and may reach its cases."""

    __tablename__ = "memberships"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)


class RecoveryCode(Table):
    """One way past a lost second factor, hashed, good once."""

    __tablename__ = "recovery_codes"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    hash: Mapped[str] = mapped_column(primary_key=True)
    used_at: Mapped[datetime | None]


class StaffSession(Table):
    """A sign-in. The cookie holds the id, the row only its hash; a session that ended stays ended."""

    __tablename__ = "staff_sessions"
    __table_args__ = (
        CheckConstraint("stage IN ('password', 'full')", name="stage"),
        Index("ix_staff_sessions_user_id", "user_id"),
    )

    id_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    stage: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Throttle(Table):
    """How often something failed lately. `key` is made by the caller and never holds a name or an address in clear."""

    __tablename__ = "throttles"
    __table_args__ = (CheckConstraint("failures >= 0", name="failures"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    blocked_until: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(index=True)


class Installation(Table):
    """A fact about this installation, such as that it holds demonstration cases."""

    __tablename__ = "installation"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
