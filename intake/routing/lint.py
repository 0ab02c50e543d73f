"""Proof over every situation the rules can tell apart: no rule is dead or shadowed, every unit is reached, ages fit."""

from collections.abc import Iterator
from pathlib import Path

from intake.errors import DefinitionError
from intake.questionnaires.loader import load
from intake.questionnaires.model import Library
from intake.routing.domain import number_of_situations, situations, told
from intake.routing.loader import ROUTES, SERVICES, facts_of, load_directory, load_routes
from intake.routing.model import Directory, Flag, Route, Routes, Unit
from intake.rules import Facts, Known

MOST_SITUATIONS = 40_000
AGES = ("about.age", "someone.age")
"""Of the person who writes, and of the person they write about."""


def routing_findings(root: Path) -> Iterator[str]:
    """Every finding about services.yaml and routes.yaml under `root`; nothing when the questionnaires do not load."""
    try:
        library = load(root)
    except DefinitionError:
        return
    try:
        directory = load_directory(root)
        routes = load_routes(root, library, directory)
    except DefinitionError as error:
        yield str(error)
        return
    yield from _route_findings(directory, routes, library)


def _route_findings(directory: Directory, routes: Routes, library: Library) -> Iterator[str]:
    rules: list[Route | Flag] = [*routes.routes, *routes.flags]
    names = [rule.id for rule in rules]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{ROUTES}: '{name}' is the name of two rules"
    for rule in rules:
        for language in library.languages:
            if language not in rule.because:
                yield f"{ROUTES}: '{rule.id}' does not say why in {language}"
    known = facts_of(library)
    yield from _proof_findings(directory, routes, known)
    for flag in routes.flags:
        if not any(flag.when.holds(facts) for facts in situations([flag.when], known)):
            yield f"{ROUTES}: flag '{flag.id}' can never be raised: '{flag.when.text}'"


def _proof_findings(directory: Directory, routes: Routes, known: Known) -> Iterator[str]:
    """Go through every situation the rules can tell apart and see who decides it."""
    conditions = [route.when for route in routes.routes if route.when is not None]
    if (count := number_of_situations(conditions, known)) > MOST_SITUATIONS:
        yield f"{ROUTES}: the rules tell {count} situations apart, too many to prove; let them name fewer facts"
        return
    decided: dict[str, str] = {}
    overruled: dict[str, str] = {}
    misfits: dict[str, str] = {}
    for facts in situations(conditions, known):
        route, *later = (each for each in routes.routes if each.when is None or each.when.holds(facts))
        decided[route.id] = route.unit
        for each in later:
            overruled.setdefault(each.id, f"'{route.id}' comes first, for instance when {told(facts)}")
        if not _fits(directory.units[route.unit], facts):
            misfits.setdefault(route.id, f"{route.unit} does not take people of that age, when {told(facts)}")
    yield from (f"{ROUTES}: '{name}': {why}" for name, why in misfits.items())
    for route in routes.routes:
        if route.id not in decided:
            yield f"{ROUTES}: '{route.id}' never decides: {overruled.get(route.id, 'its condition can never hold')}"
    for unit in directory.units:
        if unit not in decided.values():
            yield f"{SERVICES}: units.{unit}: no rule leads here"


def _fits(unit: Unit, facts: Facts) -> bool:
    """Tell whether a unit takes somebody of an age that is known; where none is known it fits."""
    ages = [age for name in AGES if isinstance(age := facts.get(name), int)]
    return not ages or any(unit.ages[0] <= age <= unit.ages[1] for age in ages)
