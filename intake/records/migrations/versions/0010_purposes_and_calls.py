"""Purposes that the database minds, and since when somebody waits for a call: of the case, mirrored in its places.

A case is taken, handed over or shared side by side only on a ground for care or support; a question stands on any.
An errand to a unit, but for a signpost, by which nothing is sent, needs a ground of its own case that names its
receiver, and stays what it was made as.

What was done before is read from the timelines: a wait begins when a case is claimed, ends with a try or a contact,
and begins again when a case that somebody had called about came back.
"""

from datetime import datetime
from typing import TypeAlias

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

CLOCKS = "untried_since, tried_at"
MIRRORED = f"reference, state, state_at, priority, received_at, language, door, claimed_by, {CLOCKS}"
OWNER_PLACE = f"""INSERT INTO places (case_id, unit, principal, part, ground_id, {MIRRORED})
      VALUES (NEW.id, NEW.unit, NEW.principal, 'owner', NULL, {", ".join(f"NEW.{n}" for n in MIRRORED.split(", "))});"""
CHANGING = ("state", "state_at", "priority", "received_at", "claimed_by", *CLOCKS.split(", "))
MIRROR = f"UPDATE places SET {', '.join(f'{n} = NEW.{n}' for n in CHANGING)} WHERE case_id = NEW.id;"
MOVE_OUT = """DELETE FROM places WHERE case_id = NEW.id AND (unit = OLD.unit OR (unit = NEW.unit
      AND principal = NEW.principal));"""

Clocks: TypeAlias = tuple[datetime, datetime | None]
"""Since when nobody had called, and when somebody did."""


def upgrade() -> None:
    for table in ("cases", "places"):
        for column in CLOCKS.split(", "):
            op.add_column(table, sa.Column(column, sa.DateTime(timezone=True)))
    op.create_index(
        "ix_places_by_tried", "places", ["unit", "state", "priority", "tried_at", "untried_since", "case_id"]
    )
    for statement in _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgresql():
        op.execute(sa.text(statement))
    _read_timelines()


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
        "DROP TRIGGER cases_take_a_place",
        f"CREATE TRIGGER cases_take_a_place AFTER INSERT ON cases BEGIN {OWNER_PLACE} END",
        "DROP TRIGGER cases_keep_places_alike",
        f"""CREATE TRIGGER cases_keep_places_alike AFTER UPDATE OF {", ".join(CHANGING)} ON cases
      BEGIN {MIRROR} END""",
        "DROP TRIGGER cases_take_their_place_along",
        f"""CREATE TRIGGER cases_take_their_place_along AFTER UPDATE OF unit, principal ON cases
      WHEN {LEAVES} BEGIN {MOVE_OUT} {OWNER_PLACE} END""",
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
        "cases_take_a_place": OWNER_PLACE,
        "cases_keep_places_alike": MIRROR,
        "cases_take_their_place_along": f"IF {LEAVES} THEN {MOVE_OUT} {OWNER_PLACE} END IF;",
        "errands_need_a_ground": f"IF {STANDS_ON_ONE} THEN {held.format(held=ERRAND_HELD)} {refuse} END IF;",
        "errands_stay_what_they_are": f"RAISE EXCEPTION '{FIXED}' USING ERRCODE = 'check_violation';",
    }
    new = {
        "cases_keep_places_alike": f"AFTER UPDATE OF {', '.join(CHANGING)} ON cases",
        "errands_need_a_ground": "BEFORE INSERT ON errands",
        "errands_stay_what_they_are": f"BEFORE UPDATE OF {ERRAND} ON errands",
    }
    functions = [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NEW; END $$"
        for name, body in bodies.items()
    ]
    triggers = [f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()" for name, when in new.items()]
    return ["DROP TRIGGER cases_keep_places_alike ON cases", *functions, *triggers]


def _read_timelines() -> None:
    at = sa.DateTime(timezone=True)
    cases = sa.table("cases", sa.column("id"), sa.column("received_at", at), *map(_clock, CLOCKS.split(", ")))
    events = sa.table("case_events", *map(sa.column, ("case_id", "number", "kind")), sa.column("at", at))
    records = op.get_bind()
    clocks: dict[str, Clocks] = {
        id_: (received, None) for id_, received in records.execute(sa.select(cases.c.id, cases.c.received_at))
    }
    told = sa.select(events.c.case_id, events.c.kind, events.c.at).order_by(events.c.case_id, events.c.number)
    for case_id, kind, when in records.execute(told):
        clocks[case_id] = _after(clocks[case_id], kind, when)
    set_them = sa.update(cases).where(cases.c.id == sa.bindparam("case"))
    rows = [{"case": id_, "untried_since": since, "tried_at": tried} for id_, (since, tried) in clocks.items()]
    if rows:
        records.execute(
            set_them.values(untried_since=sa.bindparam("untried_since"), tried_at=sa.bindparam("tried_at")), rows
        )


def _after(clocks: Clocks, kind: str, at: datetime) -> Clocks:
    untried_since, tried_at = clocks
    if kind in ("try", "reach"):
        return untried_since, at
    came_back = kind in ("return", "decline", "come_back") and tried_at is not None
    return (at, None) if kind == "claim" or came_back else clocks


def _clock(name: str) -> sa.ColumnClause[datetime]:
    return sa.column(name, sa.DateTime(timezone=True))
