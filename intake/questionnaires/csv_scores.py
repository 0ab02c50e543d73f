"""Scoring a CSV file row by row, in constant memory; a row that is not valid says why and the next one follows.

In: one column for each item (`q1` …), perhaps `sex` (female, male, other, undisclosed) and `age` (whole years), and
any others, which are kept. Out: the same columns, then `complete`, `total`, every subscore, every band scheme, `min`
and `max` where an answer is missing, and `error`. Bands are joined with `|` where more than one is possible. A column
of the same name in the input is replaced, so that a scored file can be scored again.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from intake.errors import IntakeError
from intake.questionnaires.model import Instrument
from intake.questionnaires.scoring import Result, refused, score
from intake.rules import Value

SEXES = ("female", "male", "other", "undisclosed")
OLDEST = 120


class RowError(IntakeError):
    """A row cannot be scored; the message says why."""


def score_table(instrument: Instrument, source: TextIO, target: TextIO) -> int:
    """Score every row of `source` into `target`; return how many were not valid. RowError when there is no header."""
    header_line = source.readline()
    delimiter = ";" if ";" in header_line and "," not in header_line else ","
    header = next(csv.reader([header_line], delimiter=delimiter), [])
    if not any(item.name in header for item in instrument.items):
        first, *_, last = instrument.items
        raise RowError(f"the first line must name the columns {first.name} to {last.name}")
    added = [*_columns(instrument), "error"]
    kept = [name for name in header if name not in added]
    writer = csv.DictWriter(target, [*kept, *added], delimiter=delimiter, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    bad = 0
    for row, problem in _rows(csv.reader(source, delimiter=delimiter), header):
        scored = _scored(instrument, row, problem)
        bad += "error" in scored
        writer.writerow({**{name: row.get(name, "") for name in kept}, **scored})
    return bad


def _columns(instrument: Instrument) -> list[str]:
    subscores = [id_ for id_ in instrument.scores if id_ != "total"]
    return ["complete", "total", *subscores, *instrument.schemes, "min", "max"]


def _rows(reader: Iterable[list[str]], header: list[str]) -> Iterator[tuple[Mapping[str, str], str]]:
    """Each row by column name, and what is wrong with its shape, empty when nothing is."""
    rows = iter(reader)
    while True:
        try:
            values = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield {}, f"the row cannot be read: {error}"
            continue
        if values:
            wrong = "" if len(values) == len(header) else f"has {len(values)} fields, not {len(header)}"
            yield dict(zip(header, values, strict=False)), wrong


def _scored(instrument: Instrument, row: Mapping[str, str], problem: str) -> Mapping[str, object]:
    if problem:
        return {"error": problem}
    try:
        return _told(_result(instrument, row))
    except RowError as error:
        return {"error": str(error)}


def _result(instrument: Instrument, row: Mapping[str, str]) -> Result:
    answers = {item.fact: row.get(item.name, "").strip() for item in instrument.items}
    wrong = [
        f"{item.name}: {answer!r} is not one of {', '.join(item.codes)}"
        for item, answer in refused(instrument, answers)
    ]
    if wrong:
        raise RowError("; ".join(wrong))
    return score(instrument, answers, dict(_facts(row)))


def _facts(row: Mapping[str, str]) -> Iterator[tuple[str, Value]]:
    sex, age = row.get("sex", "").strip().lower(), row.get("age", "").strip()
    if sex and sex not in SEXES:
        raise RowError(f"sex: {sex!r} is not one of {', '.join(SEXES)}")
    if sex in ("female", "male"):
        yield "about.sex", sex
    if age and not (age.isascii() and age.isdigit() and len(age) <= len(str(OLDEST)) and int(age) <= OLDEST):
        raise RowError(f"age: {age!r} is not a whole number from 0 to {OLDEST}")
    if age:
        yield "about.age", int(age)


def _told(result: Result) -> Mapping[str, object]:
    sums = {id_: "" if span.value is None else span.value for id_, span in result.sums.items()}
    bands = {reading.scheme.id: "|".join(dict.fromkeys(reading.bands)) for reading in result.readings}
    ends = {} if result.total.complete else {"min": result.total.low, "max": result.total.high}
    return {"complete": "yes" if result.total.complete else "no", **sums, **bands, **ends}
