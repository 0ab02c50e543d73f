"""A questionnaire on paper: every page that can come up, and in which cases, for somebody who has no program to skip.

Where a condition depends on chosen answers alone, the answers that decide it are told. Where it depends on anything
else, such as an age, nothing is claimed but that the questions are not for everybody. Pure.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, groupby, product
from typing import TypeAlias

from intake.questionnaires.journey import fact_of
from intake.questionnaires.model import Answer, Item, Page
from intake.rules import Condition, Facts

Cue: TypeAlias = tuple[tuple[str, str], ...]
"""Answers that together decide: pairs of a fact and a code."""

MOST_DECIDING = 3
"""Answers a person on paper can be asked to look back at; a longer condition is not told."""


@dataclass(frozen=True)
class Block:
    """Consecutive pages for the same people.

    `only` are the answers that lead here and `unless` those that lead past it, any one of them. `some` says that the
    pages are not for everybody in a way that cannot be told.
    """

    pages: tuple[Page, ...]
    some: bool
    only: tuple[Cue, ...]
    unless: tuple[Cue, ...]


@dataclass(frozen=True)
class Part:
    """Consecutive blocks from one questionnaire."""

    source: str
    blocks: tuple[Block, ...]


def printed(pages: Collection[Page], given: Facts) -> tuple[Part, ...]:
    """The pages in parts and blocks; those that `given` rules out are left away."""
    items = {item.fact: item for page in pages for item in page.items}
    kept = [page for page in pages if not _ruled_out(page, given)]
    by_source = groupby(kept, key=lambda page: page.source)
    return tuple(Part(source, tuple(_blocks(list(group), items, given))) for source, group in by_source)


def numbers(parts: Collection[Part]) -> Mapping[str, int]:
    """The place of every question on the paper, counted from 1, by fact; one with several lists of answers has one."""
    blocks = (block for part in parts for block in part.blocks)
    facts = [item.fact for block in blocks for page in block.pages for item in page.items]
    return {fact: place for place, fact in enumerate(dict.fromkeys(facts), 1)}


def _ruled_out(page: Page, given: Facts) -> bool:
    never_shown = page.show_if is not None and page.show_if.fails(given)
    return never_shown or (page.skip_if is not None and page.skip_if.holds(given))


def _blocks(pages: list[Page], items: Mapping[str, Item], given: Facts) -> Iterator[Block]:
    for (some, only, unless), group in groupby(pages, key=lambda page: _for_whom(page, items, given)):
        yield Block(tuple(group), some, only, unless)


def _for_whom(page: Page, items: Mapping[str, Item], given: Facts) -> tuple[bool, tuple[Cue, ...], tuple[Cue, ...]]:
    shown, skipped = page.show_if, page.skip_if
    if shown is not None and shown.holds(given):
        shown = None
    if skipped is not None and skipped.fails(given):
        skipped = None
    only, unless = _cues(shown, items, given), _cues(skipped, items, given)
    untold = (shown is not None and not only) or (skipped is not None and not unless)
    return untold, only, unless


def _cues(condition: Condition | None, items: Mapping[str, Item], given: Facts) -> tuple[Cue, ...]:
    """The fewest answers that make the condition hold, each way by itself; none where they do not tell all of it."""
    if condition is None:
        return ()
    names = sorted(condition.names - set(given))
    asked = [items[name] for name in names if name in items and items[name].codes]
    if len(asked) < len(names) or not 0 < len(names) <= MOST_DECIDING:
        return ()
    found: list[Cue] = []
    for size in range(1, len(asked) + 1):
        for some in combinations(asked, size):
            ways = product(*([(item.fact, code) for code in item.codes] for item in some))
            new = [way for way in ways if condition.holds(_known(way, items, given))]
            found += [way for way in new if not any(set(cue) <= set(way) for cue in found)]
    return tuple(found) if _is_all(condition, asked, found, given) else ()


def _is_all(condition: Condition, asked: list[Item], found: list[Cue], given: Facts) -> bool:
    """Tell whether the condition holds exactly where one of the cues does, whatever else was chosen."""
    for chosen in product(*(_choices(item) for item in asked)):
        facts = dict(given)
        said = set()
        for item, answer in zip(asked, chosen, strict=True):
            facts.update(fact_of(item, answer) if answer else {})
            said |= {(item.fact, code) for code in ([answer] if isinstance(answer, str) else answer)}
        if condition.holds(facts) != any(set(cue) <= said for cue in found):
            return False
    return True


def _choices(item: Item) -> list[Answer]:
    """Answers to try: nothing, each code by itself and, where several can be chosen, all of them."""
    alone: list[Answer] = [(), *((code,) if item.kind == "choices" else code for code in item.codes)]
    return [*alone, item.codes] if item.kind == "choices" else alone


def _known(way: Cue, items: Mapping[str, Item], given: Facts) -> Facts:
    facts = dict(given)
    for fact, code in way:
        item = items[fact]
        facts.update(fact_of(item, (code,) if item.kind == "choices" else code))
    return facts
