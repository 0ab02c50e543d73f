"""Everything the loader cannot see in one file: pages nobody reaches, bands that do not fit, words that do not agree.

Each finding is one line, `folder/file.yaml: path: message`, written for the person who wrote the file.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from intake.errors import DefinitionError
from intake.questionnaires import reach
from intake.questionnaires.cases import cases, differences
from intake.questionnaires.directory import FOLDER, load_phrasebook, unused_phrases
from intake.questionnaires.loader import START, STRUCTURE, Content, door, find, instrument, kind
from intake.questionnaires.model import Door, Instrument, Library, Page
from intake.questionnaires.referrers import REFERRERS, load_referrers
from intake.questionnaires.scheme import Column, Scheme, Score
from intake.questionnaires.tongues import gaps, withheld
from intake.questionnaires.words_lint import word_findings
from intake.rules import Facts

STARTS: Sequence[Facts] = tuple({"start": code} for code in sorted(START.codes))


def findings(root: Path) -> Iterator[str]:
    """Every finding about the questionnaires under `root`; a file that does not load gives its first fault."""
    content = find(root)
    instruments: dict[str, Instrument] = {}
    for id_, path in content.folders.items():
        try:
            if kind(root, path) == "instrument":
                instruments[id_] = instrument(root, path)
        except DefinitionError as error:
            yield str(error)
    doors: list[Door] = []
    for path in content.doors.values():
        try:
            doors.append(door(content, path, instruments))
        except DefinitionError as error:
            yield str(error)
    for made in instruments.values():
        yield from _instrument_findings(root, made)
    for made_door in doors:
        yield from _door_findings(made_door)
    yield from _unused(content, doors, instruments)
    yield from _unoffered(root, doors)
    for path in (*content.folders.values(), *content.doors.values(), root / FOLDER):
        yield from word_findings(root, path)
    yield from _language_findings(root, instruments.values(), doors)


def language_gaps(root: Path, library: Library, tags: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """What languages lack among the questionnaires and the directory: those named, and all others with words there."""
    return _gaps(root, library.instruments.values(), library.doors.values(), tags)


def _language_findings(root: Path, instruments: Collection[Instrument], doors: Collection[Door]) -> Iterator[str]:
    try:
        yield from unused_phrases(root)
        lacking = _gaps(root, instruments, doors, ())
    except DefinitionError as error:
        yield str(error)
        return
    for tag, lines in lacking.items():
        yield from (withheld(tag, line) for line in lines)


def _gaps(
    root: Path, instruments: Collection[Instrument], doors: Collection[Door], tags: Iterable[str]
) -> Mapping[str, tuple[str, ...]]:
    book = load_phrasebook(root)
    found = gaps(instruments, doors, {*book.tags, *tags})
    return {tag: (*lines, *book.gap(tag)) for tag, lines in found.items()}


def attainable(made: Instrument, sum_: Score) -> frozenset[int]:
    """Every value a sum can take."""
    scores = {item.name: set(item.scores.values()) for item in made.items}
    totals = {0}
    for name in sum_.items:
        totals = {total + value for total in totals for value in scores[name]}
    return frozenset(totals)


def _instrument_findings(root: Path, made: Instrument) -> Iterator[str]:
    place = f"{made.id}/{STRUCTURE}"
    for sum_ in made.scores.values():
        values = attainable(made, sum_)
        if sum_.published not in (None, (min(values), max(values))):
            yield f"{place}: scores.{sum_.id}.range: the items give {min(values)} to {max(values)}"
    for scheme in made.schemes.values():
        for index, column in enumerate(scheme.columns):
            yield from _column_findings(f"{place}: bands.{scheme.id}.columns[{index}]", made, scheme, column)
    yield from _page_findings(place, made.pages, ({},))
    try:
        for case in cases(root, made):
            yield from (f"{case.node.place}: {case.name}: {fault}" for fault in differences(made, case))
    except DefinitionError as error:
        yield str(error)


def _column_findings(place: str, made: Instrument, scheme: Scheme, column: Column) -> Iterator[str]:
    values = sorted(attainable(made, made.scores[scheme.score]))
    for value in values:
        bands = [band.code for band in column.bands if band.low <= value <= band.high]
        if not bands:
            yield f"{place}: no band holds {value}"
        elif len(bands) > 1:
            yield f"{place}: {value} is in {' and '.join(bands)}"
    for band in column.bands:
        if not any(band.low <= value <= band.high for value in values):
            yield f"{place}: {band.code}: no answers give {band.low} to {band.high}"
    if column.bands and max(band.high for band in column.bands) != values[-1]:
        yield f"{place}: the bands end elsewhere than at the highest sum, {values[-1]}"


def _page_findings(place: str, pages: Sequence[Page], given: Sequence[Facts]) -> Iterator[str]:
    for page in reach.unreachable(pages, given):
        yield f"{place}: page '{page.name}' can never be shown"
    for page in reach.idle_skips(pages, given):
        yield f"{place}: page '{page.name}' has a skip_if that can never hold"


def _door_findings(made: Door) -> Iterator[str]:
    place = f"doors/{made.id}/{STRUCTURE}"
    yield from _page_findings(place, made.pages, STARTS)
    for fact in (fact for fact, item in made.items.items() if item.shared):
        asking = [page for page in made.pages if fact in {item.fact for item in page.items}]
        for first, second in combinations(asking, 2):
            if reach.shown_together(first, second, made.pages, STARTS):
                yield f"{place}: '{first.name}' and '{second.name}' both ask '{fact}' and can be shown to one person"
    for used in made.instruments:
        first = next(page for page in made.pages if page.source == used.id)
        if used.minimum_age and reach.shown_below(used.minimum_age, first, made.pages, STARTS):
            yield f"{place}: {used.id} can be shown to somebody not known to be {used.minimum_age} or older"


def _unused(content: Content, doors: Sequence[Door], instruments: dict[str, Instrument]) -> Iterator[str]:
    used = {id_ for made in doors for id_ in made.definitions}
    for id_ in content.folders:
        if id_ not in used and id_ not in instruments:
            yield f"{id_}/{STRUCTURE}: no door uses this section"


def _unoffered(root: Path, doors: Sequence[Door]) -> Iterator[str]:
    """The units of the list that no question offers: their kind is misspelt, or no door asks for it."""
    if not (root / REFERRERS).is_file():
        return
    offered = {code for made in doors for item in made.items.values() for code in item.codes}
    try:
        yield from (
            f"{REFERRERS}: units.{unit.id}: no door offers it"
            for unit in load_referrers(root).values()
            if unit.id not in offered
        )
    except DefinitionError as error:
        yield str(error)
