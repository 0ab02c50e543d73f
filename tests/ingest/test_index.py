"""The index of possible matches: who is found, across what nobody is, and that it can be made again at any time."""

import json
from collections import Counter

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake.ingest import Keyring, open_everything, open_inbox
from intake.ingest.index import index_contact, index_older, reached_by
from intake.records.box import Box, Encrypted
from intake.records.database import Database
from intake.records.ids import new_id
from intake.records.joining_models import ContactDigest
from intake.records.models import Case, CaseEvent
from intake.records.queries import matches
from intake.sealing.fields import FieldBox, new_data_key
from tests.ingest.requests import payload, receive, submission
from tests.records.parallel import at_once

REACHED = {"contact.phone": "070-174 06 05", "contact.email": "kim@example.org"}


def wrote(session: Session, keyring: Keyring, public_key: bytes, principal: str = "region", **contact: str) -> Case:
    """The case of somebody who wrote to a unit of this principal; `phone`, `email` as they wrote them."""
    answers = {f"contact.{name}": value for name, value in contact.items()}
    content = json.dumps(payload(answers=answers)).encode()
    row = submission(public_key, content, principal=principal)
    receive(session, row)
    open_inbox(session, keyring)
    return session.scalars(select(Case).where(Case.inbox_id == row.id)).one()


def digests(session: Session) -> list[tuple[str, str, str]]:
    """The whole table: principal, kind, digest."""
    rows = session.execute(select(ContactDigest.principal, ContactDigest.kind, ContactDigest.digest))
    return sorted((principal, kind, digest) for principal, kind, digest in rows)


@pytest.mark.parametrize("written", ["070-174 06 05", "+46701740605", "0046 70 174 06 05", "070 1740605"])
def test_a_number_is_the_same_however_it_was_written(written: str) -> None:
    assert list(reached_by({"contact.phone": written})) == [("phone", "+46701740605")]


@pytest.mark.parametrize("written", ["Kim@Example.org", " kim@example.org", "\uff4bim@example.org"])
def test_an_address_is_the_same_however_it_was_written(written: str) -> None:
    assert list(reached_by({"contact.email": written})) == [("email", "kim@example.org")]


@pytest.mark.parametrize(
    "contact",
    [
        {},
        {"contact.phone": "", "contact.email": ""},
        {"contact.phone": "ring mig", "contact.email": "ingen"},
        {"contact.phone": "12", "contact.email": "kim"},
        {"referrer.phone": "070-174 06 55", "referrer.email": "peter@example.org"},
        {"contact.phone": ["070-174 06 05"], "contact.email": 7},
    ],
)
def test_what_reaches_nobody_finds_nobody(contact: dict[str, object]) -> None:
    assert list(reached_by(contact)) == []


def test_a_case_is_indexed_with_the_row_it_is_made_of(session: Session, keyring: Keyring, public_key: bytes) -> None:
    case = wrote(session, keyring, public_key, phone="070-174 06 05", email="kim@example.org")
    session.refresh(case)

    assert [kind for _, kind, _ in digests(session)] == ["email", "phone"]
    assert (case.contact_key, case.version) == (1, 1)


def test_two_who_can_be_reached_alike_find_each_other(session: Session, keyring: Keyring, public_key: bytes) -> None:
    first = wrote(session, keyring, public_key, phone="070-174 06 05", email="kim@example.org")
    second = wrote(session, keyring, public_key, phone="+46701740605", email="KIM@example.org")
    wrote(session, keyring, public_key, phone="070-174 06 06")

    assert matches.matches(session, first.id) == {second.id: ("phone", "email")}
    assert matches.matches(session, second.id) == {first.id: ("phone", "email")}


def test_no_digest_is_the_same_in_two_principals(session: Session, keyring: Keyring, public_key: bytes) -> None:
    for principal in ("region", "lerum", "alingsas"):
        for number in range(5, 10):
            wrote(session, keyring, public_key, principal, phone=f"070-174 06 0{number}", email=f"{number}@example.org")
    twice = text("SELECT digest FROM contact_digests GROUP BY digest HAVING count(DISTINCT principal) > 1")

    assert session.execute(twice).all() == []
    assert Counter(principal for principal, _, _ in digests(session)) == {"region": 10, "lerum": 10, "alingsas": 10}


