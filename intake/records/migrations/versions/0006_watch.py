"""The watch: alarms, notices, heartbeats; where staff can be reached; an index of how long cases have stood still."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("users", sa.Column("email", sa.Text))
    op.create_index("ix_places_by_since", "places", ["unit", "state", "priority", "state_at", "case_id"])
    _alarms()
    _notices()
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def _alarms() -> None:
    op.create_table(
        "alarms",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True)),
        sa.Column("handled_at", sa.DateTime(timezone=True)),
        sa.Column("handled_by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT")),
        sa.Column("note", sa.LargeBinary),
        sa.CheckConstraint("length(id) = 32", name="id_is_128_bits"),
        sa.CheckConstraint(
            "(handled_at IS NULL) = (handled_by IS NULL) AND (handled_at IS NULL) = (note IS NULL)", name="handled"
        ),
    )
    is_open = sa.text("cleared_at IS NULL")
    columns = ["reason", "subject"]
    op.create_index("ix_alarms_open", "alarms", columns, unique=True, sqlite_where=is_open, postgresql_where=is_open)
    op.create_index("ix_alarms_open_in_unit", "alarms", ["unit"], sqlite_where=is_open, postgresql_where=is_open)
    op.create_index("ix_alarms_cleared_at", "alarms", ["cleared_at"])


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.Text),
        sa.CheckConstraint("length(id) = 32", name="id_is_128_bits"),
        sa.CheckConstraint("kind IN ('urgent', 'waiting', 'technical')", name="kind"),
        sa.CheckConstraint("outcome IN ('sent', 'withdrawn', 'refused', 'given_up')", name="outcome"),
        sa.CheckConstraint("(settled_at IS NULL) = (outcome IS NULL)", name="settled"),
    )
    waits = sa.text("settled_at IS NULL")
    op.create_index("ix_notices_once", "notices", ["user_id", "kind", "unit", "period"], unique=True)
    op.create_index("ix_notices_unsettled", "notices", ["due_at"], sqlite_where=waits, postgresql_where=waits)
    op.create_index("ix_notices_settled_at", "notices", ["settled_at"])
