"""Which pages a person sees, which answers count, and what is thereby known.

Everything is recomputed from the answers each time; no position is remembered and none is trusted. Only a shown page
contributes facts, so changing an early answer drops the answers it hides, from the score and from the record.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from intake.questionnaires.model import Answer, Answers, Item, Page
from intake.rules import Facts, Value

LONGEST_NUMBER = 6


@dataclass(frozen=True)
class Journey:
    """A walk through a door with the answers so far. `answers` and `facts` hold only what counts."""

    pages: tuple[Page, ...]
    answers: Answers
    facts: Facts
    next_page: Page | None

    def position(self, page: Page) -> tuple[int, int]:
        """The place of a shown page counted from 1, and about how many there are, the review included."""
        return self.pages.index(page) + 1, len(self.pages) + 1

    def before(self, page: Page) -> Page | None:
        """The shown page before this one, None for the first."""
        place = self.pages.index(page)
        return self.pages[place - 1] if place else None

    def after(self, page: Page) -> Page | None:
        """The shown page after this one, None for the last."""
        place = self.pages.index(page)
        return self.pages[place + 1] if place + 1 < len(self.pages) else None


def walk(pages: Collection[Page], answers: Answers, done: Collection[str], given: Facts) -> Journey:
    """Walk `pages` in order with raw `answers`.

    `done` names the pages a person left behind on purpose, `given` holds facts that come from outside the form.
    A page is shown when its `show_if` holds and its `skip_if` does not; unknown holds in neither. Nothing comes after
    a page that ends the form, and it is never finished. Answers outside an item's own set are ignored as if never
    given.
    """
    facts: dict[str, Value] = dict(given)
    counted: dict[str, Answer] = {}
    shown: list[Page] = []
    for page in pages:
        if not is_shown(page, facts):
            continue
        shown.append(page)
        for item in page.items:
            if item.fact in answers and fits(item, answers[item.fact]):
                counted[item.fact] = answers[item.fact]
                facts.update(fact_of(item, answers[item.fact]))
        if page.ends:
            break
    missing = (page for page in shown if not _finished(page, counted, facts, done))
    return Journey(tuple(shown), counted, facts, next(missing, None))


def is_shown(page: Page, facts: Facts) -> bool:
    """Tell whether a page is part of the walk, given the facts of the pages before it."""
    if page.skip_if is not None and page.skip_if.holds(facts):
        return False
    return page.show_if is None or page.show_if.holds(facts)


def fits(item: Item, answer: Answer) -> bool:
    """Tell whether `answer` is one this item can have."""
    if item.kind == "choices":
        return _choices_fit(item, answer)
    if not isinstance(answer, str) or not answer:
        return False
    if item.kind == "choice":
        return answer in item.codes
    if item.kind == "number":
        return _is_plain_number(answer) and item.minimum <= int(answer) <= item.maximum
    return len(answer) <= item.max_length


def fact_of(item: Item, answer: Answer) -> Mapping[str, Value]:
    """The fact an answer makes: empty when the answer is one that leaves it unknown."""
    if isinstance(answer, tuple):
        return {item.fact: frozenset(answer) - item.unknown}
    if answer in item.unknown:
        return {}
    if item.scores:
        return {item.fact: item.scores[answer]}
    return {item.fact: int(answer) if item.kind == "number" else answer}


def is_required(item: Item, facts: Facts) -> bool:
    """Tell whether the page cannot be left without an answer to this item."""
    return item.required or (item.required_if is not None and item.required_if.holds(facts))


def _choices_fit(item: Item, answer: Answer) -> bool:
    if not isinstance(answer, tuple) or not answer:
        return False
    alone = len(answer) == 1 or not item.exclusive.intersection(answer)
    return alone and len(set(answer)) == len(answer) and all(code in item.codes for code in answer)


def _is_plain_number(answer: str) -> bool:
    """Digits 0 to 9 only, and few: `int` would also take `1_0`, `٤` and numbers of any length."""
    return answer.isascii() and answer.isdigit() and len(answer) <= LONGEST_NUMBER


def _finished(page: Page, answers: Answers, facts: Facts, done: Collection[str]) -> bool:
    if page.ends or any(is_required(item, facts) and item.fact not in answers for item in page.items):
        return False
    return page.name in done or (bool(page.items) and all(item.fact in answers for item in page.items))
