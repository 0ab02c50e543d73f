"""What a unit asks of others about a case, and the ledger of who may read it: insist first, then do, then remember."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from intake import clock, handovers
from intake.errors import NotAllowedNow
from intake.handovers import NoGround
from intake.records.box import Encrypted
from intake.records.cooperation_models import ErrandRow, Ground
from intake.records.ids import new_id
from intake.records.models import Case
from intake.records.queries import errands, grounds, joined
from intake.staff.moves import Destination
from intake.staff.work import Work
from intake.triage import ERRANDS, Errand, State
from intake.triage.errands import check_answer

TOLD = "told"
"""How an errand ended that was done when it was made."""


@dataclass(frozen=True)
class Request:
    """An errand to be made: its kind, the unit it goes to where it goes to one, and what is asked."""

    kind: str
    to: Destination | None
    note: str


def ask(work: Work, request: Request) -> None:
    """Make an errand; raise NoGround if the receiver may not read the case, NotAllowedNow if something is missing.

    Nothing is asked about a closed case: it is held still, so that nobody closes it while it is shared.
    """
    work.check_owner()
    if joined.lock(work.records, {work.case.id})[work.case.id].state == State.CLOSED:
        raise NotAllowedNow("the case is closed")
    errand = _kind(request)
    to = None if errand.receivers else request.to
    if to is not None and to.unit == work.case.unit:
        raise NotAllowedNow("an errand goes to another unit")
    row = _row(work, errand, to, request.note)
    errands.add(work.records, row)
    if errand.shares and to is not None:
        grounds.give_place(work.records, work.case.id, (to.unit, to.principal), errand.code, str(row.ground_id))
    work.remember(f"ask_{errand.code}", unit=to.unit if to else "", note=request.note)


def answer(work: Work, errand_id: str, code: str, note: str) -> None:
    """End an errand with an answer code and words; raise NotAllowedNow if it cannot end so, or has ended already."""
    row = errands.open_errand(work.records, work.case.id, errand_id)
    if row is None:
        raise NotAllowedNow("this errand has ended")
    check_answer(row.kind, code, work.sides_of(row), note)
    words = work.box.close(Encrypted.ERRAND_ANSWERED, row.id, note) if note else None
    if not errands.end(work.records, row, code, work.actor.id, words):
        raise NotAllowedNow("this errand has ended")
    if ERRANDS[row.kind].shares:
        grounds.take_place(work.records, work.case.id, str(row.unit), row.kind)
    work.remember(f"end_{row.kind}", choice=code, note=note, unit=row.unit or "")


def record_consent(work: Work, consent: grounds.Consent) -> None:
    """Write down that the person said yes; colleagues of that principal in this very unit have the case at once."""
    work.check_owner()
    ground = grounds.record_consent(work.records, work.box, work.case.id, consent)
    _invite_colleagues(work.records, work.case, (consent.unit, consent.principal), ground)
    work.remember("consent_given", choice=consent.purpose, unit=consent.unit or "")


def record_law(work: Work, ground: grounds.LegalGround) -> None:
    """Write down another ground than consent. It holds for nobody until a second person has approved it."""
    work.check_owner()
    if not ground.words:
        raise NotAllowedNow("a ground of the law needs words")
    grounds.record_legal_ground(work.records, work.box, work.case.id, ground)
    work.remember("law_recorded", choice=ground.reason, unit=ground.unit or "", note=ground.words)


def approve(work: Work, ground_id: str) -> Ground:
    """Approve a ground of the law as the second person and return it; raise NotAllowedNow for whoever recorded it."""
    work.check_owner()
    ground = grounds.approve(work.records, work.case.id, ground_id, work.actor.id)
    if ground is None:
        raise NotAllowedNow("a ground is approved once, by a second person")
    _invite_colleagues(work.records, work.case, (ground.unit, ground.principal), ground.id)
    work.remember("law_approved", choice=ground.reason or "", unit=ground.unit or "")
    return ground


def end_ground(work: Work, ground_id: str) -> None:
    """End a ground as the person wished; see handovers.withdraw."""
    work.check_owner()
    handovers.withdraw(work.records, work.box, work.case, ground_id, work.actor.id)


def _kind(request: Request) -> Errand:
    errand = ERRANDS.get(request.kind)
    if errand is None or errand.moved:
        raise NotAllowedNow("no such errand")
    if errand.asks and not request.note:
        raise NotAllowedNow("nothing was asked")
    if not errand.receivers and request.to is None:
        raise NotAllowedNow("an errand goes to somebody")
    return errand


def _row(work: Work, errand: Errand, to: Destination | None, note: str) -> ErrandRow:
    now, done, row_id = clock.now(), not errand.answers, new_id()
    return ErrandRow(
        id=row_id,
        case_id=work.case.id,
        kind=errand.code,
        from_unit=work.case.unit,
        unit=to.unit if to else None,
        principal=to.principal if to else None,
        receiver=None if to else errand.receivers[0],
        ground_id=_ground(work, errand, to),
        made_by=work.actor.id,
        made_at=now,
        asked=work.box.close(Encrypted.ERRAND_ASKED, row_id, note) if note else None,
        answer=TOLD if done else None,
        ended_by=work.actor.id if done else None,
        ended_at=now if done else None,
    )


def _ground(work: Work, errand: Errand, to: Destination | None) -> str | None:
    if not errand.shares or to is None:
        return None
    ground = grounds.holding(work.records, work.case.id, to.unit, to.principal, errand.purposes)
    if ground is None:
        raise NoGround("no ground names this receiver")
    return ground.id


def _invite_colleagues(records: Session, case: Case, receiver: tuple[str | None, str], ground_id: str) -> None:
    unit, principal = receiver
    if unit == case.unit and principal != case.principal:
        grounds.give_place(records, case.id, (case.unit, principal), "colleague", ground_id)
