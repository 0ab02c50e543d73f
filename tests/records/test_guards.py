"""Nobody is shown a case without a ground, even by somebody who goes round all our code with SQL. On both databases."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake.records.cooperation_models import Place
from intake.records.models import Case
from intake.records.queries import cases, grounds
from intake.records.queries.cases import Desk
from intake.records.queries.grounds import Consent, LegalGround
from tests.records.people import BOX, case, employ

PLACE = (
    "INSERT INTO places SELECT :case, :unit, :principal, :part, :ground, reference, state, state_at, priority, "
    "received_at, language, door, claimed_by, untried_since, tried_at FROM cases WHERE id = :case"
)
MINI_MARIA = Desk(("mini_maria",), "lerum")


def consent(
    session: Session,
    made: Case,
    unit: str | None = "mini_maria",
    principal: str = "lerum",
    *,
    purpose: str = "care",
) -> str:
    given = Consent(principal, unit, purpose, "phone", "sv", "digest", "May they read?")
    return grounds.record_consent(session, BOX, made.id, given)


def law(session: Session, made: Case, by: str, *, purpose: str = "care") -> str:
    return grounds.record_legal_ground(
        session, BOX, made.id, LegalGround("lerum", "mini_maria", purpose, "sv", "child_at_risk", "Why", by)
    )


def place(session: Session, made: Case, **other: str | None) -> None:
    """Put the case somewhere by hand."""
    row: dict[str, object] = {"case": made.id, "unit": "mini_maria", "principal": "lerum", "part": "handover"}
    session.execute(text(PLACE), row | {"ground": None} | other)


def test_a_new_case_has_one_place_its_owners(session: Session) -> None:
    made = case(session, unit="adult", principal="region")

    assert cases.parts_at(session, made.id, Desk(("adult",), "region")) == {"owner"}
    assert session.scalar(text("SELECT count(*) FROM places")) == 1


@pytest.mark.parametrize(
    "other",
    [{}, {"ground": "none"}, {"part": "owner"}, {"unit": "adult", "part": "colleague"}, {"principal": "region"}],
)
def test_no_place_is_made_by_hand_without_a_ground(session: Session, other: dict[str, str]) -> None:
    made = case(session)
    with pytest.raises(IntegrityError):
        place(session, made, **other)


@pytest.mark.parametrize("receiver", [("adult", "lerum"), ("mini_maria", "alingsas"), (None, "alingsas")])
def test_a_consent_to_somebody_else_is_no_ground(session: Session, receiver: tuple[str | None, str]) -> None:
    made = case(session)
    ground = consent(session, made, *receiver)
    with pytest.raises(IntegrityError):
        place(session, made, ground=ground)


def test_a_consent_about_somebody_else_is_no_ground(session: Session) -> None:
    made, other = case(session), case(session)
    ground = consent(session, other)
    with pytest.raises(IntegrityError):
        place(session, made, ground=ground)


@pytest.mark.parametrize("unit", ["mini_maria", None])
def test_a_consent_that_names_the_receiver_or_all_of_its_principal_is_one(session: Session, unit: str | None) -> None:
    made = case(session)
    place(session, made, ground=consent(session, made, unit))

    assert cases.case_at(session, made.id, MINI_MARIA) is made


def test_a_consent_that_ends_takes_its_places_along(session: Session) -> None:
    made = case(session)
    ground = consent(session, made)
    place(session, made, ground=ground)
    session.execute(text("UPDATE grounds SET ended_at = given_at WHERE id = :id"), {"id": ground})

    assert cases.case_at(session, made.id, MINI_MARIA) is None
    with pytest.raises(IntegrityError):
        place(session, made, ground=ground)


def test_another_ground_holds_only_after_a_second_person(session: Session) -> None:
    made, anna, eva = case(session), employ(session, "anna"), employ(session, "eva")
    ground = law(session, made, anna.id)
    assert grounds.holding(session, made.id, "mini_maria", "lerum", {"care"}) is None
    assert grounds.approve(session, made.id, ground, anna.id) is None
    assert grounds.approve(session, made.id, ground, eva.id) is not None
    place(session, made, ground=ground)

    assert cases.case_at(session, made.id, MINI_MARIA) is made


@pytest.mark.parametrize(
    "how", ["approved_by = recorded_by, approved_at = given_at", "kind = 'consent', wording = 'x'"]
)
def test_nobody_approves_their_own_ground_by_hand(session: Session, how: str) -> None:
    made, anna = case(session), employ(session, "anna")
    ground = law(session, made, anna.id)
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE grounds SET {how} WHERE id = :id"), {"id": ground})


@pytest.mark.parametrize(
    "how",
    ["unit = NULL", "principal = 'alingsas'", "purpose = 'consult'", "wording = 'other'", "case_id = 'other'"],
)
def test_what_somebody_agreed_to_cannot_be_changed(session: Session, how: str) -> None:
    ground = consent(session, case(session))
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE grounds SET {how} WHERE id = :id"), {"id": ground})


def test_a_ground_that_ended_does_not_begin_again(session: Session) -> None:
    made = case(session)
    ground = consent(session, made)
    assert grounds.end(session, made.id, ground, None)
    assert not grounds.end(session, made.id, ground, None)
    with pytest.raises(IntegrityError):
        session.execute(text("UPDATE grounds SET ended_at = NULL WHERE id = :id"), {"id": ground})


@pytest.mark.parametrize("how", ["unit = 'adult'", "principal = 'alingsas'", "part = 'owner', ground_id = NULL"])
def test_a_place_stays_what_it_is(session: Session, how: str) -> None:
    made = case(session)
    place(session, made, ground=consent(session, made))
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE places SET {how} WHERE part = 'handover'"))


@pytest.mark.parametrize("how", ["unit = 'mini_maria'", "principal = 'lerum'", "unit = 'x', principal = 'y'"])
def test_a_case_goes_nowhere_without_a_ground(session: Session, how: str) -> None:
    made = case(session)
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE cases SET {how} WHERE id = :id"), {"id": made.id})


def test_a_case_that_goes_elsewhere_leaves_its_old_unit(session: Session) -> None:
    made = case(session, unit="adult", principal="region")
    ground = consent(session, made)
    place(session, made, ground=ground)
    cases.give_to(session, made, made.version, "mini_maria", "lerum")

    assert cases.parts_at(session, made.id, MINI_MARIA) == {"owner"}
    assert cases.case_at(session, made.id, Desk(("adult",), "region")) is None


def test_places_show_the_case_as_it_is(session: Session) -> None:
    made, anna = case(session), employ(session, "anna")
    place(session, made, ground=consent(session, made))
    cases.change_state(session, made, 1, "claimed")
    cases.claim(session, made, 2, anna.id)
    cases.change_state(session, made, 3, "tried", "made")

    shown = session.execute(select(Place.state, Place.claimed_by, Place.untried_since, Place.tried_at)).all()
    assert shown == [("tried", anna.id, made.received_at, made.state_at)] * 2
