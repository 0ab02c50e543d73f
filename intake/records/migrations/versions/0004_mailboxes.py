"""What a receipt code opens: mailboxes and letters. Constraint names follow models.Table."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _mailboxes()
    _letters()


def _mailboxes() -> None:
    op.create_table(
        "mailboxes",
        sa.Column("inbox_id", sa.Text, sa.ForeignKey("inbox.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("letters", sa.Integer, nullable=False),
        sa.Column("unread", sa.Integer, nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("letters >= 0 AND unread >= 0", name="counts"),
    )
    _partial_index("ix_mailboxes_unread", "mailboxes", ["inbox_id"], "unread > 0")


def _letters() -> None:
    mailbox = sa.ForeignKey("mailboxes.inbox_id", ondelete="CASCADE")
    op.create_table(
        "letters",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("inbox_id", sa.Text, mailbox, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("author", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT")),
        sa.Column("written_hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("content", sa.LargeBinary),
        sa.Column("for_person", sa.LargeBinary),
        sa.Column("opened_at", sa.DateTime(timezone=True)),
        sa.Column("failed", sa.Text),
        sa.UniqueConstraint("inbox_id", "number"),
        sa.CheckConstraint("sender IN ('person', 'clinic')", name="sender"),
        sa.CheckConstraint("(sealed IS NULL) = (opened_at IS NOT NULL)", name="sealed_until_opened"),
        sa.CheckConstraint("(content IS NULL) = (opened_at IS NULL)", name="readable_once_opened"),
        sa.CheckConstraint("failed IS NULL OR opened_at IS NULL", name="failed_is_unopened"),
        sa.CheckConstraint("length(id) = 32", name="id_is_128_bits"),
    )
    _partial_index("ix_letters_unopened", "letters", ["written_hour", "id"], "opened_at IS NULL AND failed IS NULL")


def _partial_index(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
