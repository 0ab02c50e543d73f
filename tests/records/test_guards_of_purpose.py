"""A ground is for something, and nothing else stands on it, even for somebody who goes round all our code with SQL."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake.records.ids import new_id
from intake.records.models import Case
from intake.records.queries import cases, grounds
from intake.triage import ERRANDS
from intake.triage.errands import PURPOSES
from tests.records.people import case, employ
from tests.records.test_guards import MINI_MARIA, consent, law, place

ERRAND = (
    "INSERT INTO errands (id, case_id, kind, from_unit, unit, principal, receiver, ground_id, made_by, made_at) "
    "SELECT :id, :case, :kind, 'adult', :unit, :principal, :receiver, :ground, :by, received_at FROM cases "
    "WHERE id = :case"
)
SHARED = sorted(code for code, errand in ERRANDS.items() if errand.shares)
TOGETHER = ("care", "support")


def errand(session: Session, made: Case, by: str, **other: str | None) -> None:
    """Ask something of Mini-Maria by hand."""
    row = {"id": new_id(), "case": made.id, "by": by, "kind": "handover", "unit": "mini_maria", "principal": "lerum"}
    session.execute(text(ERRAND), row | {"receiver": None, "ground": None} | other)


def give_away(session: Session, made: Case) -> None:
    session.execute(text("UPDATE cases SET unit = 'mini_maria', principal = 'lerum' WHERE id = :id"), {"id": made.id})


@pytest.mark.parametrize("part", SHARED)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_part_of_a_case_stands_on_a_ground_for_it(session: Session, part: str, purpose: str) -> None:
    made = case(session)
    ground = consent(session, made, purpose=purpose)
    if purpose in ERRANDS[part].purposes:
        place(session, made, part=part, ground=ground)
        assert cases.parts_at(session, made.id, MINI_MARIA) == {part}
    else:
        with pytest.raises(IntegrityError):
            place(session, made, part=part, ground=ground)


def test_a_case_is_not_given_away_on_a_consent_to_be_asked_about(session: Session) -> None:
    made = case(session)
    consent(session, made, purpose="consult")
    with pytest.raises(IntegrityError):
        give_away(session, made)


def test_a_case_is_not_given_away_on_an_approved_ground_to_ask(session: Session) -> None:
    made, anna, eva = case(session), employ(session, "anna"), employ(session, "eva")
    ground = law(session, made, anna.id, purpose="consult")
    assert grounds.approve(session, made.id, ground, eva.id) is not None
    with pytest.raises(IntegrityError):
        give_away(session, made)


@pytest.mark.parametrize("purpose", TOGETHER)
def test_a_case_is_given_away_on_a_consent_to_be_helped_there(session: Session, purpose: str) -> None:
    made = case(session)
    consent(session, made, purpose=purpose)
    give_away(session, made)

    assert cases.parts_at(session, made.id, MINI_MARIA) == {"owner"}


@pytest.mark.parametrize("kind", SHARED)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_an_errand_stands_on_a_ground_for_it(session: Session, kind: str, purpose: str) -> None:
    made, anna = case(session), employ(session, "anna")
    ground = consent(session, made, purpose=purpose)
    if purpose in ERRANDS[kind].purposes:
        errand(session, made, anna.id, kind=kind, ground=ground)
        assert session.scalar(text("SELECT kind FROM errands")) == kind
    else:
        with pytest.raises(IntegrityError):
            errand(session, made, anna.id, kind=kind, ground=ground)


@pytest.mark.parametrize("kind", [*SHARED, "sampling", "another"])
def test_an_errand_to_a_unit_needs_a_ground(session: Session, kind: str) -> None:
    made, anna = case(session), employ(session, "anna")
    with pytest.raises(IntegrityError):
        errand(session, made, anna.id, kind=kind)


@pytest.mark.parametrize("kind", SHARED)
@pytest.mark.parametrize(
    "other",
    [{"principal": "alingsas"}, {"unit": "adult"}, {"principal": None}, {"unit": None, "receiver": "coordinator"}],
)
def test_an_errand_to_somebody_the_ground_does_not_name_is_refused(
    session: Session, kind: str, other: dict[str, str | None]
) -> None:
    made, anna = case(session), employ(session, "anna")
    ground = consent(session, made)
    with pytest.raises(IntegrityError):
        errand(session, made, anna.id, kind=kind, ground=ground, **other)


@pytest.mark.parametrize("receiver", [("mini_maria", "lerum"), ("youth", "alingsas"), (None, "alingsas")])
def test_an_errand_does_not_stand_on_the_ground_of_another_case(
    session: Session, receiver: tuple[str | None, str]
) -> None:
    made, other, anna = case(session), case(session), employ(session, "anna")
    ground = consent(session, other, *receiver)
    to = {"unit": receiver[0] or "youth", "principal": receiver[1]}
    with pytest.raises(IntegrityError):
        errand(session, made, anna.id, ground=ground, **to)


def test_an_errand_does_not_stand_on_a_ground_that_ended_or_waits_for_a_second_person(session: Session) -> None:
    made, anna = case(session), employ(session, "anna")
    ended, waits = consent(session, made), law(session, made, anna.id)
    assert grounds.end(session, made.id, ended, None)
    for ground in (ended, waits):
        with pytest.raises(IntegrityError), session.begin_nested():
            errand(session, made, anna.id, ground=ground)


def test_a_signpost_and_a_task_need_no_ground(session: Session) -> None:
    made, anna = case(session), employ(session, "anna")
    errand(session, made, anna.id, kind="signpost")
    errand(session, made, anna.id, kind="sip_call", unit=None, principal=None, receiver="coordinator")

    assert session.scalar(text("SELECT count(*) FROM errands")) == 2


@pytest.mark.parametrize(
    "how",
    [
        "case_id = 'other'",
        "kind = 'handover'",
        "unit = 'adult'",
        "principal = 'alingsas'",
        "from_unit = 'other'",
        "unit = NULL, receiver = 'coordinator'",
        "ground_id = 'other'",
    ],
)
def test_an_errand_stays_what_it_was_made_as(session: Session, how: str) -> None:
    made, anna = case(session), employ(session, "anna")
    errand(session, made, anna.id, kind="consult", ground=consent(session, made, purpose="consult"))
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE errands SET {how}"))


def test_an_errand_ends(session: Session) -> None:
    made, anna = case(session), employ(session, "anna")
    errand(session, made, anna.id, ground=consent(session, made))
    session.execute(text("UPDATE errands SET answer = 'decline', ended_at = made_at"))

    assert session.scalar(text("SELECT answer FROM errands")) == "decline"
