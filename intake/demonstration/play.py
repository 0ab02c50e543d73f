"""What people and staff do in the demonstration, by the very functions that the pages use."""

import hashlib
import hmac
from collections.abc import Mapping

from sqlalchemy.orm import Session

from intake import clock
from intake.demonstration.cast import NOTE, READ, Act, Person
from intake.demonstration.timeline import happened, sent_at
from intake.records.box import Box
from intake.records.models import Case
from intake.records.queries.demonstration import backdate, case_of_draft
from intake.staff.account import Account
from intake.staff.moves import Step, add_note, make_move
from intake.submission import Finished, submit
from intake.triage import Role, State
from intake.web import Parts

ID_LETTERS = 32
SECRET_BYTES = 16


def send(session: Session, parts: Parts, person: Person, number: int) -> None:
    """Let the person press Send; `number` tells people apart. Sent twice, it is in the inbox once."""
    seed = _chance(parts, number, "secret")
    finished = Finished(draft_id(parts, number), seed[:SECRET_BYTES], person.door, person.journey, person.language)
    submit(session, parts, finished)


def draft_id(parts: Parts, number: int) -> str:
    """The draft that was the person's: the same again in this installation, and in no other."""
    return _chance(parts, number, "draft").hex()[:ID_LETTERS]


def work(session: Session, box: Box, colleagues: Mapping[Role, Account], person: Person, draft: str) -> None:
    """Let staff do with the person's case what they have done by now, and date all of it back."""
    case, now = case_of_draft(session, draft), clock.now()
    received = moved = sent_at(person, now)
    times = [received]
    for act, at in happened(person, now):
        lines = case.events
        _act(session, box, colleagues[act.by], case, act)
        session.refresh(case)
        times += [at] * (case.events - lines)
        moved = moved if act.does == NOTE else at
    backdate(session, case, times, moved)


def _act(session: Session, box: Box, actor: Account, case: Case, act: Act) -> None:
    if case.state == State.RECEIVED and act.does != READ:
        make_move(session, box, actor, case, Step(READ, case.version))
    if act.does == NOTE:
        add_note(session, box, actor, case, act.note)
    else:
        make_move(session, box, actor, case, Step(act.does, case.version, act.choice, act.note))


def _chance(parts: Parts, number: int, purpose: str) -> bytes:
    return hmac.digest(parts.settings.receipt_pepper, f"demonstration {purpose} {number}".encode(), hashlib.sha256)
