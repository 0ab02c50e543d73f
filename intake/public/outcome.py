"""The result of a self-test, as the person reads it: the sum, what published limits say of it, and where they are from.

Where sex decides the limits and is not known, every reading is shown side by side; where answers are missing, the sum
is a range and every level still possible is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from intake.questionnaires.scheme import Column
from intake.questionnaires.scoring import Result, SchemeReading
from intake.questionnaires.tongues import Spoken
from intake.questionnaires.words import Words
from intake.rules import Facts

_SEX = "about.sex"


@dataclass(frozen=True)
class Reading:
    """What one set of limits says: for whom it holds (empty: for everybody), and the levels still possible."""

    who: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """One instrument's result: `low` and `high` differ where answers are missing, `highest` is the highest score.

    `tongue` is the language of its words, empty where it is that of the page.
    """

    title: str
    tongue: str
    low: int
    high: int
    highest: int
    complete: bool
    readings: tuple[Reading, ...]
    citations: tuple[str, ...]
    attribution: str


def outcome(result: Result, spoken: Spoken, facts: Facts) -> Outcome:
    """Say `result` as the door is spoken, to the person it is about; `facts` tell which limits are for whom."""
    tongue = spoken.tongue(result.instrument.id)
    words = result.instrument.words[tongue]
    shown = [reading for reading in result.readings if not reading.scheme.staff_only]
    items = {item.name: item for item in result.instrument.items}
    return Outcome(
        title=words.title,
        tongue=tongue if tongue != spoken.language else "",
        low=result.total.low,
        high=result.total.high,
        highest=sum(max(items[name].scores.values()) for name in result.instrument.scores["total"].items),
        complete=result.total.complete,
        readings=tuple(said for reading in shown for said in _readings(reading, words, facts)),
        citations=tuple(reading.scheme.citation for reading in shown),
        attribution=result.instrument.attribution,
    )


def _readings(reading: SchemeReading, words: Words, facts: Facts) -> Iterable[Reading]:
    said = words.bands[reading.scheme.id]
    by_column = [(column.column, tuple(said[code].text for code in column.bands)) for column in reading.columns]
    if len({levels for _column, levels in by_column}) == 1:
        return [Reading("", by_column[0][1])]
    return [Reading(_who(column, facts), levels) for column, levels in by_column]


def _who(column: Column, facts: Facts) -> str:
    """Whom a column is for, where it depends on sex."""
    holds = {sex: column.when is None or not column.when.fails({**facts, _SEX: sex}) for sex in ("female", "male")}
    if holds["female"] == holds["male"]:
        return ""
    return str(_("results.for_women") if holds["female"] else _("results.for_men"))
