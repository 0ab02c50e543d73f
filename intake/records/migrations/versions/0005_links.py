"""Signed links, and how many requests came through each a day."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "links",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("door", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("referrer", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("sent", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT")),
        sa.CheckConstraint("kind IN ('poster', 'referrer')", name="kind"),
        sa.CheckConstraint("sent >= 0", name="sent"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name="withdrawn"),
    )
    op.create_index("ix_links_by_unit", "links", ["unit", "created_at"])
    op.create_table(
        "link_days",
        sa.Column("link_id", sa.Text, sa.ForeignKey("links.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("sent", sa.Integer, nullable=False),
        sa.CheckConstraint("sent >= 1", name="sent"),
    )
