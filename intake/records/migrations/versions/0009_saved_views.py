"""Views of the queue that somebody keeps for themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.LargeBinary, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
    )
    op.create_index("ix_saved_views_user_id", "saved_views", ["user_id"])
