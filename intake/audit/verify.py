"""Verifying the chain: the first row that is not as it was written, and what is wrong with it. Rows stream through."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice

from intake.audit.chain import DayKeys, Link, follows
from intake.audit.entry import Row
from intake.audit.vocabulary import Action

LOOK_AHEAD = 10_000
"""How many rows after a broken one are searched for what belongs in its place."""
MOST_REMARKS = 20
CLOCKS_DIFFER = timedelta(minutes=1)
"""The clocks of several machines may differ by less; more than this is told."""


class Fault(StrEnum):
    """What can be wrong with a row."""

    CHANGED = "changed"
    INSERTED = "inserted"
    MISSING = "missing"
    MOVED = "moved"
    ANCHOR = "anchor"
    CUT = "cut"
    BEGINNING = "beginning"


@dataclass(frozen=True)
class Broken:
    """The first row that is wrong, by its number."""

    seq: int
    fault: Fault


@dataclass(frozen=True)
class WentBack:
    """A row whose clock showed an earlier time than the row before it."""

    seq: int
    before: datetime
    after: datetime


@dataclass(frozen=True)
class Known:
    """What the rows are held against.

    `start` is where the chain begins, `keys` day keys by their day, `anchors` seals that were written down elsewhere,
    by the number of their row. Where rows were `dropped` before the start, a row of the log itself has to say so.
    """

    start: Link
    keys: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    anchors: Mapping[int, str] = field(default_factory=dict)
    dropped: bool = False


@dataclass
class Report:
    """How many rows were right, for how many of them there was no key, where the chain ends, what was found."""

    link: Link
    rows: int = 0
    unsealed: int = 0
    broken: Broken | None = None
    went_back: list[WentBack] = field(default_factory=list)


def verify(rows: Iterable[Row], known: Known) -> Report:
    """Hold the rows, in the order of their numbers, against what is known; stop at the first that is wrong."""
    report, keys, stream = Report(known.start), DayKeys(known.keys), iter(rows)
    told, before = not known.dropped, None
    for row in stream:
        report.broken = _fault_of(row, report.link, keys, stream) or _against_anchor(row, known)
        if report.broken:
            return report
        _count(report, row, keys, before)
        told = told or (row.action == Action.DROP and row.codes == drop_codes(known.start))
        before = row.at
    report.broken = _at_the_end(report.link, known, told=told)
    return report


def drop_codes(through: Link) -> str:
    """What the entry says that tells that all rows up to and with `through` were dropped."""
    return f"through={through.seq} mac={through.mac}"


def _fault_of(row: Row, link: Link, keys: DayKeys, later: Iterator[Row]) -> Broken | None:
    if follows(link, row, keys):
        return None
    expected = link.seq + 1
    if row.seq != expected:
        return Broken(expected, Fault.MISSING)
    return Broken(expected, _misplaced(row, link, keys, later))


def _misplaced(row: Row, link: Link, keys: DayKeys, later: Iterator[Row]) -> Fault:
    """Why `row` is not what belongs after `link`: that may stand further on."""
    if keys.of(link.day) is None:
        return Fault.CHANGED
    for each in islice(later, LOOK_AHEAD):
        if follows(link, each._replace(seq=row.seq), keys):
            return Fault.MOVED if each.seq > row.seq + 1 or _changed_places(row, each, keys) else Fault.INSERTED
    return Fault.CHANGED


def _changed_places(row: Row, right: Row, keys: DayKeys) -> bool:
    """Tell whether `row` belongs just after `right`, which stands after it."""
    link = Link(row.seq, right.mac, right.day, right.at.date())
    return follows(link, row._replace(seq=right.seq), keys)


def _against_anchor(row: Row, known: Known) -> Broken | None:
    written_down = known.anchors.get(row.seq, row.mac)
    return None if written_down == row.mac else Broken(row.seq, Fault.ANCHOR)


def _count(report: Report, row: Row, keys: DayKeys, before: datetime | None) -> None:
    report.link = Link(row.seq, row.mac, row.day, row.at.date())
    report.rows += 1
    report.unsealed += keys.of(row.day) is None
    if before and before - row.at > CLOCKS_DIFFER and len(report.went_back) < MOST_REMARKS:
        report.went_back.append(WentBack(row.seq, before, row.at))


def _at_the_end(link: Link, known: Known, *, told: bool) -> Broken | None:
    """What only shows when all rows have gone by: fewer than an anchor says, or a beginning nobody accounts for."""
    if any(seq > link.seq for seq in known.anchors):
        return Broken(link.seq + 1, Fault.CUT)
    return None if told else Broken(known.start.seq + 1, Fault.BEGINNING)
