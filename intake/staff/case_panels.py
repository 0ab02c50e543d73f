"""Who else works with a case: the ledger of grounds, the errands, and where it can be sent. Opened for one reader."""

from collections.abc import Mapping
from dataclasses import dataclass

from intake.errors import SealError
from intake.records.box import Box, Encrypted
from intake.records.cooperation_models import ErrandRow, Ground
from intake.records.queries import errands, grounds
from intake.records.queries.errands import ErrandLine
from intake.records.queries.grounds import LedgerLine
from intake.routing.model import Directory, Unit
from intake.staff.moves import Destination
from intake.staff.payload import text
from intake.staff.work import Work
from intake.triage import ERRANDS


@dataclass(frozen=True)
class GroundShown:
    """A line of the ledger, its words opened; `may_approve` for a second person while it waits for one."""

    line: LedgerLine
    receiver: str
    words: str
    may_approve: bool

    @property
    def ground(self) -> Ground:
        """The ground itself."""
        return self.line.ground


@dataclass(frozen=True)
class ErrandShown:
    """An errand, what was written opened, and the ways in which this reader can end it."""

    line: ErrandLine
    receiver: str
    asked: str
    answered: str
    answers: tuple[str, ...]

    @property
    def row(self) -> ErrandRow:
        """The errand itself."""
        return self.line.row


@dataclass(frozen=True)
class Panels:
    """The ledger, the errands, other units, which of them each kind of errand reaches, whether the reader is owner."""

    ledger: tuple[GroundShown, ...]
    errands: tuple[ErrandShown, ...]
    elsewhere: Mapping[str, Unit]
    offered: Mapping[str, Mapping[str, Unit]]
    owner: bool


def panels(work: Work, directory: Directory) -> Panels:
    """Everything about others, as this reader may see it."""
    elsewhere = {id_: unit for id_, unit in directory.units.items() if id_ != work.case.unit}
    return Panels(
        ledger=tuple(_ground(work, directory, line) for line in grounds.ledger(work.records, work.case.id)),
        errands=tuple(_errand(work, directory, line) for line in errands.errands_of(work.records, work.case.id)),
        elsewhere=elsewhere,
        offered={kind: {id_: each for id_, each in elsewhere.items() if _reaches(kind, each)} for kind in ERRANDS},
        owner="owner" in work.sides,
    )


def destination(directory: Directory, unit: str, kind: str) -> Destination | None:
    """The unit, and the principal that answers for it; None where there is no such unit for this kind of errand."""
    found = directory.units.get(unit)
    return Destination(found.id, found.principal) if found and _reaches(kind, found) else None


def _reaches(kind: str, unit: Unit) -> bool:
    """Tell whether somebody there receives such an errand; a signpost sends nothing, so it names any unit."""
    errand = ERRANDS.get(kind)
    if errand is None or not errand.shares:
        return True
    return unit.has_staff if errand.asks else unit.takes_cases


def _ground(work: Work, directory: Directory, line: LedgerLine) -> GroundShown:
    ground = line.ground
    waits = ground.kind == "law" and ground.approved_by is None and ground.ended_at is None
    return GroundShown(
        line=line,
        receiver=_receiver(directory, ground.unit, ground.principal),
        words=_opened(work.box, Encrypted.GROUND_WORDS, ground.id, ground.words),
        may_approve=waits and ground.recorded_by != work.actor.id,
    )


def _errand(work: Work, directory: Directory, line: ErrandLine) -> ErrandShown:
    row, errand = line.row, ERRANDS.get(line.row.kind)
    is_open = errand is not None and not errand.moved and row.answer is None
    sides = work.sides_of(row)
    return ErrandShown(
        line=line,
        receiver=_receiver(directory, row.unit, row.principal or ""),
        asked=_opened(work.box, Encrypted.ERRAND_ASKED, row.id, row.asked),
        answered=_opened(work.box, Encrypted.ERRAND_ANSWERED, row.id, row.answered),
        answers=tuple(code for code, way in errand.answers.items() if way.side in sides) if errand and is_open else (),
    )


def _receiver(directory: Directory, unit: str | None, principal: str) -> str:
    """The name of a receiver; of staff of another principal in that unit, both names."""
    known = directory.units.get(unit or "")
    answering = directory.principals.get(principal, principal)
    if known is None:
        return answering
    return known.name if known.principal == principal else f"{known.name} ({answering})"


def _opened(box: Box, column: Encrypted, row: str, ciphertext: bytes | None) -> str:
    try:
        return text(box.open(column, row, ciphertext)) if ciphertext is not None else ""
    except (SealError, ValueError):
        return ""
