"""Rules that nobody can need: a rule or a flag that never holds, a unit no rule leads to."""

from collections.abc import Iterator
from pathlib import Path

from intake.errors import DefinitionError
from intake.questionnaires.loader import load
from intake.questionnaires.model import Library
from intake.routing.loader import ROUTES, SERVICES, load_directory, load_routes
from intake.routing.model import Directory, Flag, Route, Routes


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
    reached = {route.unit for route in routes.routes}
    for unit in directory.units:
        if unit not in reached:
            yield f"{SERVICES}: units.{unit}: no rule leads here"
    for rule in rules:
        for language in library.languages:
            if language not in rule.because:
                yield f"{ROUTES}: '{rule.id}' does not say why in {language}"
