"""Possible matches and joined cases: digests of contact, links between cases, and the index that both refer to."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

CASE = ["cases.id", "cases.principal"]


def upgrade() -> None:
    op.add_column("cases", sa.Column("contact_key", sa.Integer, nullable=False, server_default="0"))
    op.create_index("ix_cases_contact_key", "cases", ["contact_key"])
    op.create_index("uq_cases_id_principal", "cases", ["id", "principal"], unique=True)
    _contact_digests()
    _case_links()


def _contact_digests() -> None:
    op.create_table(
        "contact_digests",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("principal", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["case_id", "principal"], CASE, ondelete="CASCADE"),
        sa.CheckConstraint("kind IN ('phone', 'email')", name="kind"),
        sa.CheckConstraint("length(digest) = 32", name="digest_is_128_bits"),
    )
    op.create_index("ix_contact_digests_digest", "contact_digests", ["digest", "kind", "principal"])


def _case_links() -> None:
    op.create_table(
        "case_links",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("principal", sa.Text, nullable=False),
        sa.Column("main_id", sa.Text, nullable=False),
        sa.Column("inner_id", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inner_state", sa.Text, nullable=False),
        sa.Column("inner_state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("main_state", sa.Text, nullable=False),
        sa.Column("main_state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("main_holder", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT")),
        sa.Column("main_priority", sa.Integer, nullable=False),
        sa.Column("undone_by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT")),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["main_id", "principal"], CASE, ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["inner_id", "principal"], CASE, ondelete="CASCADE"),
        sa.CheckConstraint("kind IN ('merged', 'returned')", name="kind"),
        sa.CheckConstraint("main_id <> inner_id", name="two_cases"),
        sa.CheckConstraint("main_priority BETWEEN 1 AND 3", name="main_priority"),
        sa.CheckConstraint("(undone_by IS NULL) = (undone_at IS NULL)", name="undone_by_somebody"),
        sa.CheckConstraint("length(id) = 32", name="id_is_128_bits"),
    )
    active = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_case_links_inner_id", "case_links", ["inner_id"], unique=True, sqlite_where=active, postgresql_where=active
    )
    op.create_index("ix_case_links_main_id", "case_links", ["main_id"])
