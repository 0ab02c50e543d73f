"""The first tables: sealed inbox, cases and their timelines, accounts. Constraint names follow models.Table."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _inbox()
    _installation()
    _accounts()
    _sign_in()
    _cases()
    _case_indexes()


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("draft_id", sa.Text, nullable=False, unique=True),
        sa.Column("lookup", sa.Text, nullable=False, unique=True),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("principal", sa.Text, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("door", sa.Text, nullable=False),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("received_hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True)),
        sa.Column("failed", sa.Text),
        sa.CheckConstraint("(sealed IS NULL) = (opened_at IS NOT NULL)", name="sealed_until_opened"),
        sa.CheckConstraint("failed IS NULL OR opened_at IS NULL", name="failed_is_unopened"),
        sa.CheckConstraint("priority BETWEEN 1 AND 3", name="priority"),
        sa.CheckConstraint("length(id) = 32", name="id_is_128_bits"),
    )
    _partial_index("ix_inbox_unopened", ["received_hour", "id"], "opened_at IS NULL AND failed IS NULL")
    _partial_index("ix_inbox_failed", ["failed"], "failed IS NOT NULL")


def _partial_index(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "inbox", columns, sqlite_where=where, postgresql_where=where)


def _installation() -> None:
    op.create_table(
        "installation",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "data_keys",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sealed_to", sa.Text, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id BETWEEN 1 AND 65535", name="id"),
    )


def _accounts() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("username", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("totp_secret", sa.LargeBinary),
        sa.Column("totp_last_step", sa.BigInteger),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("username = lower(username) AND length(username) BETWEEN 1 AND 64", name="username"),
        sa.CheckConstraint("role IN ('reception', 'clinician', 'coordinator', 'auditor', 'admin')", name="role"),
    )
    op.create_table(
        "memberships",
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("unit", sa.Text, primary_key=True),
    )


def _sign_in() -> None:
    op.create_table(
        "recovery_codes",
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("used_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("id_hash", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("stage IN ('password', 'full')", name="stage"),
    )
    op.create_index("ix_staff_sessions_user_id", "staff_sessions", ["user_id"])
    op.create_table(
        "throttles",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True)),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("failures >= 0", name="failures"),
    )
    op.create_index("ix_throttles_updated_at", "throttles", ["updated_at"])


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("reference", sa.Text, nullable=False, unique=True),
        sa.Column("inbox_id", sa.Text, sa.ForeignKey("inbox.id", ondelete="RESTRICT"), nullable=False, unique=True),
        sa.Column("lookup", sa.Text, nullable=False, unique=True),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("principal", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("door", sa.Text, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT")),
        sa.Column("summary", sa.LargeBinary, nullable=False),
        sa.Column("contact", sa.LargeBinary, nullable=False),
        sa.Column("answers", sa.LargeBinary, nullable=False),
        sa.Column("demonstration", sa.Boolean, nullable=False),
        sa.Column("events", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("priority BETWEEN 1 AND 3", name="priority"),
        sa.CheckConstraint("version >= 1", name="version"),
        sa.CheckConstraint("length(id) = 32", name="id_is_128_bits"),
        sa.CheckConstraint("length(reference) = 7", name="reference"),
    )
    op.create_table(
        "case_events",
        sa.Column("case_id", sa.Text, sa.ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT")),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("detail", sa.LargeBinary),
        sa.CheckConstraint("number >= 1", name="number"),
    )


def _case_indexes() -> None:
    oldest = ["received_at", "id"]
    for name, columns in {
        "ix_cases_by_priority": ["unit", "state", "priority", *oldest],
        "ix_cases_by_received": ["unit", "state", *oldest],
        "ix_cases_by_reference": ["unit", "state", "reference", "id"],
        "ix_cases_by_language": ["unit", "state", "language", "priority", *oldest],
        "ix_cases_by_door": ["unit", "state", "door", "priority", *oldest],
        "ix_cases_by_claimed": ["claimed_by", "unit", "state", "priority", *oldest],
    }.items():
        op.create_index(name, "cases", columns)
