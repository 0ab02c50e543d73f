"""Every situation the rules can tell apart: the finite domain of the facts they name.

A coded fact has its codes, a set every combination of the codes the rules name, and a number the values at and beside
each limit it is compared with; each may also be unknown. Two situations that no rule tells apart are one. Each door is
gone through by itself: what it does not ask is unknown to whoever comes through it.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod

from intake.questionnaires.model import Library
from intake.routing.loader import facts_of_door
from intake.rules import Condition, Fact, Facts, Known, Value

UNKNOWN = None
MOST_SITUATIONS = 50_000


class TooManyError(Exception):
    """The conditions tell more situations apart than can be gone through in a moment; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@dataclass(frozen=True)
class World:
    """What can be known of whoever comes through one door: the door for certain, and the facts it asks for."""

    door: str
    known: Known

    def situations(self, conditions: Sequence[Condition]) -> Iterator[Facts]:
        """Every combination of values of the facts that `conditions` name; raise TooManyError instead of toiling."""
        if (count := number_of_situations(conditions, self.known)) > MOST_SITUATIONS:
            raise TooManyError(count)
        asked = any("door" in condition.names for condition in conditions)
        given: Facts = {"door": self.door} if asked else {}
        return ({**given, **facts} for facts in situations(conditions, self.known))

    def values(self, name: str, conditions: Sequence[Condition]) -> Iterator[Value]:
        """Every value of one fact that `conditions` can tell apart."""
        return (value for value in _domains(conditions, self.known)[name] if value is not UNKNOWN)


def worlds(library: Library) -> tuple[World, ...]:
    """A world for each door."""
    return tuple(World(door.id, facts_of_door(library, door)) for door in library.doors.values())


def situations(conditions: Sequence[Condition], known: Mapping[str, Fact]) -> Iterator[Facts]:
    """Every combination of values of the `known` facts that `conditions` name, unknown included."""
    domains = _domains(conditions, known)
    for values in product(*domains.values()):
        yield {name: value for name, value in zip(domains, values, strict=True) if value is not UNKNOWN}


def number_of_situations(conditions: Sequence[Condition], known: Mapping[str, Fact]) -> int:
    """How many situations there are, without going through them."""
    return prod(len(domain) for domain in _domains(conditions, known).values())


def told(facts: Facts) -> str:
    """A situation as a person reads it."""
    parts = (f"{name} = {_shown(value)}" for name, value in sorted(facts.items()))
    return ", ".join(parts) or "nothing is known"


def _domains(conditions: Sequence[Condition], known: Mapping[str, Fact]) -> dict[str, tuple[Value | None, ...]]:
    names = sorted({name for condition in conditions for name in condition.names} & known.keys())
    literals = _literals(conditions)
    return {name: (UNKNOWN, *_values(known[name], literals.get(name, {}))) for name in names}


def _values(fact: Fact, literals: Iterable[int | str]) -> Iterator[Value]:
    if fact.kind == "number":
        numbers = {value for value in literals if isinstance(value, int)}
        yield from sorted({near for value in numbers for near in (value - 1, value, value + 1) if near >= 0})
    elif fact.kind == "set":
        named = [code for code in literals if code in fact.codes]
        for count in range(len(named) + 1):
            yield from (frozenset(str(code) for code in chosen) for chosen in combinations(named, count))
    else:
        yield from sorted(fact.codes)


def _literals(conditions: Sequence[Condition]) -> dict[str, dict[int | str, None]]:
    """The numbers and codes that each fact is compared with, in the order they are named."""
    found: dict[str, dict[int | str, None]] = {}
    for condition in conditions:
        for node in ast.walk(ast.parse(condition.text, mode="eval")):
            if isinstance(node, ast.Compare):
                values = dict.fromkeys(_constants(node))
                for name in _facts(node):
                    found.setdefault(name, {}).update(values)
    return found


def _constants(comparison: ast.Compare) -> Iterator[int | str]:
    """Every literal of a comparison; of a sum, every number up to it, since its parts may be any of them."""
    literals = [node.value for node in ast.walk(comparison) if isinstance(node, ast.Constant)]
    adds = any(isinstance(node, ast.BinOp) for node in ast.walk(comparison))
    for value in (value for value in literals if isinstance(value, int | str)):
        yield from range(value + 1) if adds and isinstance(value, int) else (value,)


def _facts(comparison: ast.Compare) -> Iterator[str]:
    for node in ast.walk(comparison):
        if isinstance(node, ast.Attribute | ast.Name):
            yield ast.unparse(node)


def _shown(value: Value) -> str:
    return "{" + ", ".join(sorted(value)) + "}" if isinstance(value, frozenset) else str(value)
