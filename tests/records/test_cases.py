import re

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake import clock
from intake.errors import Conflict, NotFound, SealError
from intake.records.box import Encrypted
from intake.records.database import Database
from intake.records.ids import new_reference
from intake.records.models import Case
from intake.records.queries import cases
from intake.records.queries.cases import Desk, Event
from tests.records.people import BOX, case, employ


def test_a_reference_can_be_said_on_the_telephone() -> None:
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}", new_reference()) for _ in range(200))


def test_a_case_is_found_in_its_unit(session: Session) -> None:
    made = case(session, unit="adult")

    assert cases.case_at(session, made.id, Desk(("adult", "mini_maria"), "region")) is made


@pytest.mark.parametrize(
    "desk", [Desk(("mini_maria",), "region"), Desk((), "region"), Desk(("ADULT",), "region"), Desk(("adult",), "lerum")]
)
def test_elsewhere_a_case_does_not_exist(session: Session, desk: Desk) -> None:
    made = case(session, unit="adult")

    assert cases.case_at(session, made.id, desk) is None
    assert cases.case_at(session, "0" * 32, desk) is None


def test_a_new_state_has_its_own_time(session: Session) -> None:
    made = case(session)
    before = clock.now()

    cases.change_state(session, made, 1, "read")

    assert (made.state, made.version) == ("read", 2)
    assert made.state_at >= before


def test_a_change_is_refused_where_somebody_else_was_first(database: Database) -> None:
    with database.session() as mine, database.session() as theirs:
        anna = employ(mine)
        made = case(mine)
        mine.commit()
        seen = theirs.get_one(Case, made.id)
        theirs.commit()
        cases.claim(mine, made, 1, anna.id)
        mine.commit()

        with pytest.raises(Conflict):
            cases.change_state(theirs, seen, 1, "closed")


def test_a_case_can_be_claimed_and_let_go(session: Session) -> None:
    anna = employ(session)
    made = case(session)

    cases.claim(session, made, 1, anna.id)
    assert (made.claimed_by, made.version) == (anna.id, 2)
    cases.release(session, made, 2)
    assert (made.claimed_by, made.version) == (None, 3)


def test_only_somebody_who_exists_can_hold_a_case(session: Session) -> None:
    made = case(session)

    with pytest.raises(IntegrityError):
        cases.claim(session, made, 1, "nobody")


def test_the_timeline_tells_what_happened_in_order(session: Session) -> None:
    anna = employ(session)
    made = case(session)
    cases.add_event(session, BOX, made.id, Event("received"))
    number = cases.add_event(session, BOX, made.id, Event("note", anna.id, {"text": "Ringer i morgon"}))

    told = cases.events_of(session, made.id)
    assert number == 2
    assert [(line.number, line.kind, line.actor_name) for line in told] == [(1, "received", None), (2, "note", "Anna")]


def test_what_was_written_is_encrypted_for_its_line(session: Session) -> None:
    made = case(session)
    cases.add_event(session, BOX, made.id, Event("note", detail={"text": "Ringer i morgon"}))
    (line,) = cases.events_of(session, made.id)

    assert line.detail is not None
    assert b"Ringer" not in line.detail
    assert BOX.open(Encrypted.DETAIL, line.row, line.detail) == {"text": "Ringer i morgon"}
    with pytest.raises(SealError):
        BOX.open(Encrypted.DETAIL, cases.event_row(made.id, 2), line.detail)


def test_a_case_that_is_not_there_has_no_timeline(session: Session) -> None:
    with pytest.raises(NotFound):
        cases.add_event(session, BOX, "0" * 32, Event("note"))


def test_writing_on_the_timeline_does_not_disturb_somebody_who_changes_the_case(session: Session) -> None:
    made = case(session)
    cases.add_event(session, BOX, made.id, Event("note"))

    cases.change_state(session, made, 1, "read")

    assert session.scalars(select(Case.state)).one() == "read"
