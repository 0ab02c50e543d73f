"""Every situation the rules can tell apart: the finite domain of the facts they name.

A coded fact has its codes, a set every combination of the codes the rules name, and a number one value from each
stretch between the limits the rules name; each may also be unknown. Two situations that no rule tells apart are one.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod

from intake.rules import Condition, Fact, Facts, Value

UNKNOWN = None


def situations(conditions: Sequence[Condition], known: Mapping[str, Fact]) -> Iterator[Facts]:
    """Every combination of values of the facts that `conditions` name, unknown included."""
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
    names = sorted({name for condition in conditions for name in condition.names})
    literals = _literals(conditions)
    return {name: (UNKNOWN, *_values(known[name], literals)) for name in names}


def _values(fact: Fact, literals: Iterable[int | str]) -> Iterator[Value]:
    if fact.kind == "number":
        numbers = sorted(value for value in literals if isinstance(value, int))
        yield from sorted({near for value in numbers for near in (value - 1, value, value + 1) if near >= 0})
    elif fact.kind == "set":
        named = [code for code in literals if code in fact.codes]
        for count in range(len(named) + 1):
            yield from (frozenset(str(code) for code in chosen) for chosen in combinations(named, count))
    else:
        yield from sorted(fact.codes)


def _literals(conditions: Sequence[Condition]) -> list[int | str]:
    """The numbers and codes the conditions compare with."""
    nodes = (node for condition in conditions for node in ast.walk(ast.parse(condition.text, mode="eval")))
    values = (node.value for node in nodes if isinstance(node, ast.Constant))
    return list(dict.fromkeys(value for value in values if isinstance(value, int | str)))


def _shown(value: Value) -> str:
    return "{" + ", ".join(sorted(value)) + "}" if isinstance(value, frozenset) else str(value)
