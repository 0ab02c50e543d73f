"""Working together: places in queues, the grounds they stand on, errands and routings, and the guards over them.

The guards are triggers, so that no code of ours, right or wrong, shows a case to another principal without a ground:
- a place other than the owner's needs a ground that holds and names its principal, and never changes what it is;
- a case goes to another unit or principal only on such a ground, and its owner's place goes with it;
- a ground is only ever approved or ended, each once, and one that ends takes its places along.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

HOLDS = """ground.case_id = NEW.{case} AND ground.principal = NEW.principal
      AND (ground.unit IS NULL OR ground.unit = NEW.unit)
      AND ground.ended_at IS NULL AND (ground.kind = 'consent' OR ground.approved_by IS NOT NULL)"""
MIRRORED = "reference, state, state_at, priority, received_at, language, door, claimed_by"
OWNER_PLACE = f"""INSERT INTO places (case_id, unit, principal, part, ground_id, {MIRRORED})
      VALUES (NEW.id, NEW.unit, NEW.principal, 'owner', NULL, {", ".join(f"NEW.{n}" for n in MIRRORED.split(", "))});"""
MIRROR = """UPDATE places SET state = NEW.state, state_at = NEW.state_at, priority = NEW.priority,
      received_at = NEW.received_at, claimed_by = NEW.claimed_by WHERE case_id = NEW.id;"""
MOVE_OUT = """DELETE FROM places WHERE case_id = NEW.id AND (unit = OLD.unit OR (unit = NEW.unit
      AND principal = NEW.principal));"""
IS_OWNER = """NEW.part = 'owner' AND EXISTS (SELECT 1 FROM cases
      WHERE cases.id = NEW.case_id AND cases.unit = NEW.unit AND cases.principal = NEW.principal)"""
LEAVES = "(NEW.unit <> OLD.unit OR NEW.principal <> OLD.principal)"
NO_GROUND = "no ground names this receiver"
FIXED = "what a ground or a place is cannot be changed"
GROUND_FIXED = " OR ".join(
    f"NEW.{name} IS DISTINCT FROM OLD.{name}"
    for name in (
        *("id", "case_id", "kind", "purpose", "principal", "unit", "code", "channel"),
        *("language", "wording", "words", "reason", "recorded_by", "given_at"),
    )
)
GROUND_ONCE = """(OLD.approved_by IS NOT NULL AND NEW.approved_by IS DISTINCT FROM OLD.approved_by)
      OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)"""


def upgrade() -> None:
    _people()
    _grounds()
    _places()
    _errands()
    _routings()
    for statement in _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgresql():
        op.execute(sa.text(statement))
    op.execute(
        f"INSERT INTO places (case_id, unit, principal, part, {MIRRORED}) "
        f"SELECT id, unit, principal, 'owner', {MIRRORED} FROM cases"
    )


def _sqlite() -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{NO_GROUND}');"
    distinct = (GROUND_FIXED + " OR " + GROUND_ONCE).replace("IS DISTINCT FROM", "IS NOT")
    held = "NOT EXISTS (SELECT 1 FROM grounds AS ground WHERE {also}" + HOLDS + ")"
    return [
        f"""CREATE TRIGGER places_need_a_ground BEFORE INSERT ON places WHEN NOT ({IS_OWNER})
      AND {held.format(also="ground.id = NEW.ground_id AND ", case="case_id")} BEGIN {refuse} END""",
        f"""CREATE TRIGGER places_stay_what_they_are
      BEFORE UPDATE OF case_id, unit, principal, part, ground_id ON places BEGIN SELECT RAISE(ABORT, '{FIXED}'); END""",
        f"CREATE TRIGGER cases_take_a_place AFTER INSERT ON cases BEGIN {OWNER_PLACE} END",
        f"""CREATE TRIGGER cases_keep_places_alike AFTER UPDATE OF state, state_at, priority, received_at, claimed_by
      ON cases BEGIN {MIRROR} END""",
        f"""CREATE TRIGGER cases_leave_on_a_ground BEFORE UPDATE OF unit, principal ON cases
      WHEN {LEAVES} AND {held.format(also="", case="id")} BEGIN {refuse} END""",
        f"""CREATE TRIGGER cases_take_their_place_along AFTER UPDATE OF unit, principal ON cases
      WHEN {LEAVES} BEGIN {MOVE_OUT} {OWNER_PLACE} END""",
        f"""CREATE TRIGGER grounds_stay_what_they_are BEFORE UPDATE ON grounds WHEN {distinct}
      BEGIN SELECT RAISE(ABORT, '{FIXED}'); END""",
        """CREATE TRIGGER grounds_take_places_along AFTER UPDATE OF ended_at ON grounds
      WHEN NEW.ended_at IS NOT NULL BEGIN DELETE FROM places WHERE ground_id = NEW.id; END""",
    ]


def _postgresql() -> list[str]:
    # FOR SHARE: whoever ends the ground at this moment waits for us, or we for them and then find that it ended.
    held = "PERFORM 1 FROM grounds AS ground WHERE {also}" + HOLDS + " FOR SHARE;"
    refuse = f"IF NOT FOUND THEN RAISE EXCEPTION '{NO_GROUND}' USING ERRCODE = 'check_violation'; END IF;"
    fixed = f"RAISE EXCEPTION '{FIXED}' USING ERRCODE = 'check_violation';"
    bodies = {
        ("places_need_a_ground", "BEFORE INSERT ON places"): f"""IF {IS_OWNER} THEN RETURN NEW; END IF;
      {held.format(also="ground.id = NEW.ground_id AND ", case="case_id")} {refuse}""",
        (
            "places_stay_what_they_are",
            "BEFORE UPDATE OF case_id, unit, principal, part, ground_id ON places",
        ): fixed,
        ("cases_take_a_place", "AFTER INSERT ON cases"): OWNER_PLACE,
        (
            "cases_keep_places_alike",
            "AFTER UPDATE OF state, state_at, priority, received_at, claimed_by ON cases",
        ): MIRROR,
        (
            "cases_leave_on_a_ground",
            "BEFORE UPDATE OF unit, principal ON cases",
        ): f"IF {LEAVES} THEN {held.format(also='', case='id')} {refuse} END IF;",
        (
            "cases_take_their_place_along",
            "AFTER UPDATE OF unit, principal ON cases",
        ): f"IF {LEAVES} THEN {MOVE_OUT} {OWNER_PLACE} END IF;",
        (
            "grounds_stay_what_they_are",
            "BEFORE UPDATE ON grounds",
        ): f"IF {GROUND_FIXED} OR {GROUND_ONCE} THEN {fixed} END IF;",
        (
            "grounds_take_places_along",
            "AFTER UPDATE OF ended_at ON grounds",
        ): "IF NEW.ended_at IS NOT NULL THEN DELETE FROM places WHERE ground_id = NEW.id; END IF;",
    }
    return [
        statement
        for (name, when), body in bodies.items()
        for statement in (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NEW; END $$",
            f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()",
        )
    ]


def _people() -> None:
    op.add_column("users", sa.Column("principal", sa.Text, nullable=False, server_default=""))


def _grounds() -> None:
    op.create_table(
        "grounds",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, sa.ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("principal", sa.Text, nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("code", sa.Text),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("wording", sa.Text),
        sa.Column("words", sa.LargeBinary),
        sa.Column("reason", sa.Text),
        sa.Column("recorded_by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT")),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT")),
        sa.Column("approved_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT")),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("kind IN ('consent', 'law')", name="kind"),
        sa.CheckConstraint("purpose IN ('care', 'support', 'consult')", name="purpose"),
        sa.CheckConstraint("channel IN ('form', 'code', 'phone', 'meeting', 'letter')", name="channel"),
        sa.CheckConstraint("(kind = 'law') = (reason IS NOT NULL)", name="law_has_a_reason"),
        sa.CheckConstraint("(kind = 'consent') = (wording IS NOT NULL)", name="consent_has_words"),
        sa.CheckConstraint("kind = 'consent' OR recorded_by IS NOT NULL", name="law_is_recorded_by_somebody"),
        sa.CheckConstraint("approved_by IS NULL OR approved_by <> recorded_by", name="second_person"),
        sa.CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approved"),
    )
    op.create_index("ix_grounds_case_id", "grounds", ["case_id"])


def _places() -> None:
    op.create_table(
        "places",
        sa.Column("case_id", sa.Text, sa.ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("unit", sa.Text, primary_key=True),
        sa.Column("principal", sa.Text, primary_key=True),
        sa.Column("part", sa.Text, primary_key=True),
        sa.Column("ground_id", sa.Text, sa.ForeignKey("grounds.id", ondelete="RESTRICT")),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("door", sa.Text, nullable=False),
        sa.Column("claimed_by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT")),
        sa.CheckConstraint("part IN ('owner', 'colleague', 'handover', 'consult', 'parallel')", name="part"),
        sa.CheckConstraint("(part = 'owner') = (ground_id IS NULL)", name="others_have_a_ground"),
    )
    place, oldest = ["unit", "principal", "state"], ["received_at", "case_id", "part"]
    for name, columns in {
        "ix_places_by_priority": [*place, "priority", *oldest],
        "ix_places_by_received": [*place, *oldest],
        "ix_places_by_waiting": [*place, "state_at", "case_id", "part"],
        "ix_places_by_reference": [*place, "reference", "case_id", "part"],
        "ix_places_by_language": [*place, "language", "priority", *oldest],
        "ix_places_by_door": [*place, "door", "priority", *oldest],
        "ix_places_by_claimed": ["claimed_by", *place, "priority", *oldest],
        "ix_places_ground": ["ground_id"],
    }.items():
        op.create_index(name, "places", columns)
    one = sa.text("part = 'owner'")
    op.create_index("ux_places_owner", "places", ["case_id"], unique=True, sqlite_where=one, postgresql_where=one)
    for order in ("priority", "received", "reference", "language", "door", "claimed"):
        op.drop_index(f"ix_cases_by_{order}", "cases")  # the queues read places


def _errands() -> None:
    op.create_table(
        "errands",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, sa.ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("from_unit", sa.Text, nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("principal", sa.Text),
        sa.Column("receiver", sa.Text),
        sa.Column("ground_id", sa.Text, sa.ForeignKey("grounds.id", ondelete="RESTRICT")),
        sa.Column("made_by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.LargeBinary),
        sa.Column("answer", sa.Text),
        sa.Column("ended_by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT")),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("answered", sa.LargeBinary),
        sa.CheckConstraint("(unit IS NULL) <> (receiver IS NULL)", name="one_receiver"),
        sa.CheckConstraint("(answer IS NULL) = (ended_at IS NULL)", name="ended"),
        sa.CheckConstraint(
            "kind NOT IN ('handover', 'consult', 'parallel') OR ground_id IS NOT NULL", name="shared_on_a_ground"
        ),
    )
    op.create_index("ix_errands_case_id", "errands", ["case_id", "made_at"])
    op.create_index("ix_errands_open", "errands", ["kind", "answer", "unit", "made_at"])


def _routings() -> None:
    op.create_table(
        "routings",
        sa.Column("case_id", sa.Text, sa.ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text, sa.ForeignKey("users.id", ondelete="RESTRICT"), nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("suggested", sa.Text, nullable=False),
        sa.Column("chosen", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_routings_at", "routings", ["at"])
