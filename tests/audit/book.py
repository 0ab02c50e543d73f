"""A log kept in memory: rows sealed one after the other, as the database would hold them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from intake.audit.chain import DayKeys, Link, beginning, day_after, seal_of
from intake.audit.entry import Entry, Row, row_of

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FIRST = bytes(range(32))
START = Link(0, beginning(b"sealed"), 0, MONDAY.date())
CASE = "ab" * 16
ENTRY = Entry("case.read", "cd" * 16, case_id=CASE)


def hours(*numbers: float) -> list[datetime]:
    """So many hours after Monday at eight, for each."""
    return [MONDAY + timedelta(hours=number) for number in numbers]


def write(times: Iterable[datetime], entry: Entry = ENTRY, start: Link = START) -> list[Row]:
    """A row at each time."""
    link, keys, rows = start, DayKeys({0: FIRST}), list[Row]()
    for number, at in enumerate(times):
        told = entry if entry.codes else replace(entry, codes=(f"n={number}",))
        row = row_of(told, link.seq + 1, day_after(link, at.date()), at)
        key = keys.of(row.day) or b""
        rows.append(row._replace(mac=seal_of(key, link.mac, row)))
        link = link_after(rows[-1])
    return rows


def link_after(row: Row) -> Link:
    """Where the chain stands after a row."""
    return Link(row.seq, row.mac, row.day, row.at.date())
