"""What is told about somebody else gets a table of its own. Constraint names follow models.Table."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "third_party",
        sa.Column("case_id", sa.Text, sa.ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("content", sa.LargeBinary),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.Column("removed_by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT")),
        sa.Column("reason", sa.Text),
        sa.CheckConstraint("(content IS NULL) = (removed_at IS NOT NULL)", name="content_until_removed"),
        sa.CheckConstraint("(removed_at IS NULL) = (removed_by IS NULL)", name="removed_by_somebody"),
        sa.CheckConstraint("(removed_at IS NULL) = (reason IS NULL)", name="removed_for_a_reason"),
    )
