"""A kept score beside where it comes from: what each published scheme says of it, and how far to trust the wording."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from intake.questionnaires.model import Instrument, Library
from intake.questionnaires.scheme import Score
from intake.questionnaires.words import Status
from intake.staff.payload import Json, mapping, number, sequence, strings, text


@dataclass(frozen=True)
class Sum:
    """A sum as it was kept: `value` is None while answers are missing, then it lies within `low` and `high`.

    `label` is what the instrument calls a subscore, its id where the instrument no longer has it.
    """

    label: str
    value: int | None
    low: int
    high: int
    highest: int | None = None


@dataclass(frozen=True)
class Reading:
    """What one scheme says: the labels of every band still possible, lowest first, and the scheme's source."""

    scheme: str
    labels: tuple[str, ...]
    citation: str
    verified: str
    staff_only: bool


@dataclass(frozen=True)
class Wording:
    """The words an instrument was answered in: their language, their standing (empty if unknown), and their source."""

    language: str
    status: str
    source: str
    checked: bool


@dataclass(frozen=True)
class ScoreReport:
    """One instrument's result; `changed` says that the instrument is no longer the one that was answered."""

    title: str
    total: Sum
    subscores: tuple[Sum, ...]
    readings: tuple[Reading, ...]
    wording: Wording
    changed: bool

    @property
    def main_reading(self) -> Reading | None:
        """The reading for a table with room for one: the one that the person was shown, if there is one."""
        shown = (reading for reading in self.readings if not reading.staff_only)
        return next(shown, self.readings[0] if self.readings else None)


def score_reports(library: Library, kept: Json, language: str) -> tuple[ScoreReport, ...]:
    """Every kept score that has the shape of one, in the order of the form; labels in `language` where there are."""
    scores = (mapping(each) for each in sequence(kept))
    return tuple(_report(library, score, language) for score in scores if text(score.get("instrument")))


def _report(library: Library, kept: Mapping[str, Json], language: str) -> ScoreReport:
    name = text(kept.get("instrument"))
    instrument = library.instruments.get(name)
    subscores = mapping(kept.get("subscores")).items()
    words = instrument.words.get(language) if instrument else None
    labels = words.scores if words else {}
    return ScoreReport(
        title=words.title if words else name,
        total=_sum(_score(instrument, "total"), "", {**kept, "value": kept.get("total")}),
        subscores=tuple(_sum(_score(instrument, id_), labels.get(id_, id_), mapping(each)) for id_, each in subscores),
        readings=tuple(_readings(instrument, mapping(kept.get("bands")), language)) if instrument else (),
        wording=_wording(instrument, kept),
        changed=instrument is None or kept.get("digest", instrument.digest) != instrument.digest,
    )


def _score(instrument: Instrument | None, id_: str) -> Score | None:
    return instrument.scores.get(id_) if instrument else None


def _sum(score: Score | None, label: str, kept: Mapping[str, Json]) -> Sum:
    low, high = number(kept.get("min")), number(kept.get("max"))
    highest = score.published[1] if score and score.published else None
    return Sum(label, number(kept.get("value")), low or 0, high or 0, highest)


def _readings(instrument: Instrument, kept: Mapping[str, Json], language: str) -> Iterator[Reading]:
    words = instrument.words[language].bands if language in instrument.words else {}
    for id_, codes in kept.items():
        scheme, labels = instrument.schemes.get(id_), words.get(id_, {})
        yield Reading(
            scheme=id_,
            labels=tuple(labels[code].label if code in labels else code for code in strings(codes)),
            citation=scheme.citation if scheme else "",
            verified=scheme.verified if scheme else "uncertain",
            staff_only=scheme is None or scheme.staff_only,
        )


def _wording(instrument: Instrument | None, kept: Mapping[str, Json]) -> Wording:
    language, status = text(kept.get("language")), text(kept.get("status"))
    words = instrument.words.get(language) if instrument else None
    source, checked = (words.source, words.wording_checked) if words else ("", False)
    # The status names a sentence of the catalog, and such sentences are trusted as HTML.
    return Wording(language, status if status in get_args(Status) else "", source, checked)
