"""services.yaml and routes.yaml, read once at start-up and refused as a whole when anything in them is wrong."""

from collections.abc import Mapping
from pathlib import Path

from intake.questionnaires.model import Library
from intake.questionnaires.source import Node, digest, read
from intake.questionnaires.structure import Reading, ends
from intake.routing.limits import read_limits
from intake.routing.model import URGENCIES, Directory, Flag, Route, Routes, Unit, Urgency
from intake.rules import Fact

SERVICES = "services.yaml"
ROUTES = "routes.yaml"
WEEK = range(1, 8)

_UNIT = "name kind principal towns ages open_days expected_days phone languages hours"


def load_directory(root: Path) -> Directory:
    """Read services.yaml under `root`; every unit must name principals that exist."""
    found = read(root, root / SERVICES).fields("principals units")
    principals = {id_: node.text() for id_, node in found["principals"].entries().items()}
    return Directory({id_: _unit(id_, node, principals) for id_, node in found["units"].entries().items()}, principals)


def load_routes(root: Path, library: Library, directory: Directory) -> Routes:
    """Read routes.yaml under `root`; conditions may name every fact the doors and the scores can make."""
    node = read(root, root / ROUTES)
    found = node.fields("routes flags")
    reading = Reading(facts_of(library))
    routes = tuple(_route(member, reading, directory) for member in found["routes"])
    for place, route in enumerate(routes, 1):
        if (route.when is None) != (place == len(routes)):
            raise found["routes"].wrong(f"'{route.id}': the last rule, and only the last, has no 'when'")
    return Routes(routes, tuple(_flag(member, reading) for member in found["flags"]), digest(root / ROUTES))


def facts_of(library: Library) -> dict[str, Fact]:
    """Every fact a finished form can hold: all answers, all sums, all certain bands, and the door itself."""
    known = {"door": Fact("text", frozenset(library.doors))}
    for door in library.doors.values():
        known |= {item.fact: item.known_as for item in door.items.values()}
    for instrument in library.instruments.values():
        known |= {f"{instrument.id}.{id_}": Fact("number") for id_ in instrument.scores}
        for scheme in instrument.schemes.values():
            codes = frozenset(band.code for column in scheme.columns for band in column.bands)
            known[f"{instrument.id}.{scheme.id}"] = Fact("text", codes)
    return known


def _unit(id_: str, node: Node, principals: Mapping[str, str]) -> Unit:
    found = node.fields(_UNIT, "shared_with phone_checked limits")
    return Unit(
        id=id_,
        name=found["name"].text(),
        kind=found["kind"].text(),
        principal=found["principal"].one_of(tuple(principals)),
        shared_with=tuple(member.one_of(tuple(principals)) for member in found.get("shared_with", _nothing(node))),
        towns=found["towns"].texts(),
        ages=ends(found["ages"]),
        open_days=tuple(_weekday(member) for member in found["open_days"]),
        expected_days=found["expected_days"].number(),
        phone=found["phone"].text(),
        languages=found["languages"].texts(),
        hours={tag: words.text() for tag, words in found["hours"].entries().items()},
        limits=read_limits(found.get("limits")),
    )


def _nothing(node: Node) -> Node:
    return Node(node.file, node.path, [])


def _weekday(node: Node) -> int:
    if node.number() not in WEEK:
        raise node.wrong("should be a weekday, 1 (Monday) to 7")
    return node.number()


def _route(node: Node, reading: Reading, directory: Directory) -> Route:
    found = node.fields("id unit because", "when urgency")
    return Route(
        id=found["id"].text(),
        when=reading.condition(found.get("when")),
        unit=found["unit"].one_of(tuple(directory.units)),
        urgency=_urgency(found.get("urgency")),
        because=_because(found["because"]),
    )


def _flag(node: Node, reading: Reading) -> Flag:
    found = node.fields("id when because", "urgency")
    when = reading.condition(found["when"])
    if when is None:  # pragma: no cover  # for the types: what stands there is a condition, or was refused
        raise node.wrong("a flag needs a condition")
    return Flag(found["id"].text(), when, _urgency(found.get("urgency")), _because(found["because"]))


def _urgency(node: Node | None) -> Urgency:
    if node is None:
        return "normal"
    return URGENCIES[URGENCIES.index(node.one_of(URGENCIES))]


def _because(node: Node) -> Mapping[str, str]:
    return {tag: words.text() for tag, words in node.entries().items()}
