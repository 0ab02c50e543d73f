"""Letters on their way from the public process to the case: all or nothing, and none keeps another waiting."""

import json
import threading
import time
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake.ingest import Keyring, Opened, open_everything, open_inbox, open_letters
from intake.ingest.letter_reading import read_letter
from intake.ingest.payload import PayloadError
from intake.records.box import Encrypted
from intake.records.database import Database
from intake.records.ids import new_id
from intake.records.mailbox_models import Letter
from intake.records.models import Case
from intake.records.queries import cases, mailbox
from intake.sealing.seal import LetterContext, seal
from intake.sealing.unseal import generate_keypair
from intake.triage import State
from tests.ingest.requests import CANARY, payload, receive, submission
from tests.records.parallel import at_once

HEAD = {"v": 1, "written": "2026-11-20T15:00:00+00:00", "language": "sv"}
MESSAGE = {**HEAD, "kind": "message", "text": CANARY}
CONTACT = {**HEAD, "kind": "contact", "answers": {"contact.ways": ["call"], "contact.phone": "070-174 06 42"}}


@pytest.fixture
def case(session: Session, keyring: Keyring, public_key: bytes) -> Case:
    receive(session, submission(public_key))
    open_inbox(session, keyring)
    return session.scalars(select(Case)).one()


def letter(public_key: bytes, inbox_id: str, said: object = MESSAGE, **changes: str) -> mailbox.FromPerson:
    """A letter as the public process seals it; `changes` are made to the context it is sealed for."""
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    id_ = new_id()
    context = LetterContext(**{"letter": id_, "request": inbox_id, "reader": "clinic", **changes})  # type: ignore[arg-type]  # any of the three
    return mailbox.FromPerson(id_, inbox_id, seal(public_key, content, context), None)


def post(session: Session, *letters: mailbox.FromPerson) -> None:
    for each in letters:
        assert mailbox.post(session, each, 20) is mailbox.Posted.STORED
    session.commit()


def failures(session: Session) -> list[str | None]:
    return list(session.scalars(select(Letter.failed).order_by(Letter.number)))


def test_a_letter_is_opened_for_staff_and_emptied(
    case: Case, session: Session, keyring: Keyring, public_key: bytes
) -> None:
    post(session, letter(public_key, case.inbox_id))

    assert open_letters(session, keyring) == Opened(1, 0)
    stored = session.scalars(select(Letter)).one()
    assert stored.sealed is None
    assert keyring.box.open(Encrypted.LETTER, stored.id, stored.content or b"") == MESSAGE


def test_opening_again_tells_nothing_twice(case: Case, session: Session, keyring: Keyring, public_key: bytes) -> None:
    post(session, letter(public_key, case.inbox_id))
    open_letters(session, keyring)

    assert open_letters(session, keyring) == Opened(0, 0)
    assert [entry.kind for entry in cases.events_of(session, case.id)] == ["received", "person_wrote"]


@pytest.mark.parametrize("changes", [{"letter": "0" * 32}, {"request": "0" * 32}, {"reader": "person"}])
def test_a_letter_moved_from_its_place_is_set_aside(
    case: Case, session: Session, keyring: Keyring, public_key: bytes, changes: dict[str, str]
) -> None:
    post(session, letter(public_key, case.inbox_id, MESSAGE, **changes), letter(public_key, case.inbox_id))

    assert open_letters(session, keyring) == Opened(1, 1)
    assert failures(session) == ["changed", None]


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[" * 60_000,
        b"[]",
        b"null",
        {**MESSAGE, "v": 2},
        {**MESSAGE, "kind": "close"},
        {**MESSAGE, "written": "yesterday"},
        {**MESSAGE, "written": "2026-11-20T15:00:00"},
        {**MESSAGE, "written": "0001-01-01T00:00:00+00:00"},
        {**MESSAGE, "text": 7},
        {**MESSAGE, "text": "x" * 4001},
        {**MESSAGE, "text": "\ud800"},
        {**MESSAGE, "language": None},
        {**CONTACT, "answers": []},
        {**CONTACT, "answers": {"about.age": "34"}},
        {**CONTACT, "answers": {"contact.name": {"deep": 1}}},
        {**CONTACT, "answers": {f"contact.{number}": "x" for number in range(51)}},
        {**HEAD, "kind": "consent", "receivers": []},
        {**HEAD, "kind": "consent", "receivers": "region"},
        {**HEAD, "kind": "consent", "receivers": [["region"]]},
    ],
)
def test_a_letter_that_is_none_is_set_aside_and_the_others_are_opened(
    case: Case, session: Session, keyring: Keyring, public_key: bytes, said: object
) -> None:
    post(session, letter(public_key, case.inbox_id, said), letter(public_key, case.inbox_id))

    assert open_letters(session, keyring) == Opened(1, 1)
    assert failures(session) == ["unreadable", None]


