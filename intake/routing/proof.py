"""Proof over every situation the rules can tell apart, door by door.

Every rule decides somewhere, every unit that takes requests is reached, ages and towns fit also while a unit is paused,
advice names units that take the person and both principals where it says so, and no higher score lowers an urgency.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from intake.questionnaires.model import Library
from intake.routing.domain import TooManyError, World, told
from intake.routing.loader import ROUTES, SERVICES
from intake.routing.model import Advice, Directory, Flag, Route, Routes, Unit
from intake.routing.pauses import receiver, turning_days
from intake.rules import Condition, Facts, Value


def route_findings(directory: Directory, routes: Routes, each: Iterable[World]) -> Iterator[str]:
    """Rules that never decide, units no rule leads to, and people who are sent where they are not taken."""
    seen = _Seen(directory, turning_days(directory.units.values()))
    try:
        for world in each:
            for facts in world.situations(_conditions(routes)):
                seen.look(routes, facts)
    except TooManyError as error:
        yield _too_many(ROUTES, "the rules tell", error)
        return
    yield from (f"{ROUTES}: '{name}': {why}" for name, why in seen.misfits.items())
    for route in routes.routes:
        if route.id not in seen.decided:
            why = seen.overruled.get(route.id, "its condition can never hold")
            yield f"{ROUTES}: '{route.id}' never decides: {why}"
    for unit in directory.units.values():
        if unit.is_public and unit.id not in seen.decided.values():
            yield f"{SERVICES}: units.{unit.id}: no rule leads here"


def advice_findings(advice: Advice, directory: Directory, routes: Routes, each: Iterable[World]) -> Iterator[str]:
    """Advice that never applies, that names units which do not take the person, or only one principal for two."""
    applies = False
    found: dict[str, None] = {}
    # Who owns the case, and every age and town there is, only matter to advice that brings others in.
    others = _conditions(routes) if advice.candidates or advice.both_principals else []
    try:
        for world in each:
            for facts in world.situations([*others, advice.when]):
                if advice.when.holds(facts):
                    applies = True
                    found |= dict.fromkeys(_misadvised(advice, directory, routes, facts))
    except TooManyError as error:
        yield _too_many(f"{ROUTES}: advice '{advice.id}'", "together with the routes it tells", error)
        return
    if not applies:
        yield f"{ROUTES}: advice '{advice.id}' can never apply: '{advice.when.text}'"
    yield from list(found)[:1]


def flag_findings(flag: Flag, library: Library, each: Iterable[World]) -> Iterator[str]:
    """A flag that can never be raised, or that a higher score takes back."""
    raised = False
    try:
        for world in each:
            for facts in world.situations([flag.when]):
                if flag.when.holds(facts):
                    raised = True
                elif lower := _raised_lower(flag, facts, library, world):
                    yield (
                        f"{ROUTES}: flag '{flag.id}' is raised when {told(lower)}, but no longer when {told(facts)}: "
                        "a higher score must not lower anything"
                    )
                    return
    except TooManyError as error:
        yield _too_many(f"{ROUTES}: flag '{flag.id}'", "it tells", error)
        return
    if not raised:
        yield f"{ROUTES}: flag '{flag.id}' can never be raised: '{flag.when.text}'"


@dataclass
class _Seen:
    """What has come up so far: who decided for which unit, who was overruled by whom, and who did not fit."""

    directory: Directory
    days: tuple[date, ...]
    decided: dict[str, str] = field(default_factory=dict)
    overruled: dict[str, str] = field(default_factory=dict)
    misfits: dict[str, str] = field(default_factory=dict)

    def look(self, routes: Routes, facts: Facts) -> None:
        """Note who decides in a situation, and what is wrong with that."""
        route, *later = (each for each in routes.routes if each.when is None or each.when.holds(facts))
        self.decided[route.id] = route.unit
        for other in later:
            self.overruled.setdefault(other.id, f"'{route.id}' comes first, for instance when {told(facts)}")
        if route.id not in self.misfits and (why := self._misfit(route, facts)):
            self.misfits[route.id] = f"{why}, when {told(facts)}"

    def _misfit(self, route: Route, facts: Facts) -> str:
        """Why the unit that receives, on an ordinary day or while units are paused, is not one for this person."""
        units = self.directory.units
        if why := _refuses(units[route.unit], route.person, facts):
            return why
        for day in self.days:
            stand_in = receiver(units, route.unit, day)
            if why := _refuses(units[stand_in], route.person, facts):
                return f"while {route.unit} is paused from {day}, {why}"
        return ""


def _conditions(routes: Routes) -> list[Condition]:
    return [route.when for route in routes.routes if route.when is not None]


def _refuses(unit: Unit, person: str, facts: Facts) -> str:
    if not unit.takes_age(facts.get(f"{person}.age")):
        return f"{unit.id} does not take people of that age"
    if not unit.serves(facts.get(f"{person}.town")):
        return f"{unit.id} does not serve that town"
    return ""


def _misadvised(advice: Advice, directory: Directory, routes: Routes, facts: Facts) -> Iterator[str]:
    """What is wrong with an advice in a situation in which it applies."""
    place = f"{ROUTES}: advice '{advice.id}'"
    joining = advice.joining(facts)
    for kind, unit in joining.items():
        if unit is None:
            yield f"{place}: no unit of the kind '{kind}' takes this person, when {told(facts)}"
    owner = next(route.unit for route in routes.routes if route.when is None or route.when.holds(facts))
    units = [directory.units[owner], *(unit for unit in joining.values() if unit)]
    involved = {principal in directory.regions for unit in units for principal in unit.principals}
    if advice.both_principals and len(involved) == 1:
        lacking = "no municipality" if True in involved else "no region"
        yield f"{place}: needs both principals, but there is {lacking} with {owner}, when {told(facts)}"


def _raised_lower(flag: Flag, facts: Facts, library: Library, world: World) -> Facts | None:
    """The same situation with one score lower in which the flag is raised, if there is one."""
    for name in sorted(flag.when.names & facts.keys()):
        order = _order(name, library)
        if order is None:
            continue
        for value in world.values(name, [flag.when]):
            lower = {**facts, name: value}
            if order(value) < order(facts[name]) and flag.when.holds(lower):
                return lower
    return None


def _order(name: str, library: Library) -> Callable[[Value], int] | None:
    """How low a value of a score is: a sum by itself, a band by the lowest sum in it. None for what is no score."""
    instrument_id, _, part = name.partition(".")
    instrument = library.instruments.get(instrument_id)
    if instrument is None:
        return None
    if part not in instrument.schemes:
        return lambda value: int(str(value))
    bands = [band for column in instrument.schemes[part].columns for band in column.bands]
    lows = {band.code: min(each.low for each in bands if each.code == band.code) for band in bands}
    return lambda value: lows[str(value)]


def _too_many(place: str, who: str, error: TooManyError) -> str:
    return f"{place}: {who} {error.count} situations apart, too many to prove; let them name fewer facts"
