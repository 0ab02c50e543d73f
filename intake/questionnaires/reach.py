"""Which pages anybody can ever see: a search over the answers that the conditions ask about.

Values are tried only where they can matter: every code of a choice, the numbers around each limit a condition names.
Pages are gone through in order, and a branch is given up as soon as the condition looked for is false whatever
comes after, which three-valued logic tells by itself.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from intake.questionnaires.journey import fact_of, is_shown
from intake.questionnaires.model import Answer, Item, Page
from intake.rules import Condition, Facts, Value

Goal = Callable[[Facts], bool | None]


def unreachable(pages: Sequence[Page], given: Sequence[Facts]) -> Iterator[Page]:
    """The pages that no answers lead to, whatever is given from outside."""
    for page in pages:
        if not any(_shown_with(page, pages, facts, lambda _: True) for facts in given):
            yield page


def idle_skips(pages: Sequence[Page], given: Sequence[Facts]) -> Iterator[Page]:
    """The pages whose skip rule can never hold: it contradicts itself or the pages before it."""
    for page in pages:
        skip = page.skip_if
        if skip is not None and not any(_reaches(skip.evaluate, skip.names, pages, facts) for facts in given):
            yield page


def shown_below(age: int, page: Page, pages: Sequence[Page], given: Sequence[Facts]) -> bool:
    """Tell whether `page` can be shown to somebody whose age is known to be below `age`, or is not known."""

    def too_young(facts: Facts) -> bool:
        known = facts.get("about.age")
        return not isinstance(known, int) or known < age

    return any(_shown_with(page, pages, facts, too_young) for facts in given)


def shown_together(first: Page, second: Page, pages: Sequence[Page], given: Sequence[Facts]) -> bool:
    """Tell whether some answers show both pages, of which `second` is the later one."""
    return any(_shown_with(second, pages, facts, lambda known: is_shown(first, known), first) for facts in given)


def _shown_with(page: Page, pages: Sequence[Page], given: Facts, also: Callable[[Facts], bool], *others: Page) -> bool:
    """Tell whether some answers show `page` and satisfy `also`, which is asked once all that matters is answered.

    What `also` asks about are the pages `others` and the age. Where a page that ends the form comes first, `page` does
    not come.
    """
    endings = [earlier for earlier in pages if earlier.ends and earlier.step < page.step]
    asked = [condition for each in (page, *others, *endings) for condition in _conditions(each)]
    names = {name for condition in asked for name in condition.names} | {"about.age"}

    def goal(facts: Facts) -> bool | None:
        if page.show_if is not None and page.show_if.fails(facts):
            return False
        if page.skip_if is not None and page.skip_if.holds(facts):
            return False
        ended = any(is_shown(ending, facts) for ending in endings)
        return True if is_shown(page, facts) and not ended and also(facts) else None

    return _reaches(goal, names, pages, given)


def _reaches(goal: Goal, names: set[str] | frozenset[str], pages: Sequence[Page], given: Facts) -> bool:
    """Tell whether some way of answering makes `goal` true."""
    deciding = _deciding(names, pages)
    literals = _numbers_in(pages)
    return _search(goal, deciding, dict(given), literals)


def _search(goal: Goal, deciding: list[tuple[Page, Item]], facts: dict[str, Value], literals: frozenset[int]) -> bool:
    reached = goal(facts)
    if reached is False:
        return False
    if not deciding:
        return reached is True
    (page, item), rest = deciding[0], deciding[1:]
    if not is_shown(page, facts):
        return _search(goal, rest, facts, literals)
    for answer in _answers(item, literals):
        if _search(goal, rest, {**facts, **fact_of(item, answer)}, literals):
            return True
    return not item.required and _search(goal, rest, facts, literals)


def _deciding(names: set[str] | frozenset[str], pages: Sequence[Page]) -> list[tuple[Page, Item]]:
    """The items whose answers can matter to `names`, in order: these and all that decides whether they show."""
    wanted = set(names)
    found: list[tuple[Page, Item]] = []
    for page in reversed(pages):
        asked = [(page, item) for item in page.items if item.fact in wanted]
        if asked:
            wanted |= {name for condition in _conditions(page) for name in condition.names}
            found = asked + found
    return found


def _conditions(page: Page) -> list[Condition]:
    return [condition for condition in (page.show_if, page.skip_if) if condition is not None]


def _numbers_in(pages: Sequence[Page]) -> frozenset[int]:
    texts = (condition.text for page in pages for condition in _conditions(page))
    return frozenset(int(digits) for text in texts for digits in re.findall(r"\b\d+\b", text))


def _answers(item: Item, literals: frozenset[int]) -> Iterator[Answer]:
    if item.kind == "choice":
        yield from item.codes
    elif item.kind == "choices":
        for count in range(1, len(item.codes) + 1):
            yield from combinations(item.codes, count)
    elif item.kind == "number":
        near = {item.minimum, item.maximum} | {value + step for value in literals for step in (-1, 0, 1)}
        yield from (str(value) for value in sorted(near) if item.minimum <= value <= item.maximum)
    else:
        yield "x"
