import json
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from intake.ingest import Keyring, Opened, open_everything, open_inbox
from intake.records.box import Encrypted
from intake.records.database import Database
from intake.records.models import Case, CaseEvent, Inbox
from intake.records.queries import cases, inbox
from intake.sealing.unseal import generate_keypair
from tests.ingest.requests import CANARY, payload, receive, submission
from tests.records.parallel import at_once


@pytest.fixture
def case(session: Session, keyring: Keyring, public_key: bytes) -> Case:
    receive(session, submission(public_key))
    open_inbox(session, keyring)
    return session.scalars(select(Case)).one()


def test_a_row_becomes_a_case_with_what_was_in_clear(case: Case, session: Session) -> None:
    row = session.scalars(select(Inbox)).one()

    assert (case.inbox_id, case.lookup, case.unit, case.principal) == (row.id, row.lookup, "adult", "region")
    assert (case.priority, case.language, case.door, case.state) == (2, "sv", "self", "received")
    assert (case.version, case.claimed_by, case.demonstration) == (1, None, False)


def test_the_time_is_that_of_sending(case: Case) -> None:
    assert case.received_at == case.state_at == datetime(2026, 11, 20, 14, 5, 9, tzinfo=UTC)


def test_the_box_opens_every_field(case: Case, keyring: Keyring) -> None:
    summary = keyring.box.open(Encrypted.SUMMARY, case.id, case.summary)
    contact = keyring.box.open(Encrypted.CONTACT, case.id, case.contact)

    assert (summary["town"], contact["contact.name"]) == ("lerum", "Kim")
    assert keyring.box.open(Encrypted.ANSWERS, case.id, case.answers) == payload()


def test_nothing_of_what_was_said_is_in_clear(case: Case) -> None:
    columns = [str(getattr(case, column.key)) for column in Case.__table__.columns]

    assert not any(word in "".join(columns) for word in (CANARY, "Kim", "lerum", "gambling"))


def test_the_timeline_begins_when_it_was_sent(case: Case, session: Session) -> None:
    (first,) = cases.events_of(session, case.id)

    assert (first.number, first.kind, first.at, first.actor) == (1, "received", case.received_at, None)


def test_the_row_is_emptied(case: Case, session: Session) -> None:
    row = session.scalars(select(Inbox)).one()

    assert row.sealed is None
    assert row.opened_at is not None


def test_opening_again_makes_no_second_case(case: Case, session: Session, keyring: Keyring) -> None:
    assert open_inbox(session, keyring) == Opened(0, 0)


def test_a_clock_ahead_of_ours_makes_nobody_wait_backwards(
    session: Session, keyring: Keyring, public_key: bytes
) -> None:
    ahead = json.dumps(payload(submitted="2026-11-20T10:00:05+00:00")).encode()
    with time_machine.travel(datetime(2026, 11, 20, 10, 0, tzinfo=UTC), tick=False):
        receive(session, submission(public_key, ahead))
        open_inbox(session, keyring)

    assert session.scalars(select(Case.received_at)).one() == datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "content", [b"{}", b"[" * 100_000, json.dumps(payload(v=2)).encode(), json.dumps(payload(route=None)).encode()]
)
def test_a_row_that_cannot_be_read_is_set_aside_and_the_others_are_opened(
    session: Session, keyring: Keyring, public_key: bytes, content: bytes
) -> None:
    receive(session, submission(public_key, content), submission(public_key))

    assert open_inbox(session, keyring) == Opened(1, 1)
    assert inbox.failures(session) == {"unreadable": 1}


@pytest.mark.parametrize(
    "changes", [{"unit": "mini_maria"}, {"priority": 3}, {"language": "en"}, {"door": "screening"}]
)
def test_a_row_that_says_something_else_than_its_seal_is_set_aside(
    session: Session, keyring: Keyring, public_key: bytes, changes: dict[str, object]
) -> None:
    receive(session, submission(public_key, None, **changes))

    assert open_inbox(session, keyring) == Opened(0, 1)
    assert inbox.failures(session) == {"unreadable": 1}


@pytest.mark.parametrize("moved", [{"id": "0" * 32}, {"definition": "other"}])
def test_a_seal_moved_to_another_row_or_definition_is_set_aside(
    session: Session, keyring: Keyring, public_key: bytes, moved: dict[str, object]
) -> None:
    honest = submission(public_key)
    receive(session, submission(public_key, None, **moved, sealed=honest.sealed))

    assert open_inbox(session, keyring) == Opened(0, 1)
    assert inbox.failures(session) == {"changed": 1}


def test_a_row_sealed_to_another_key_waits_for_that_key(session: Session, keyring: Keyring) -> None:
    public_key, private_key = generate_keypair()
    receive(session, submission(public_key))
    open_inbox(session, keyring)

    assert inbox.failures(session) == {"other_key": 1}
    assert inbox.retry(session) == 1
    assert open_inbox(session, Keyring(private_key, keyring.box)) == Opened(1, 0)


def test_a_row_that_failed_is_not_tried_again_by_itself(session: Session, keyring: Keyring, public_key: bytes) -> None:
    receive(session, submission(public_key, b"{}"))
    open_inbox(session, keyring)

    assert open_inbox(session, keyring) == Opened(0, 0)


def test_a_row_the_database_refuses_is_set_aside(session: Session, keyring: Keyring, public_key: bytes) -> None:
    taken = submission(public_key)
    receive(session, taken)
    open_inbox(session, keyring)
    session.execute(update(Case).values(lookup="next"))
    session.commit()
    receive(session, submission(public_key, lookup="next"), submission(public_key))

    assert open_inbox(session, keyring) == Opened(1, 1)
    assert inbox.failures(session) == {"refused": 1}


def test_no_more_are_opened_than_asked_for(session: Session, keyring: Keyring, public_key: bytes) -> None:
    receive(session, *(submission(public_key) for _ in range(3)))

    assert open_inbox(session, keyring, limit=2) == Opened(2, 0)


def test_everything_is_opened_however_much_it_is(database: Database, keyring: Keyring, public_key: bytes) -> None:
    with database.session() as session:
        receive(session, *(submission(public_key) for _ in range(101)), submission(public_key, b"{}"))

    assert open_everything(database, keyring) == Opened(101, 1)


def test_four_workers_make_one_case_of_each_row(database: Database, keyring: Keyring, public_key: bytes) -> None:
    with database.session() as session:
        receive(session, *(submission(public_key) for _ in range(40)))
    at_once(database, lambda session: open_inbox(session, keyring), requests=4)

    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 40
        assert session.scalar(select(func.count()).select_from(CaseEvent)) == 40
        assert inbox.unopened(session, 100) == []