def test_a_letter_sealed_to_another_key_waits_for_that_key(case: Case, session: Session, keyring: Keyring) -> None:
    public_key, private_key = generate_keypair()
    post(session, letter(public_key, case.inbox_id))

    assert open_letters(session, keyring) == Opened(0, 1)
    assert failures(session) == ["other_key"]
    assert mailbox.retry(session) == 1
    session.commit()
    assert open_letters(session, Keyring(private_key, keyring.box)) == Opened(1, 0)


def test_what_it_cannot_read_of_an_early_letter_keeps_no_request_from_being_opened(
    session: Session, keyring: Keyring, public_key: bytes
) -> None:
    request = submission(public_key)
    receive(session, request)
    post(session, letter(public_key, request.id, b"noise"), letter(public_key, request.id))

    assert open_inbox(session, keyring) == Opened(1, 0)
    assert failures(session) == ["unreadable", None]


def test_a_letter_to_a_request_nobody_opened_waits(session: Session, keyring: Keyring, public_key: bytes) -> None:
    request = submission(public_key)
    receive(session, request)
    post(session, letter(public_key, request.id))

    assert open_letters(session, keyring) == Opened(0, 0)
    assert failures(session) == [None]


def test_four_workers_tell_of_each_letter_once(
    case: Case, database: Database, session: Session, keyring: Keyring, public_key: bytes
) -> None:
    post(session, *(letter(public_key, case.inbox_id) for _ in range(8)))
    at_once(database, lambda records: open_letters(records, keyring), requests=4)
    open_letters(session, keyring)

    assert [entry.kind for entry in cases.events_of(session, case.id)] == ["received"] + ["person_wrote"] * 8


def test_a_case_that_is_moved_at_this_moment_gets_its_letter_all_the_same(
    case: Case, database: Database, session: Session, keyring: Keyring, public_key: bytes
) -> None:
    case_id = case.id
    post(session, letter(public_key, case.inbox_id, CONTACT))
    worker = threading.Thread(target=open_everything, args=(database, keyring))
    with database.writing() as staff:
        cases.change_state(staff, staff.get_one(Case, case_id), 1, "read")
        worker.start()
        time.sleep(0.3)  # by now it waits for the case
        staff.commit()
    worker.join()
    open_letters(session, keyring)

    assert [entry.kind for entry in cases.events_of(session, case_id)] == ["received", "contact_changed_by_person"]


def test_a_contact_that_could_not_be_read_is_replaced_all_the_same(
    case: Case, session: Session, keyring: Keyring, public_key: bytes
) -> None:
    for before in (b"noise", keyring.box.close(Encrypted.CONTACT, case.id, ["no", "mapping"])):
        session.execute(update(Case).values(contact=before))
        post(session, letter(public_key, case.inbox_id, CONTACT))
        assert open_letters(session, keyring) == Opened(1, 0)


def test_a_withdrawal_closes_the_case_and_empties_its_line(
    case: Case, session: Session, keyring: Keyring, public_key: bytes
) -> None:
    withdrawal = letter(public_key, case.inbox_id, {**HEAD, "kind": "withdrawal"})
    assert mailbox.withdraw(session, withdrawal) is mailbox.Posted.STORED
    session.commit()
    open_letters(session, keyring)
    session.expire_all()

    assert case.state == State.CLOSED
    assert keyring.box.open(Encrypted.SUMMARY, case.id, case.summary)["concerns"] == []


def test_a_clock_ahead_of_ours_tells_nothing_from_the_future(
    case: Case, session: Session, keyring: Keyring, public_key: bytes
) -> None:
    now = datetime(2026, 11, 20, 14, 59, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        post(session, letter(public_key, case.inbox_id))
        open_letters(session, keyring)

    assert cases.events_of(session, case.id)[-1].at == now


def test_only_what_a_letter_says_is_kept() -> None:
    said = read_letter(json.dumps({**MESSAGE, "admin": True, "answers": {"contact.name": "x"}}).encode())

    assert said.whole == MESSAGE
    assert said.answers == {}


def test_a_letter_that_is_too_large_is_refused() -> None:
    with pytest.raises(PayloadError):
        read_letter(json.dumps({**MESSAGE, "padding": "x" * 70_000}).encode())


@pytest.mark.parametrize(
    "stays", [{"youth.guardian_contact": "no"}, {"referrer.name": "Peter", "referral.kind": "police"}]
)
def test_new_contact_details_leave_what_a_letter_cannot_change(
    session: Session, keyring: Keyring, public_key: bytes, stays: dict[str, str]
) -> None:
    content = json.dumps(payload(answers={"contact.email": "kim@example.org", **stays})).encode()
    receive(session, submission(public_key, content))
    open_inbox(session, keyring)
    case = session.scalars(select(Case)).one()
    post(session, letter(public_key, case.inbox_id, CONTACT))
    open_letters(session, keyring)
    session.expire_all()

    assert keyring.box.open(Encrypted.CONTACT, case.id, case.contact) == CONTACT["answers"] | stays  # type: ignore[operator]  # the one value that is a mapping
