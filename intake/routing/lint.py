"""What can be wrong with services.yaml and routes.yaml taken together, each finding with its counter-example."""

from collections.abc import Iterator
from pathlib import Path

from intake.errors import DefinitionError
from intake.questionnaires.loader import load
from intake.questionnaires.model import Library
from intake.routing.domain import worlds
from intake.routing.loader import ROUTES, SERVICES, facts_of, load_directory, load_routes
from intake.routing.model import Directory, Routes
from intake.routing.proof import advice_findings, flag_findings, route_findings

STAFF_LANGUAGES = ("sv", "en")
"""Why a rule holds is for staff to read: in the languages they work in."""


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
    yield from _directory_findings(directory, library)
    yield from _rule_findings(routes, library)
    each = worlds(library)
    yield from route_findings(directory, routes, each)
    for advice in routes.advice:
        yield from advice_findings(advice, directory, routes, each)
    for flag in routes.flags:
        yield from flag_findings(flag, library, each)


def _directory_findings(directory: Directory, library: Library) -> Iterator[str]:
    towns = facts_of(library).get("about.town")
    for unit in directory.units.values():
        place = f"{SERVICES}: units.{unit.id}"
        for town in unit.towns:
            if towns and town not in towns.codes:
                yield f"{place}.towns: nobody can say they live in '{town}'"


def _rule_findings(routes: Routes, library: Library) -> Iterator[str]:
    names = [rule.id for rule in routes.rules]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{ROUTES}: '{name}' is the name of two rules"
    for rule in routes.rules:
        for language in (tag for tag in STAFF_LANGUAGES if tag in library.languages):
            if language not in rule.because:
                yield f"{ROUTES}: '{rule.id}' does not say why in {language}"
    for place, flag in enumerate(routes.flags):
        for other in routes.flags[:place]:
            if flag.when.text == other.when.text:
                yield f"{ROUTES}: flags '{other.id}' and '{flag.id}' are raised by the same: '{flag.when.text}'"
