"""routes.yaml, read once at start-up and refused as a whole when anything in it is wrong."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from intake.questionnaires.model import Door, Library
from intake.questionnaires.source import Node, digest, read
from intake.questionnaires.structure import Reading
from intake.routing.model import ABOUT, SUGGESTIONS, Advice, Directory, Flag, Route, Routes, Unit
from intake.routing.services import SERVICES, load_directory
from intake.routing.urgency import URGENCIES, Urgency
from intake.rules import Condition, Fact

__all__ = ["ROUTES", "SERVICES", "facts_of", "facts_of_door", "load_directory", "load_routes", "read_routes"]

ROUTES = "routes.yaml"


def load_routes(root: Path, library: Library, directory: Directory) -> Routes:
    """Read routes.yaml under `root`; conditions may name every fact the doors and the scores can make."""
    return read_routes(root / ROUTES, library, directory)


def read_routes(path: Path, library: Library, directory: Directory) -> Routes:
    """Read rules from a file of any name: those that hold, or others to be held against them."""
    found = read(path.parent, path).fields("routes flags", "advice")
    reading = Reading(facts_of(library))
    routes = tuple(_route(member, reading, directory, library) for member in found["routes"])
    for place, route in enumerate(routes, 1):
        if (route.when is None) != (place == len(routes)):
            raise found["routes"].wrong(f"'{route.id}': the last rule, and only the last, has no 'when'")
    return Routes(
        routes=routes,
        flags=tuple(_flag(member, reading) for member in found["flags"]),
        digest=digest(path),
        advice=tuple(_advice(member, reading, directory) for member in found.get("advice", ())),
    )


def facts_of(library: Library) -> dict[str, Fact]:
    """Every fact a finished form can hold: all answers, all sums, all certain bands, and the door itself."""
    known = {"door": Fact("text", frozenset(library.doors))}
    for door in library.doors.values():
        known |= _answers(door)
    for id_ in library.instruments:
        known |= _scores(library, id_)
    return known


def facts_of_door(library: Library, door: Door) -> dict[str, Fact]:
    """The facts a form that came through one door can hold, the door itself apart."""
    known = _answers(door)
    for instrument in door.instruments:
        known |= _scores(library, instrument.id)
    return known


def _answers(door: Door) -> dict[str, Fact]:
    return {item.fact: item.known_as for item in door.items.values()}


def _scores(library: Library, id_: str) -> dict[str, Fact]:
    instrument = library.instruments[id_]
    known = {f"{id_}.{sum_}": Fact("number") for sum_ in instrument.scores}
    for scheme in instrument.schemes.values():
        codes = frozenset(band.code for column in scheme.columns for band in column.bands)
        known[f"{id_}.{scheme.id}"] = Fact("text", codes)
    return known


def _route(node: Node, reading: Reading, directory: Directory, library: Library) -> Route:
    found = node.fields("id unit because", "when urgency person")
    when = reading.condition(found.get("when"))
    scores = sorted(name for name in when.names if name.partition(".")[0] in library.instruments) if when else []
    if scores:
        raise found["when"].wrong(f"asks for {scores[0]}: no score decides a unit")
    return Route(
        id=found["id"].text(),
        when=when,
        unit=_public(found["unit"], directory),
        urgency=_urgency(found.get("urgency")),
        because=_because(found["because"]),
        person=_person(found.get("person"), reading.known),
    )


def _public(node: Node, directory: Directory) -> str:
    id_ = node.one_of(tuple(directory.units))
    if not directory.units[id_].is_public:
        raise node.wrong(f"{id_} takes no requests: its entry is {directory.units[id_].entry}, not public")
    return id_


def _advice(node: Node, reading: Reading, directory: Directory) -> Advice:
    found = node.fields("id when suggest because", "with both_principals person")
    kinds = found["with"].texts() if "with" in found else ()
    return Advice(
        id=found["id"].text(),
        when=_condition(found["when"], reading),
        suggest=tuple(member.one_of(SUGGESTIONS) for member in found["suggest"]),
        candidates={kind: _units_of(kind, found["with"], directory.units.values()) for kind in kinds},
        both_principals="both_principals" in found and found["both_principals"].truth(),
        because=_because(found["because"]),
        person=_person(found.get("person"), reading.known),
    )


def _units_of(kind: str, node: Node, units: Iterable[Unit]) -> tuple[Unit, ...]:
    joining = tuple(unit for unit in units if unit.kind == kind and unit.has_staff)
    if not joining:
        raise node.wrong(f"no unit of the kind '{kind}' can take part in an assessment")
    return joining


def _flag(node: Node, reading: Reading) -> Flag:
    found = node.fields("id when because", "urgency")
    when = _condition(found["when"], reading)
    return Flag(found["id"].text(), when, _urgency(found.get("urgency")), _because(found["because"]))


def _condition(node: Node, reading: Reading) -> Condition:
    when = reading.condition(node)
    if when is None:  # pragma: no cover  # for the types: what stands there is a condition, or was refused
        raise node.wrong("needs a condition")
    return when


def _urgency(node: Node | None) -> Urgency:
    if node is None:
        return "normal"
    return URGENCIES[URGENCIES.index(node.one_of(URGENCIES))]


def _person(node: Node | None, known: Collection[str]) -> str:
    """Whom a rule is about: something that has an age and a town."""
    if node is None:
        return ABOUT
    people = (name.removesuffix(".age") for name in known if name.endswith(".age"))
    return node.one_of(tuple(person for person in people if f"{person}.town" in known))


def _because(node: Node) -> Mapping[str, str]:
    return {tag: words.text() for tag, words in node.entries().items()}
