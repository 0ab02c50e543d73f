"""Whatever is done to the rows, the first wrong one is named, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from intake.audit.chain import DayKeys
from intake.audit.entry import Entry, Row
from intake.audit.verify import MOST_REMARKS, Broken, Fault, Known, drop_codes, verify
from tests.audit.book import ENTRY, FIRST, MONDAY, START, hours, link_after, write

KNOWN = Known(START, {0: FIRST})
THREE_DAYS = hours(0, 1, 2, 24, 25, 26, 48, 49, 50, 51)


@pytest.fixture
def rows() -> list[Row]:
    """Ten rows on three days."""
    return write(THREE_DAYS)


def renumbered(rows: list[Row]) -> list[Row]:
    return [row._replace(seq=number) for number, row in enumerate(rows, start=1)]


def test_rows_as_they_were_written_are_in_order(rows: list[Row]) -> None:
    report = verify(rows, KNOWN)

    assert (report.broken, report.rows, report.unsealed, report.link) == (None, 10, 0, link_after(rows[-1]))


def test_an_empty_log_is_in_order() -> None:
    assert verify([], KNOWN).broken is None


@pytest.mark.parametrize("place", range(10))
@pytest.mark.parametrize("column", [name for name in ENTRY.__dataclass_fields__ if name != "shown"])
def test_a_changed_column_is_found(rows: list[Row], place: int, column: str) -> None:
    other: Any = "other"
    rows[place] = rows[place]._replace(**{column: other})

    assert verify(rows, KNOWN).broken == Broken(place + 1, Fault.CHANGED)


@pytest.mark.parametrize("place", range(9))
def test_a_missing_row_is_found(rows: list[Row], place: int) -> None:
    del rows[place]

    assert verify(rows, KNOWN).broken == Broken(place + 1, Fault.MISSING)


@pytest.mark.parametrize("place", range(9))
def test_a_missing_row_is_found_though_the_rest_was_numbered_anew(rows: list[Row], place: int) -> None:
    del rows[place]

    assert verify(renumbered(rows), KNOWN).broken == Broken(place + 1, Fault.CHANGED)


@pytest.mark.parametrize(("one", "other"), [(0, 1), (1, 2), (0, 2), (3, 9), (8, 9), (2, 3)])
def test_rows_that_changed_places_are_found(rows: list[Row], one: int, other: int) -> None:
    rows[one], rows[other] = rows[other], rows[one]

    assert verify(renumbered(rows), KNOWN).broken == Broken(one + 1, Fault.MOVED)


@pytest.mark.parametrize("place", range(10))
def test_a_row_put_in_is_found(rows: list[Row], place: int) -> None:
    rows.insert(place, rows[place]._replace(actor="worker"))

    assert verify(renumbered(rows), KNOWN).broken == Broken(place + 1, Fault.INSERTED)


def test_a_row_put_at_the_end_is_found(rows: list[Row]) -> None:
    rows.append(rows[-1]._replace(seq=11))

    assert verify(rows, KNOWN).broken == Broken(11, Fault.CHANGED)


def test_a_day_sealed_anew_with_the_key_of_a_later_day_is_found(rows: list[Row]) -> None:
    later = [row for row in write(THREE_DAYS, replace(ENTRY, actor="worker")) if row.day == 2]
    forged = [row._replace(day=0, at=MONDAY, seq=number) for number, row in enumerate(later, start=1)]

    assert verify([*forged, *rows[4:]], KNOWN).broken == Broken(1, Fault.CHANGED)


def test_a_cut_tail_is_found_by_an_anchor_and_only_by_an_anchor(rows: list[Row]) -> None:
    anchored = replace(KNOWN, anchors={9: rows[8].mac})

    assert verify(rows[:7], KNOWN).broken is None
    assert verify(rows, anchored).broken is None
    assert verify(rows[:7], anchored).broken == Broken(8, Fault.CUT)


def test_a_log_written_anew_from_the_first_key_on_is_found_by_an_anchor(rows: list[Row]) -> None:
    anew = write(THREE_DAYS, replace(ENTRY, actor="worker"))

    assert verify(anew, KNOWN).broken is None
    assert verify(anew, replace(KNOWN, anchors={5: rows[4].mac})).broken == Broken(5, Fault.ANCHOR)


def test_with_todays_key_alone_only_today_is_verified(rows: list[Row]) -> None:
    known = replace(KNOWN, keys={2: DayKeys({0: FIRST}).of(2) or b""})
    report = verify(rows, known)

    assert (report.broken, report.unsealed) == (None, 6)
    rows[8] = rows[8]._replace(actor="worker")
    assert verify(rows, known).broken == Broken(9, Fault.CHANGED)


def test_without_a_key_order_and_gaps_are_verified(rows: list[Row]) -> None:
    known = replace(KNOWN, keys={})

    assert verify(rows, known).unsealed == 10
    assert verify([*rows[:3], *rows[4:]], known).broken == Broken(4, Fault.MISSING)
    rows[4] = rows[4]._replace(day=9)
    assert verify(rows, known).broken == Broken(5, Fault.CHANGED)


def test_a_clock_that_went_back_is_told_and_breaks_nothing() -> None:
    report = verify(write(hours(30, 31, 5, 6, 32, 31.999)), KNOWN)

    assert report.broken is None
    assert [(each.seq, each.before, each.after) for each in report.went_back] == [(3, *hours(31, 5))]


def test_no_more_than_some_remarks_are_kept() -> None:
    report = verify(write(hours(*[48, 0] * 40)), KNOWN)

    assert (report.broken, len(report.went_back)) == (None, MOST_REMARKS)


def test_a_dropped_beginning_is_in_order_if_the_log_tells_of_it(rows: list[Row]) -> None:
    through = link_after(rows[4])
    told = Entry("audit.drop", "command", codes=tuple(drop_codes(through).split()))
    rows += write([MONDAY], told, link_after(rows[-1]))

    assert verify(rows[5:], Known(through, {0: FIRST}, dropped=True)).broken is None


def test_a_dropped_beginning_nothing_tells_of_is_found(rows: list[Row]) -> None:
    through = link_after(rows[4])

    assert verify(rows[5:], Known(through, {0: FIRST}, dropped=True)).broken == Broken(6, Fault.BEGINNING)


def test_rows_are_taken_one_at_a_time(rows: list[Row]) -> None:
    taken: list[int] = []

    def stream() -> Iterator[Row]:
        for row in rows:
            taken.append(row.seq)
            yield row

    rows[2] = rows[2]._replace(seq=4)
    verify(stream(), KNOWN)
    assert taken == [1, 2, 4]
