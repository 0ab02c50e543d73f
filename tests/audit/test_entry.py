"""An entry holds ids and codes. Content has no way in."""

from typing import Any

import pytest

from intake.audit.entry import MOST_SHOWN, Entry, row_of
from tests.audit.book import CASE, ENTRY, MONDAY


@pytest.mark.parametrize(
    "wrong",
    [
        {"actor": "Anna Svensson"},
        {"actor": ""},
        {"case_id": "K7M-2QF"},
        {"case_id": CASE.upper()},
        {"codes": ("she said no",)},
        {"codes": ("",)},
        {"codes": ("anna@example.org",)},
        {"codes": ("a" * 81,)},
        {"codes": ("a",) * 13},
        {"units": ("Lerum, vuxna",)},
        {"shown": (CASE, "x")},
        {"shown": (CASE,) * (MOST_SHOWN + 1)},
        {"role": "re ception"},
        {"request_id": "\n"},
    ],
)
def test_what_is_neither_an_id_nor_a_code_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="audit log"):
        Entry(**{"action": "case.read", "actor": "worker"} | wrong)


def test_a_list_keeps_the_beginning_of_each_id() -> None:
    entry = Entry("queue.read", "worker", rows=2, shown=(CASE, "cd" * 16))

    assert row_of(entry, 1, 0, MONDAY).shown == "abababababab cdcdcdcdcdcd"


@pytest.mark.parametrize("column", [name for name in row_of(ENTRY, 1, 0, MONDAY)._fields if name != "mac"])
def test_every_column_is_in_what_is_sealed(column: str) -> None:
    row = row_of(ENTRY, 1, 0, MONDAY)
    other: Any = MONDAY.replace(microsecond=1) if column == "at" else "other"

    assert row._replace(**{column: other}).content() != row.content()


def test_the_seal_is_not_in_what_is_sealed() -> None:
    row = row_of(ENTRY, 1, 0, MONDAY)

    assert row._replace(mac="f" * 64).content() == row.content()


def test_what_stands_in_one_column_cannot_pass_for_another() -> None:
    row = row_of(ENTRY, 1, 0, MONDAY)

    assert row._replace(role="a b", units="").content() != row._replace(role="a", units="b").content()
