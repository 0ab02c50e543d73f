"""From the sealed inbox to cases: a row is unsealed, checked, encrypted field by field, and emptied — all or nothing.

A row that cannot be opened is set aside with a reason code and never keeps the others waiting. Any number of workers
may do this at once: a row belongs to whoever empties it, and one inbox row can become only one case. Letters to
a case are opened the same way.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from intake import clock
from intake.audit.entry import Entry
from intake.audit.vocabulary import WORKER, Action
from intake.errors import SealError, WrongKey
from intake.ingest.canaries import canary_of, note_arrival
from intake.ingest.consents import keep_consents
from intake.ingest.index import index_contact, index_older
from intake.ingest.keyring import Keyring, open_keyring, prepare
from intake.ingest.letters import deliver, open_letters
from intake.ingest.payload import Payload, PayloadError, contact_of, read_payload, summary_of
from intake.ingest.reasons import CHANGED, OTHER_KEY, REFUSED, UNREADABLE, Opened
from intake.records.box import Encrypted
from intake.records.database import Database
from intake.records.ids import new_id
from intake.records.models import PRIORITY, Case
from intake.records.queries import accounts, audit, cases, inbox, third_party
from intake.sealing.seal import Context
from intake.sealing.unseal import unseal
from intake.sealing.vouching import is_vouched
from intake.triage import State

__all__ = ["Keyring", "Opened", "open_everything", "open_inbox", "open_keyring", "open_letters", "prepare"]


def open_inbox(session: Session, keyring: Keyring, limit: int = 100) -> Opened:
    """Make cases of at most `limit` waiting rows, oldest first. Commits after each row, and whatever came before.

    As many older cases are put into the index of possible matches, where there still are any that are not in it.
    """
    waiting = inbox.unopened(session, limit)
    session.commit()
    opened = failed = 0
    for row in waiting:
        reason = _open(session, keyring, row)
        if reason is None:
            opened += 1
        elif inbox.mark_failed(session, row.id, reason):
            failed += 1
        session.commit()
    index_older(session, keyring.box, limit)
    return Opened(opened, failed)


def open_everything(database: Database, keyring: Keyring) -> Opened:
    """Make cases of all that waits, and open every letter to a case, however much it is."""
    opened = failed = 0
    with database.session() as session:
        for some_of in (open_inbox, open_letters):
            while (some := some_of(session, keyring)) != Opened(0, 0):
                opened += some.opened
                failed += some.failed
        while index_older(session, keyring.box):
            pass
    return Opened(opened, failed)


def _open(session: Session, keyring: Keyring, row: inbox.Waiting) -> str | None:
    """Make a case of one row, uncommitted; or leave nothing behind and return the reason it cannot be done."""
    try:
        payload = _read(keyring, row)
        if let_go := canary_of(keyring.private_key, payload):
            note_arrival(session, row.id, let_go)
        elif inbox.mark_opened(session, row.id):
            _add_case(session, keyring, row, _confirmed(session, keyring, row, payload))
    except WrongKey:
        return OTHER_KEY
    except SealError:
        return CHANGED
    except PayloadError:
        return UNREADABLE
    except (DataError, IntegrityError):
        session.rollback()
        return REFUSED
    return None


def _read(keyring: Keyring, row: inbox.Waiting) -> Payload:
    """What was said, if it agrees with the clear columns beside it: nobody redirects a request by changing those."""
    content = unseal(keyring.private_key, row.sealed, Context(row.id, row.door, row.definition))
    payload = read_payload(content)
    sealed = (payload.door, payload.language, payload.unit, PRIORITY[payload.urgency])
    if sealed != (row.door, row.language, row.unit, row.priority):
        raise PayloadError("the row does not say what was sealed in it")
    return payload


def _confirmed(session: Session, keyring: Keyring, row: inbox.Waiting, payload: Payload) -> Payload:
    """The submission without its claim that staff filled it in, unless a staff process let them fill in this draft.

    The request itself counts either way, and the whole of it keeps the claim.
    """
    claim = payload.assisted
    if claim is None:
        return payload
    vouched = is_vouched(keyring.private_key, row.draft_id, claim.channel, claim.by, claim.proof)
    return payload if vouched and accounts.exists(session, claim.by) else replace(payload, assisted=None)


def _received(payload: Payload, at: datetime) -> cases.Event:
    """The first line of the timeline; it names who filled the form in, where that was not the person."""
    if payload.assisted is None:
        return cases.Event("received", at=at)
    return cases.Event("received", payload.assisted.by, {"choice": payload.assisted.channel}, at)


def _add_case(session: Session, keyring: Keyring, row: inbox.Waiting, payload: Payload) -> None:
    case_id, close = new_id(), keyring.box.close
    received_at = min(payload.submitted, clock.now())
    case = Case(
        id=case_id,
        inbox_id=row.id,
        lookup=row.lookup,
        unit=row.unit,
        principal=row.principal,
        state=State.RECEIVED,
        priority=row.priority,
        language=row.language,
        door=row.door,
        received_at=received_at,
        state_at=received_at,
        summary=close(Encrypted.SUMMARY, case_id, summary_of(payload)),
        contact=close(Encrypted.CONTACT, case_id, contact_of(payload)),
        answers=close(Encrypted.ANSWERS, case_id, payload.whole),
        demonstration=payload.demonstration,
    )
    cases.add(session, case)
    if payload.third_party is not None:
        third_party.keep(session, keyring.box, case_id, payload.third_party)
    cases.add_event(session, keyring.box, case_id, _received(payload, received_at))
    index_contact(session, keyring.box, case)
    keep_consents(session, keyring.box, case, payload)
    deliver(session, keyring, case)
    audit.note(session, keyring.box, Entry(Action.RECEIVE, WORKER, units=(row.unit,), case_id=case_id))
