"""Purposes that the database minds: each part of a case, and each errand, stands on a ground for what it is.

A case is taken, handed over or shared side by side only on a ground for care or support; a question stands on any.
An errand to a unit, but for a signpost, by which nothing is sent, needs a ground of its own case that names its
receiver, and stays what it was made as.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

HOLDS = """ground.case_id = NEW.{case} AND ground.principal = NEW.principal
      AND (ground.unit IS NULL OR ground.unit = NEW.unit)
      AND ground.ended_at IS NULL AND (ground.kind = 'consent' OR ground.approved_by IS NOT NULL)"""
TOGETHER = "ground.purpose IN ('care', 'support')"
SUITS_PART = f"(NEW.part IN ('consult', 'colleague') OR {TOGETHER})"
SUITS_KIND = f"(NEW.kind = 'consult' OR {TOGETHER})"
IS_OWNER = """NEW.part = 'owner' AND EXISTS (SELECT 1 FROM cases
      WHERE cases.id = NEW.case_id AND cases.unit = NEW.unit AND cases.principal = NEW.principal)"""
LEAVES = "(NEW.unit <> OLD.unit OR NEW.principal <> OLD.principal)"
STANDS_ON_ONE = "(NEW.ground_id IS NOT NULL OR (NEW.unit IS NOT NULL AND NEW.kind <> 'signpost'))"
ERRAND = "case_id, kind, from_unit, unit, principal, receiver, ground_id"
NO_GROUND = "no ground names this receiver for this"
FIXED = "what an errand is cannot be changed"

PLACE_HELD = f"ground.id = NEW.ground_id AND {SUITS_PART} AND {HOLDS.format(case='case_id')}"
CASE_HELD = f"{TOGETHER} AND {HOLDS.format(case='id')}"
ERRAND_HELD = f"ground.id = NEW.ground_id AND {SUITS_KIND} AND {HOLDS.format(case='case_id')}"


def upgrade() -> None:
    for statement in _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgresql():
        op.execute(sa.text(statement))


def _sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{NO_GROUND}'); END"
    missing = "NOT EXISTS (SELECT 1 FROM grounds AS ground WHERE {held})"
    return [
        "DROP TRIGGER places_need_a_ground",
        f"""CREATE TRIGGER places_need_a_ground BEFORE INSERT ON places WHEN NOT ({IS_OWNER})
      AND {missing.format(held=PLACE_HELD)} {refuse}""",
        "DROP TRIGGER cases_leave_on_a_ground",
        f"""CREATE TRIGGER cases_leave_on_a_ground BEFORE UPDATE OF unit, principal ON cases
      WHEN {LEAVES} AND {missing.format(held=CASE_HELD)} {refuse}""",
        f"""CREATE TRIGGER errands_need_a_ground BEFORE INSERT ON errands WHEN {STANDS_ON_ONE}
      AND {missing.format(held=ERRAND_HELD)} {refuse}""",
        f"""CREATE TRIGGER errands_stay_what_they_are BEFORE UPDATE OF {ERRAND} ON errands
      BEGIN SELECT RAISE(ABORT, '{FIXED}'); END""",
    ]


def _postgresql() -> list[str]:
    # FOR SHARE: whoever ends the ground at this moment waits for us, or we for them and then find that it ended.
    held = "PERFORM 1 FROM grounds AS ground WHERE {held} FOR SHARE;"
    refuse = f"IF NOT FOUND THEN RAISE EXCEPTION '{NO_GROUND}' USING ERRCODE = 'check_violation'; END IF;"
    bodies = {
        "places_need_a_ground": f"IF {IS_OWNER} THEN RETURN NEW; END IF; {held.format(held=PLACE_HELD)} {refuse}",
        "cases_leave_on_a_ground": f"IF {LEAVES} THEN {held.format(held=CASE_HELD)} {refuse} END IF;",
        "errands_need_a_ground": f"IF {STANDS_ON_ONE} THEN {held.format(held=ERRAND_HELD)} {refuse} END IF;",
        "errands_stay_what_they_are": f"RAISE EXCEPTION '{FIXED}' USING ERRCODE = 'check_violation';",
    }
    new = {
        "errands_need_a_ground": "BEFORE INSERT ON errands",
        "errands_stay_what_they_are": f"BEFORE UPDATE OF {ERRAND} ON errands",
    }
    functions = [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NEW; END $$"
        for name, body in bodies.items()
    ]
    triggers = [f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()" for name, when in new.items()]
    return functions + triggers
