"""What a case tells about somebody else: a row of its own, removed for good and nothing else with it."""

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake.errors import Conflict
from intake.records.box import Encrypted
from intake.records.models import Case
from intake.records.queries import third_party
from intake.records.third_party_models import ThirdParty
from tests.records.people import BOX, case, employ

TOLD = {"answers": {"someone.noticed": "CANARY"}, "facts": {"someone.age": 16}}


@pytest.fixture
def told(session: Session) -> Case:
    made = case(session)
    third_party.keep(session, BOX, made.id, TOLD)
    return made


def content(session: Session, made: Case) -> bytes:
    found = third_party.kept(session, made.id)
    assert found is not None
    assert found.content is not None
    return found.content


def test_it_is_encrypted_for_its_case(session: Session, told: Case) -> None:
    sealed = content(session, told)

    assert b"CANARY" not in sealed
    assert BOX.open(Encrypted.THIRD_PARTY, told.id, sealed) == TOLD


def test_a_case_that_tells_nothing_has_no_row(session: Session) -> None:
    assert third_party.kept(session, case(session).id) is None


def test_a_case_has_one_row(session: Session, told: Case) -> None:
    session.expunge_all()

    with pytest.raises(IntegrityError):
        third_party.keep(session, BOX, told.id, TOLD)


def test_removing_leaves_who_when_and_why_and_no_content(session: Session, told: Case) -> None:
    anna = employ(session)
    third_party.remove(session, told.id, anna.id, "asked")
    found = third_party.kept(session, told.id)

    assert found is not None
    assert (found.content, found.reason, found.removed_by) == (None, "asked", "Anna")
    assert found.removed_at is not None


def test_removing_touches_nothing_else(session: Session, told: Case) -> None:
    before = (told.answers, told.summary, told.contact, told.version)
    third_party.remove(session, told.id, employ(session).id, "asked")
    session.refresh(told)

    assert (told.answers, told.summary, told.contact, told.version) == before


def test_what_was_removed_stands_nowhere_in_the_table(session: Session, told: Case) -> None:
    sealed = content(session, told)
    third_party.remove(session, told.id, employ(session).id, "asked")
    session.commit()

    assert sealed not in [row for (row,) in session.execute(text("select content from third_party"))]


def test_nobody_removes_it_twice(session: Session, told: Case) -> None:
    anna = employ(session)
    third_party.remove(session, told.id, anna.id, "asked")

    with pytest.raises(Conflict):
        third_party.remove(session, told.id, anna.id, "wrong")
    with pytest.raises(Conflict):
        third_party.remove(session, case(session).id, anna.id, "asked")


@pytest.mark.parametrize("values", [{"content": None}, {"reason": "asked"}])
def test_the_database_refuses_to_lose_it_without_a_trace(
    session: Session, told: Case, values: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError):
        session.execute(update(ThirdParty).where(ThirdParty.case_id == told.id).values(**values))


def test_it_goes_with_its_case(session: Session, told: Case) -> None:
    session.execute(text("delete from cases where id = :id"), {"id": told.id})

    assert session.scalar(select(func.count()).select_from(ThirdParty)) == 0
