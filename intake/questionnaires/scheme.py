"""Sums and the published ways to read them."""

from dataclasses import dataclass

from intake.rules import Condition


@dataclass(frozen=True)
class Band:
    """A named range of a score, both ends included."""

    code: str
    low: int
    high: int


@dataclass(frozen=True)
class Column:
    """The bands for one group of people; `when` says who, None means everybody."""

    when: Condition | None
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Scheme:
    """One published way to read a score, with its source; `verified` says how well the source was checked.

    A `staff_only` scheme is not shown to the person who answered.
    """

    id: str
    score: str
    citation: str
    verified: str
    columns: tuple[Column, ...]
    staff_only: bool = False


@dataclass(frozen=True)
class Score:
    """A published sum over items, named by their short names; `published` is its lowest and highest value, if told."""

    id: str
    items: tuple[str, ...]
    published: tuple[int, int] | None = None
    loinc: str = ""
