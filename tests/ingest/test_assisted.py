"""Whoever is named as having filled a form in was let to by a process with the private key; else nobody is named."""

import json
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.ingest import Keyring, Opened, open_inbox
from intake.records.box import Encrypted
from intake.records.models import Case
from intake.records.queries import cases, inbox
from intake.sealing.vouching import vouch
from tests.ingest.requests import payload, receive, submission
from tests.records.people import employ


def assisted(keyring: Keyring, public_key: bytes, by: str, key: bytes | None = None) -> inbox.Submission:
    """A request that says the user filled it in on the telephone, with a proof made by `key`."""
    row = submission(public_key)
    proof = vouch(key or keyring.private_key, row.draft_id, "phone", by)
    said = payload(assisted={"channel": "phone", "by": by, "proof": proof})
    sealed = submission(public_key, json.dumps(said).encode(), id=row.id).sealed
    return replace(row, sealed=sealed)


def became(session: Session, keyring: Keyring) -> tuple[str | None, object]:
    """Who the first line of the only case names, and what its summary says."""
    case = session.scalars(select(Case)).one()
    summary = keyring.box.open(Encrypted.SUMMARY, case.id, case.summary)
    return cases.events_of(session, case.id)[0].actor, summary.get("assisted")


def test_a_proof_names_who_filled_it_in(session: Session, keyring: Keyring, public_key: bytes) -> None:
    anna = employ(session).id
    receive(session, assisted(keyring, public_key, anna))
    open_inbox(session, keyring)

    assert became(session, keyring) == (anna, "phone")


def test_a_claim_without_a_proof_is_a_request_like_any_other(
    session: Session, keyring: Keyring, public_key: bytes
) -> None:
    receive(session, assisted(keyring, public_key, employ(session).id, key=b"a key of their own"))

    assert open_inbox(session, keyring) == Opened(1, 0)
    assert became(session, keyring) == (None, None)


def test_a_proof_is_good_for_its_own_draft_alone(session: Session, keyring: Keyring, public_key: bytes) -> None:
    moved = replace(assisted(keyring, public_key, employ(session).id), draft_id="0" * 32)
    receive(session, moved)
    open_inbox(session, keyring)

    assert became(session, keyring) == (None, None)


def test_somebody_this_database_does_not_know_is_not_named(
    session: Session, keyring: Keyring, public_key: bytes
) -> None:
    receive(session, assisted(keyring, public_key, "f" * 32))

    assert open_inbox(session, keyring) == Opened(1, 0)
    assert became(session, keyring) == (None, None)