def test_nobody_is_found_across_principals(session: Session, keyring: Keyring, public_key: bytes) -> None:
    first = wrote(session, keyring, public_key, "region", phone="070-174 06 05")
    wrote(session, keyring, public_key, "lerum", phone="070-174 06 05")

    assert matches.matches(session, first.id) == {}


def test_a_forged_row_finds_nobody_across_principals(session: Session, keyring: Keyring, public_key: bytes) -> None:
    first = wrote(session, keyring, public_key, "region", phone="070-174 06 05")
    other = wrote(session, keyring, public_key, "lerum", phone="070-174 06 06")
    session.execute(update(ContactDigest).values(digest="0" * 32))

    assert matches.matches(session, first.id) == {}
    with pytest.raises(IntegrityError):
        session.execute(update(ContactDigest).where(ContactDigest.case_id == other.id).values(principal="region"))


def test_no_more_matches_are_looked_at_than_tell_much(session: Session, keyring: Keyring, public_key: bytes) -> None:
    made = [wrote(session, keyring, public_key, phone="070-174 06 05") for _ in range(4)]

    assert len(matches.matches(session, made[0].id, limit=2)) == 2


def test_new_contact_is_found_and_the_old_no_more(session: Session, keyring: Keyring, public_key: bytes) -> None:
    old = wrote(session, keyring, public_key, phone="070-174 06 05")
    new = wrote(session, keyring, public_key, phone="070-174 06 06")
    changed = wrote(session, keyring, public_key, phone="070-174 06 05")
    changed.contact = keyring.box.close(Encrypted.CONTACT, changed.id, {"contact.phone": "070-174 06 06"})
    index_contact(session, keyring.box, changed)

    assert matches.matches(session, old.id) == {}
    assert list(matches.matches(session, new.id)) == [changed.id]


def forget_index(session: Session) -> None:
    """As a database is that had cases before there was an index."""
    session.execute(delete(ContactDigest))
    session.execute(update(Case).values(contact_key=0))
    session.commit()


def test_older_cases_are_indexed_by_whoever_opens_the_inbox(
    database: Database, keyring: Keyring, public_key: bytes
) -> None:
    with database.writing() as session:
        receive(session, *(submission(public_key) for _ in range(120)))
        open_everything(database, keyring)
        before = digests(session)
        forget_index(session)
        open_everything(database, keyring)
        open_everything(database, keyring)

        assert (len(before), digests(session)) == (120, before)
        assert matches.without_digests(session, 1, 10) == []


def test_four_workers_index_each_case_once(database: Database, keyring: Keyring, public_key: bytes) -> None:
    with database.writing() as session:
        receive(session, *(submission(public_key) for _ in range(30)))
        open_everything(database, keyring)
        forget_index(session)
    at_once(database, lambda session: index_older(session, keyring.box), requests=4)

    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(ContactDigest)) == 30


def test_a_case_that_stays_shut_hinders_no_other(session: Session, keyring: Keyring, public_key: bytes) -> None:
    shut = wrote(session, keyring, public_key, phone="070-174 06 05")
    wrote(session, keyring, public_key, phone="070-174 06 06")
    forget_index(session)
    session.execute(update(Case).where(Case.id == shut.id).values(contact=b"noise"))
    index_older(session, keyring.box)

    assert len(digests(session)) == 1
    assert index_older(session, keyring.box) == 0


def test_a_new_data_key_has_the_index_made_again(session: Session, keyring: Keyring, public_key: bytes) -> None:
    case = wrote(session, keyring, public_key, phone="070-174 06 05")
    before = digests(session)
    renewed = Box(FieldBox({**keyring.box.fields.keys, 2: new_data_key()}))

    assert (index_older(session, renewed), index_older(session, renewed)) == (1, 0)
    session.refresh(case)
    assert case.contact_key == 2
    assert digests(session) != before


def test_a_case_takes_its_digests_with_it(session: Session, keyring: Keyring, public_key: bytes) -> None:
    wrote(session, keyring, public_key, phone="070-174 06 05")
    session.execute(delete(CaseEvent))
    session.execute(delete(Case))

    assert digests(session) == []


def test_nothing_in_the_table_tells_a_number(session: Session, keyring: Keyring, public_key: bytes) -> None:
    wrote(session, keyring, public_key, phone="070-174 06 05", email="kim@example.org")
    said = "".join(digest for _, _, digest in digests(session))

    assert all(part not in said for part in ("70174", "1740605", new_id()))
    assert "example" not in said
