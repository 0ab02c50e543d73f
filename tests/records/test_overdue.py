"""Who has waited too long, found by one instant for each unit, state and urgency, at a cost that does not grow."""

import sqlite3
from datetime import timedelta
from typing import Any, cast

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from intake.overdue import Cutoffs, Waiting
from intake.records.database import Database
from intake.records.ids import new_id
from intake.records.models import PRIORITY, Case, Inbox
from intake.records.queries import overdue
from intake.routing.limits import Limit
from intake.routing.urgency import URGENCIES
from intake.triage import IN_HAND
from tests.records.people import MONDAY, case
from tests.records.test_queue_cost import fill

HOUR = timedelta(hours=1)
NOON = MONDAY + 4 * HOUR
RECEIVED = Waiting("adult", Limit.UNREAD, "normal")
UNTRIED = RECEIVED._replace(limit=Limit.UNTRIED)
SOON, URGENT = RECEIVED._replace(urgency="soon"), RECEIVED._replace(urgency="urgent")
ALL: Cutoffs = {Waiting("adult", limit, urgency): NOON for limit in Limit for urgency in URGENCIES}


def test_those_who_began_before_the_cutoff_are_found_oldest_first(session: Session) -> None:
    late = [case(session, hours).id for hours in (3, 1, 2)]
    case(session, 4)
    case(session, 5)

    assert [each.id for each in overdue.oldest(session, {RECEIVED: NOON})] == [late[1], late[2], late[0]]


def test_no_more_are_found_than_asked_for_of_each_kind(session: Session) -> None:
    for hours in range(4):
        for number in PRIORITY.values():
            case(session, hours, priority=number)

    assert len(overdue.oldest(session, {RECEIVED: NOON, SOON: NOON, URGENT: NOON}, limit=2)) == 2 * len(PRIORITY)


@pytest.mark.parametrize("late", [RECEIVED, SOON, URGENT])
def test_each_urgency_has_a_cutoff_of_its_own(session: Session, late: Waiting) -> None:
    made = {name: case(session, 1, priority=number).id for name, number in PRIORITY.items()}
    limits = {**dict.fromkeys((RECEIVED, SOON, URGENT), MONDAY), late: NOON}

    assert [each.id for each in overdue.oldest(session, limits)] == [made[late.urgency]]


def test_another_unit_or_state_is_another_question(session: Session) -> None:
    case(session, unit="mini_maria")
    case(session, state="closed")
    case(session, state="claimed")

    assert overdue.oldest(session, {RECEIVED: NOON}) == []
    assert overdue.counts_at(session, {RECEIVED: NOON}, "region") == {}


def test_counts_are_told_for_each_kind_and_not_beyond_their_limit(session: Session) -> None:
    case(session, priority=PRIORITY["urgent"])
    fill(session, 2 * overdue.COUNT_LIMIT * 5)

    assert overdue.counts_at(session, {RECEIVED: NOON, URGENT: NOON}, "region") == {
        RECEIVED: overdue.COUNT_LIMIT,
        URGENT: 1,
    }


@pytest.mark.parametrize("state", sorted(IN_HAND))
def test_a_call_is_waited_for_since_the_last_one_and_the_first_since_the_case_was_taken(
    session: Session, state: str
) -> None:
    late = {"state": state, "state_at": NOON + HOUR}  # moved since, which changes nothing
    case(session, 1, tried_at=None, **late)
    case(session, 2, tried_at=MONDAY + 3 * HOUR, **late)
    case(session, 3, tried_at=NOON + HOUR, **late)
    case(session, 4, tried_at=None, **late)
    found = [(each.limit, each.since) for each in overdue.oldest(session, ALL)]

    assert found == [("untried", MONDAY + HOUR), ("silent", MONDAY + 3 * HOUR)]
    assert overdue.counts_at(session, ALL, "region") == {UNTRIED: 1, UNTRIED._replace(limit=Limit.SILENT): 1}


def test_nobody_is_asked_about_without_units(session: Session) -> None:
    assert (overdue.oldest(session, {}), overdue.counts_at(session, {}, "region")) == ([], {})


def steps(session: Session) -> int:
    """How many hundreds of steps SQLite's machine takes to look once."""
    connection = cast("sqlite3.Connection", session.connection().connection.dbapi_connection)
    taken: list[None] = []
    connection.set_progress_handler(lambda: taken.append(None), 100)
    overdue.oldest(session, ALL, limit=5)
    overdue.counts_at(session, ALL, "region")
    connection.set_progress_handler(None, 0)
    return len(taken)


def fresh(session: Session, number: int) -> None:
    """Add so many cases that nobody has to hurry with: unread, taken today, and called today though taken long ago."""
    ids = [(new_id(), new_id(), f"{place:07}") for place in range(number, 2 * number)]
    clear = {"unit": "adult", "principal": "region", "priority": 3, "language": "sv", "door": "self"}
    row = clear | {"definition": "d", "received_hour": NOON, "opened_at": NOON}
    session.execute(insert(Inbox), [row | {"id": inbox, "draft_id": inbox, "lookup": inbox} for inbox, _, _ in ids])
    row = clear | {"received_at": NOON, "state_at": NOON, "summary": b"s", "contact": b"c", "answers": b"a"}
    stands: tuple[dict[str, Any], ...] = (
        {"state": "received", "untried_since": NOON, "tried_at": None},
        {"state": "assessed", "untried_since": NOON, "tried_at": None},
        {"state": "assessed", "untried_since": MONDAY, "tried_at": NOON},
    )
    session.execute(
        insert(Case),
        [
            row | stands[n % 3] | {"id": id_, "inbox_id": inbox, "lookup": inbox, "reference": name}
            for n, (inbox, id_, name) in enumerate(ids)
        ],
    )
    session.commit()


def test_looking_takes_no_more_steps_among_ten_thousand_who_have_not_waited_long(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.writing() as session:
        fresh(session, 100)
        before = steps(session)
        fresh(session, 10_000)
        after = steps(session)
    database.close()

    assert after <= before * 1.2 + 1
