"""The audit log: entries in a chain, the key of the day, what finds them, and the spot checks made on them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MESSAGE = "the audit log is only ever added to"


def upgrade() -> None:
    _chain()
    _log()
    _finders()
    _reviews()
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgres()


def _chain() -> None:
    op.create_table(
        "audit_chain",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sealed_to", sa.Text, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("base_seq", sa.BigInteger, nullable=False),
        sa.Column("base_mac", sa.Text, nullable=False),
        sa.Column("base_day", sa.Integer, nullable=False),
        sa.Column("base_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name="one_row"),
    )


def _log() -> None:
    op.create_table(
        "audit_log",
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("units", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text),
        sa.Column("codes", sa.Text, nullable=False),
        sa.Column("rows", sa.Integer),
        sa.Column("shown", sa.Text, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("request_id", sa.Text, nullable=False),
        sa.Column("mac", sa.Text, nullable=False),
        sa.CheckConstraint("seq >= 1", name="seq"),
        sa.CheckConstraint("length(mac) = 64", name="mac"),
        sa.CheckConstraint("result IN ('done', 'denied', 'failed')", name="result"),
    )
    op.create_index("ix_audit_log_actor", "audit_log", ["actor", "seq"])
    _partial_index("ix_audit_log_case_id", ["case_id", "seq"], "case_id IS NOT NULL")
    _partial_index("ix_audit_log_not_done", ["seq"], "result <> 'done'")


def _partial_index(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "audit_log", columns, sqlite_where=where, postgresql_where=where)


def _finders() -> None:
    op.create_table(
        "audit_days",
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("first_seq", sa.BigInteger, nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "audit_shown",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("actor", sa.Text, primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
    )


def _reviews() -> None:
    op.create_table(
        "audit_reviews",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("seed", sa.Text, nullable=False),
        sa.Column("first_day", sa.Text, nullable=False),
        sa.Column("last_day", sa.Text, nullable=False),
        sa.Column("population", sa.Integer, nullable=False),
        sa.CheckConstraint("kind IN ('entries', 'days')", name="kind"),
    )
    op.create_index("ix_audit_reviews_drawn_at", "audit_reviews", ["drawn_at"])
    op.create_table(
        "audit_review_items",
        sa.Column("review_id", sa.Text, sa.ForeignKey("audit_reviews.id", ondelete="RESTRICT"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("verdict", sa.Text),
        sa.Column("note", sa.LargeBinary),
        sa.Column("marked_by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT")),
        sa.Column("marked_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("verdict IS NULL OR verdict IN ('fine', 'look')", name="verdict"),
        sa.CheckConstraint("(verdict IS NULL) = (marked_at IS NULL)", name="marked"),
    )


def _guard_sqlite() -> None:
    """Only rows up to the chain's base, which `intake audit drop-before` has moved first, can be removed."""
    for table, event, condition in (
        ("audit_log", "UPDATE", "TRUE"),
        ("audit_log", "DELETE", "OLD.seq > coalesce((SELECT base_seq FROM audit_chain), 0)"),
        ("audit_chain", "DELETE", "TRUE"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
            f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


REFUSE = f"""
CREATE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{MESSAGE}';
END $$
"""
REFUSE_DELETE = f"""
CREATE FUNCTION audit_log_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  base bigint := (SELECT base_seq FROM audit_chain);
BEGIN
  IF OLD.seq <= base THEN RETURN OLD; END IF;
  RAISE EXCEPTION '{MESSAGE}';
END $$
"""  # nothing but our own words is put in


def _guard_postgres() -> None:
    op.execute(REFUSE)
    op.execute(REFUSE_DELETE)
    for table, event, scope, function in (
        ("audit_log", "UPDATE", "ROW", "audit_log_refuse"),
        ("audit_log", "DELETE", "ROW", "audit_log_refuse_delete"),
        ("audit_log", "TRUNCATE", "STATEMENT", "audit_log_refuse"),
        ("audit_chain", "DELETE", "ROW", "audit_log_refuse"),
        ("audit_chain", "TRUNCATE", "STATEMENT", "audit_log_refuse"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
            f"FOR EACH {scope} EXECUTE FUNCTION {function}()"
        )
