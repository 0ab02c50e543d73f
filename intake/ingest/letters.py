"""From sealed letters to the case: what a person wrote with their receipt code reaches who works with their request.

A message is only kept for reading. New contact details replace the old, which stay on the timeline. A consent taken
back narrows at once who may read, and a withdrawal ends the case. Each letter is opened all or nothing; one that
cannot be opened is set aside and keeps no other waiting.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from intake import clock
from intake.errors import Conflict, SealError, WrongKey
from intake.handovers import end_shared, withdraw_consents
from intake.ingest.index import index_contact
from intake.ingest.keyring import Keyring
from intake.ingest.letter_reading import AT_WORK, OWN, Said, read_letter
from intake.ingest.payload import UNKNOWN_AGE, PayloadError
from intake.ingest.reasons import CHANGED, OTHER_KEY, REFUSED, UNREADABLE, Opened
from intake.records.box import Box, Encrypted
from intake.records.models import Case
from intake.records.queries import cases, mailbox
from intake.sealing.seal import LetterContext
from intake.sealing.unseal import unseal
from intake.triage import MOVES, State

NAME = "contact.name"
EMPTY_SUMMARY: Mapping[str, Any] = {
    "town": None,
    "age_group": UNKNOWN_AGE,
    "concerns": [],
    "interpreter": None,
    "flags": [],
    "scores": [],
}
"""What the queue shows of somebody who withdrew: nothing."""


def open_letters(session: Session, keyring: Keyring, limit: int = 100) -> Opened:
    """Open at most `limit` letters whose requests are cases. Commits after each, and whatever came before."""
    waiting = mailbox.unopened(session, limit)
    session.commit()
    opened = failed = 0
    for letter in waiting:
        try:
            reason = _open(session, keyring, letter)
        except Conflict:  # a colleague moved the case at this moment: the letter is opened the next time
            session.rollback()
            continue
        opened += reason is None
        failed += reason is not None
        session.commit()
    return Opened(opened, failed)


def deliver(session: Session, keyring: Keyring, case: Case) -> None:
    """Open what was written before the request became this case: somebody who withdrew is in nobody's queue."""
    for letter in mailbox.unopened_of(session, case):
        _open(session, keyring, letter)


def _open(session: Session, keyring: Keyring, letter: mailbox.Waiting) -> str | None:
    """Open one letter into its case, uncommitted; or set it aside and return the reason it cannot be done."""
    reason = None
    try:
        content = unseal(keyring.private_key, letter.sealed, LetterContext(letter.id, letter.inbox_id, "clinic"))
        said = read_letter(content)
        with session.begin_nested():
            if mailbox.mark_opened(session, letter.id, keyring.box.close(Encrypted.LETTER, letter.id, said.whole)):
                _tell(session, keyring.box, session.get_one(Case, letter.case_id, populate_existing=True), said)
    except WrongKey:
        reason = OTHER_KEY
    except SealError:
        reason = CHANGED
    except PayloadError:
        reason = UNREADABLE
    except (DataError, IntegrityError):
        reason = REFUSED
    if reason is not None:
        mailbox.mark_failed(session, letter.id, reason)
    return reason


def _tell(session: Session, box: Box, case: Case, said: Said) -> None:
    """Write on the timeline what happened, and change what the letter changes."""
    event: str
    detail: Mapping[str, object] | None = None
    match said.kind:
        case "message":
            event = "person_wrote"
            detail = {"choice": "after_closing"} if case.state == State.CLOSED else None
        case "contact":
            event, detail = "contact_changed_by_person", {"before": _replace_contact(session, box, case, said)}
        case "consent":
            event, detail = "consent_withdrawn_by_person", {"receivers": list(said.receivers)}
            withdraw_consents(session, box, case, said.receivers)
        case "withdrawal":
            event = "withdraw"
            withdraw_consents(session, box, case, None)
            end_shared(session, box, case, None)  # on a ground of the law, which is not the person's to end
            _end(session, box, case)
    at = min(said.written, clock.now())
    cases.add_event(session, box, case.id, cases.Event(event, detail=detail, at=at))


def _replace_contact(session: Session, box: Box, case: Case, said: Said) -> Mapping[str, Any]:
    """Let the person be reached as they say now; return what was known before.

    What they are called stays where they did not say it again, and so does what a letter cannot change: whether
    guardians may know, and where somebody works. A number they left out is no longer to be used.
    """
    before = _contact(box, case)
    replaced = AT_WORK if any(fact.startswith(AT_WORK) for fact in said.answers) else OWN
    stays = {fact: answer for fact, answer in before.items() if fact == NAME or not fact.startswith(replaced)}
    contact = box.close(Encrypted.CONTACT, case.id, stays | dict(said.answers))
    cases.change_contact(session, case, case.version, contact)
    index_contact(session, box, case)
    return before


def _contact(box: Box, case: Case) -> Mapping[str, Any]:
    try:
        known = box.open(Encrypted.CONTACT, case.id, case.contact)
    except (SealError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _end(session: Session, box: Box, case: Case) -> None:
    """Close the case, unless it is closed, and let the queue show nothing of the person any more."""
    path = MOVES["withdraw"].paths
    if State(case.state) in path:
        cases.change_state(session, case, case.version, path[State(case.state)])
    cases.clear_summary(session, case, case.version, box.close(Encrypted.SUMMARY, case.id, EMPTY_SUMMARY))
