"""What people and staff do in the demonstration, by the very functions that the pages use."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy.orm import Session

from intake import clock
from intake.demonstration.cast import CONSENT, NOTE, READ, Act, Person
from intake.demonstration.timeline import happened, sent_at
from intake.handovers import HANDOVER
from intake.i18n import SOURCE
from intake.records.box import Box
from intake.records.models import Case
from intake.records.queries.demonstration import backdate, case_of_draft
from intake.records.queries.errands import last_routing, open_of_kind
from intake.records.queries.grounds import Consent
from intake.routing.model import Directory
from intake.routing.receivers import digest_of
from intake.staff.account import Account
from intake.staff.case_reading import suggestion_of
from intake.staff.cooperation import record_consent
from intake.staff.moves import Destination, Step, add_note, make_move
from intake.staff.work import Work
from intake.submission import Finished, submit
from intake.triage import MOVES, Role, State
from intake.web import Parts

Colleagues: TypeAlias = Mapping[tuple[Role, str], Account]
"""Who acts, by role and principal."""


@dataclass(frozen=True)
class Stage:
    """Who plays, where, and with which keys."""

    box: Box
    colleagues: Colleagues
    directory: Directory


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


def work(session: Session, stage: Stage, person: Person, draft: str) -> None:
    """Let staff of the unit that has the person's case do what they have done by now, and date all of it back."""
    case, now = case_of_draft(session, draft), clock.now()
    received = moved = sent_at(person, now)
    times = [received] * case.events
    for act, at in happened(person, now):
        lines = case.events
        _act(session, stage, case, act)
        session.refresh(case)
        times += [at] * (case.events - lines)
        moved = at if act.does in MOVES else moved
    backdate(session, case, times, moved)


def _act(session: Session, stage: Stage, case: Case, act: Act) -> None:
    work = Work(session, stage.box, stage.colleagues[act.by, _principal(session, case, act)], case)
    if case.state == State.RECEIVED and act.does != READ:
        make_move(session, stage.box, work.actor, case, Step(READ, case.version))
    if act.does == NOTE:
        add_note(session, stage.box, work.actor, case, act.note)
    elif act.does == CONSENT:
        record_consent(work, _consent(stage, act, work.actor))
    else:
        make_move(session, stage.box, work.actor, case, _step(session, stage, case, act))


def _principal(session: Session, case: Case, act: Act) -> str:
    """Whose staff act: those of the unit that has the case, or of the one it was handed over to."""
    errand = (
        open_of_kind(session, case.id, HANDOVER) if act.does in MOVES and MOVES[act.does].side == "receiver" else None
    )
    return errand.principal or "" if errand else case.principal


def _step(session: Session, stage: Stage, case: Case, act: Act) -> Step:
    routed = last_routing(session, case.id) if act.does == "hand_over" else None
    unit = stage.directory.units.get(routed.chosen if routed else act.unit)
    to = Destination(unit.id, unit.principal) if unit else None
    return Step(act.does, case.version, act.choice, act.note, to, suggestion_of(stage.box, case))


def _consent(stage: Stage, act: Act, actor: Account) -> Consent:
    unit = stage.directory.units[act.unit]
    words = act.note
    return Consent(unit.principal, unit.id, act.choice, "phone", SOURCE, digest_of(words), words, actor.id)


def _chance(parts: Parts, number: int, purpose: str) -> bytes:
    return hmac.digest(parts.settings.receipt_pepper, f"demonstration {purpose} {number}".encode(), hashlib.sha256)
