"""Day keys: from one comes the next, and never the one before."""

from datetime import date

from intake.audit.chain import DayKeys, day_after, follows, next_key
from tests.audit.book import FIRST, START, hours, link_after, write


def test_each_day_has_a_key_of_its_own() -> None:
    keys = DayKeys({0: FIRST})

    assert len({keys.of(day) for day in range(10)}) == 10


def test_a_later_key_is_worked_out_from_an_earlier() -> None:
    assert DayKeys({0: FIRST}).of(3) == next_key(next_key(next_key(FIRST, 1), 2), 3)
    assert DayKeys({2: b"x" * 32}).of(3) == next_key(b"x" * 32, 3)


def test_an_earlier_key_is_not_worked_out_from_a_later() -> None:
    keys = DayKeys({5: FIRST})

    assert keys.of(6) is not None
    assert keys.of(4) is None


def test_another_date_takes_another_key_whichever_way_the_clock_went() -> None:
    assert day_after(START, START.date) == 0
    assert day_after(START, date(2026, 11, 24)) == 1
    assert day_after(START, date(2025, 1, 1)) == 1


def test_a_row_follows_only_its_own_predecessor() -> None:
    first, second = write(hours(0, 1))

    assert follows(link_after(first), second, DayKeys({0: FIRST}))
    assert not follows(START, second, DayKeys({0: FIRST}))
    assert not follows(START, first, DayKeys({0: b"y" * 32}))


def test_without_a_key_only_number_and_day_are_known() -> None:
    row = write(hours(0))[0]._replace(mac="f" * 64)

    assert follows(START, row, DayKeys({}))
    assert not follows(START, row._replace(day=1), DayKeys({}))


def test_a_seal_that_is_no_number_is_only_wrong() -> None:
    row = write(hours(0))[0]._replace(mac="å" * 64)

    assert not follows(START, row, DayKeys({0: FIRST}))
