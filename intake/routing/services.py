"""services.yaml: the units and their principals, read once at start-up and refused when anything in it is wrong."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from intake.errors import DefinitionError
from intake.questionnaires.directory import SERVICES, Phrasebook, load_phrasebook
from intake.questionnaires.source import Node, read
from intake.questionnaires.structure import ends
from intake.routing.limits import read_limits
from intake.routing.model import ENTRIES, Directory, Pause, Unit
from intake.routing.pauses import pause_on, receivers, turning_days

__all__ = ["SERVICES", "load_directory"]

WEEK = range(1, 8)
LAWS = ("SoL", "HSL")
PRINCIPAL_KINDS = ("municipality", "region")

_UNIT = "name kind entry principal towns ages open_days expected_days phone languages hours"
_MORE = "shared_with law competences new_per_week phone_checked email address paused assumed limits"


def load_directory(root: Path) -> Directory:
    """Read services.yaml under `root`; every unit must name principals that exist, and no pause may lead nowhere."""
    found = read(root, root / SERVICES).fields("principals units")
    kinds = {id_: node.fields("name kind") for id_, node in found["principals"].entries().items()}
    names = {id_: entry["name"].text() for id_, entry in kinds.items()}
    regions = frozenset(id_ for id_, entry in kinds.items() if entry["kind"].one_of(PRINCIPAL_KINDS) == "region")
    nodes, book = found["units"].entries(), load_phrasebook(root)
    units = {id_: _unit(id_, node, names, book) for id_, node in nodes.items()}
    for id_, node in nodes.items():
        _check_stand_in(node, units[id_], units)
    for id_, node in nodes.items():
        _check_no_circle(node, id_, units)
    return Directory(units, names, regions)


def _unit(id_: str, node: Node, principals: Mapping[str, str], book: Phrasebook) -> Unit:
    found = node.fields(_UNIT, _MORE)
    known = tuple(principals)
    return Unit(
        id=id_,
        name=found["name"].text(),
        kind=found["kind"].text(),
        entry=found["entry"].one_of(ENTRIES),
        principal=found["principal"].one_of(known),
        shared_with=tuple(member.one_of(known) for member in _listed(found, "shared_with")),
        law=tuple(member.one_of(LAWS) for member in _listed(found, "law")),
        towns=found["towns"].texts(),
        ages=ends(found["ages"]),
        competences=tuple(member.text() for member in _listed(found, "competences")),
        open_days=_week(found["open_days"]),
        expected_days=_at_least_one(found["expected_days"]),
        new_per_week=_at_least_one(found["new_per_week"]) if "new_per_week" in found else None,
        phone=found["phone"].text(),
        email=_text(found, "email"),
        address=_text(found, "address"),
        languages=found["languages"].texts(),
        hours=book.hours(found["hours"]),
        pause=_pause(found["paused"]) if "paused" in found else None,
        assumed=tuple(member.one_of(tuple(found)) for member in _listed(found, "assumed")),
        limits=read_limits(found.get("limits")),
    )


def _listed(found: Mapping[str, Node], key: str) -> tuple[Node, ...]:
    return tuple(found[key]) if key in found else ()


def _text(found: Mapping[str, Node], key: str) -> str:
    return found[key].text() if key in found else ""


def _week(node: Node) -> tuple[int, ...]:
    """The open days; a unit that never opens could promise nothing, and the calendar would look for ever."""
    days = tuple(_weekday(member) for member in node)
    if not days:
        raise node.wrong("names no day")
    return days


def _weekday(node: Node) -> int:
    if node.number() not in WEEK:
        raise node.wrong("should be a weekday, 1 (Monday) to 7")
    return node.number()


def _at_least_one(node: Node) -> int:
    if node.number() < 1:
        raise node.wrong("should be at least 1")
    return node.number()


def _pause(node: Node) -> Pause:
    found = node.fields("since words", "until instead")
    since, until = _day(found["since"]), _day(found["until"]) if "until" in found else None
    if until and until < since:
        raise found["until"].wrong("comes before the first day of the pause")
    words = {tag: entry.text() for tag, entry in found["words"].entries().items()}
    if "sv" not in words:
        raise found["words"].wrong("lacks 'sv'")
    return Pause(since, until, _text(found, "instead"), words)


def _day(node: Node) -> date:
    try:
        return date.fromisoformat(node.text())
    except ValueError:
        raise node.wrong("should be a day, such as 2026-12-21") from None


def _check_stand_in(node: Node, unit: Unit, units: Mapping[str, Unit]) -> None:
    """A paused unit that requests come to must say which other such unit receives them meanwhile."""
    if unit.pause is None:
        return
    possible = tuple(each.id for each in units.values() if each.is_public and each is not unit)
    if unit.is_public and not unit.pause.instead:
        raise _at_pause(node, f"needs 'instead': {unit.id} would be sent requests that nobody reads")
    if unit.pause.instead and unit.pause.instead not in possible:
        raise _at_pause(node, f"instead: should be one of {', '.join(possible)}, not {unit.pause.instead!r}")


def _check_no_circle(node: Node, id_: str, units: Mapping[str, Unit]) -> None:
    for day in turning_days(units.values()):
        followed = receivers(units, id_, day)
        if len(followed) > 1 and pause_on(units[followed[-1]], day):
            raise _at_pause(node, f"on {day} requests would go {' → '.join(followed)}, and nobody would read them")


def _at_pause(node: Node, reason: str) -> DefinitionError:
    return Node(node.file, f"{node.path}.paused", None).wrong(reason)
