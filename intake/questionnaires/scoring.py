"""Scores: the published sums, their bands, and honesty about what is not known.

A missing answer is never zero. Where a shown question is unanswered the score is incomplete and known only as an
interval, the lowest and highest sum any way of answering could give; a band is certain only if both ends agree on it.
An item that a skip rule hides counts 0 because the rule says so. Where a band depends on sex or age and that is not
known, every column that may apply is read and the result lists them all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from intake.questionnaires.journey import fits, walk
from intake.questionnaires.model import Answers, Instrument, Item
from intake.questionnaires.scheme import Column, Scheme
from intake.rules import Facts, Value

ENGINE = "1"


@dataclass(frozen=True)
class Span:
    """What is known of a sum: its lowest and highest possible value, both included, and whether nothing is missing."""

    low: int
    high: int
    complete: bool

    @property
    def value(self) -> int | None:
        """The sum, None while an answer is missing."""
        return self.low if self.complete else None


@dataclass(frozen=True)
class ColumnReading:
    """The bands a score can be in by one column of a scheme that applies, or may apply, to this person."""

    column: Column
    bands: tuple[str, ...]


@dataclass(frozen=True)
class SchemeReading:
    """What one published scheme says; `certain` is the band when every reading agrees on it, else None."""

    scheme: Scheme
    columns: tuple[ColumnReading, ...]

    @property
    def bands(self) -> tuple[str, ...]:
        """Every band still possible, lowest first."""
        possible = {code for column in self.columns for code in column.bands}
        return tuple(band.code for column in self.scheme.columns for band in column.bands if band.code in possible)

    @property
    def certain(self) -> str | None:
        """The one band the score is in, None when it is open."""
        bands = dict.fromkeys(self.bands)
        return next(iter(bands)) if len(bands) == 1 else None


@dataclass(frozen=True)
class Result:
    """An instrument scored: every sum by its id, and every scheme that applies."""

    instrument: Instrument
    sums: Mapping[str, Span]
    readings: tuple[SchemeReading, ...]

    @property
    def total(self) -> Span:
        """The sum over all items."""
        return self.sums["total"]

    def facts(self) -> Mapping[str, Value]:
        """What a route may ask about: complete sums and certain bands, as `audit.total` or `audit.who_zones`."""
        sums = {id_: span.value for id_, span in self.sums.items()}
        bands = {reading.scheme.id: reading.certain for reading in self.readings}
        return {f"{self.instrument.id}.{id_}": known for id_, known in (sums | bands).items() if known is not None}

    def as_json(self, language: str) -> Mapping[str, Any]:
        """The result as it is kept with a case, with the version and the wording it was answered in."""
        words = self.instrument.words[language]
        return {
            "instrument": self.instrument.id,
            "version": self.instrument.version,
            "digest": self.instrument.digest,
            "language": language,
            "status": words.status,
            "complete": self.total.complete,
            "total": self.total.value,
            "min": self.total.low,
            "max": self.total.high,
            "subscores": {
                id_: {"value": span.value, "min": span.low, "max": span.high}
                for id_, span in self.sums.items()
                if id_ != "total"
            },
            "bands": {reading.scheme.id: list(dict.fromkeys(reading.bands)) for reading in self.readings},
        }


def score(instrument: Instrument, answers: Answers, facts: Facts) -> Result:
    """Score raw `answers` by fact name (`audit.q1`: "2"); `facts` may hold `about.sex` and `about.age`.

    Answers to items the skip rules hide do not count; neither do answers outside an item's own set (see `refused`).
    """
    sums = _sums(instrument, answers, facts)
    readings = (_read(scheme, sums[scheme.score], facts) for scheme in instrument.schemes.values())
    return Result(instrument, sums, tuple(reading for reading in readings if reading.columns))


def refused(instrument: Instrument, answers: Answers) -> Iterator[tuple[Item, str]]:
    """Each item answered with something outside its own set, and that answer: AUDIT 9 takes 0, 2 and 4 only."""
    for item in instrument.items:
        answer = answers.get(item.fact, "")
        if answer and not fits(item, answer):
            yield item, str(answer)


def _sums(instrument: Instrument, answers: Answers, facts: Facts) -> Mapping[str, Span]:
    shown, counted = _counted(instrument, answers, facts)
    missing = [item for item in shown if item.name not in counted]
    if not missing:
        return {id_: _exact(counted, part.items) for id_, part in instrument.scores.items()}
    walks = [_counted(instrument, filled, facts) for filled in _completions(instrument, answers, missing)]
    return {id_: _span(walks, part.items, missing) for id_, part in instrument.scores.items()}


def _counted(instrument: Instrument, answers: Answers, facts: Facts) -> tuple[tuple[Item, ...], dict[str, int]]:
    """The items shown, and the number each answered one counts, by short name."""
    journey = walk(instrument.pages, answers, (), facts)
    shown = tuple(item for page in journey.pages for item in page.items)
    numbers = {
        item.name: item.scores[str(journey.answers[item.fact])] for item in shown if item.fact in journey.answers
    }
    return shown, numbers


def _completions(instrument: Instrument, answers: Answers, missing: Iterable[Item]) -> Iterator[Answers]:
    """The answers with every way of filling in the missing ones that the skip rules ask about."""
    conditions = [condition for page in instrument.pages for condition in (page.show_if, page.skip_if) if condition]
    deciding = [item for item in missing if any(item.fact in condition.names for condition in conditions)]
    for codes in product(*(item.codes for item in deciding)):
        yield {**answers, **{item.fact: code for item, code in zip(deciding, codes, strict=True)}}


def _exact(counted: Mapping[str, int], items: Iterable[str]) -> Span:
    total = sum(counted.get(name, 0) for name in items)
    return Span(total, total, complete=True)


def _span(walks: list[tuple[tuple[Item, ...], dict[str, int]]], items: tuple[str, ...], missing: list[Item]) -> Span:
    ends = [_ends(shown, counted, items) for shown, counted in walks]
    complete = not any(item.name in items for item in missing)
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    return Span(low, high, complete=complete and low == high)


def _ends(shown: Iterable[Item], counted: Mapping[str, int], items: tuple[str, ...]) -> tuple[int, int]:
    asked = [item for item in shown if item.name in items]
    low = sum(counted.get(item.name, min(item.scores.values())) for item in asked)
    high = sum(counted.get(item.name, max(item.scores.values())) for item in asked)
    return low, high


def _read(scheme: Scheme, span: Span, facts: Facts) -> SchemeReading:
    applying = [column for column in scheme.columns if column.when is None or not column.when.fails(facts)]
    return SchemeReading(scheme, tuple(ColumnReading(column, _bands(column, span)) for column in applying))


def _bands(column: Column, span: Span) -> tuple[str, ...]:
    return tuple(band.code for band in column.bands if band.low <= span.high and span.low <= band.high)
