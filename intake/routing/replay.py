"""Changed rules held against those of today: who would go elsewhere, sooner or later, or be advised otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intake.routing.domain import World, told
from intake.routing.model import Advice, Flag, Route, Routes, Rule
from intake.routing.recommendation import Recommendation, recommend
from intake.rules import Facts


@dataclass(frozen=True)
class Change:
    """What the rules of today suggest and what the changed ones would, where these differ."""

    before: Recommendation
    after: Recommendation

    @property
    def moves(self) -> bool:
        """Tell whether the request would go to another unit."""
        return self.before.unit != self.after.unit

    @property
    def reasons(self) -> tuple[tuple[str, Rule], ...]:
        """The rules that make the difference: `-` those that would no longer apply, `+` those that newly would."""
        before, after = _rules_of(self.before), _rules_of(self.after)
        lost = [("-", rule) for id_, rule in before.items() if self._turned(rule) or id_ not in after]
        won = [("+", rule) for id_, rule in after.items() if self._turned(rule) or id_ not in before]
        return (*lost, *won)

    def _turned(self, rule: Rule) -> bool:
        """Tell whether a rule decides the unit and the unit changes, whatever the rule is called."""
        return self.moves and isinstance(rule, Route)

    @property
    def differences(self) -> tuple[str, ...]:
        """Everything that would be otherwise, a line each."""
        before, after = self.before, self.after
        return tuple(
            line
            for line in (
                _turned("", (before.unit,), (after.unit,)),
                _turned("urgency ", (before.urgency,), (after.urgency,)),
                _changed("flags", _ids(before.flags), _ids(after.flags)),
                _changed("advice", before.suggest, after.suggest),
                _changed("assessed together with", before.joint, after.joint),
                _changed("needs", _needs(before), _needs(after)),
            )
            if line
        )


@dataclass(frozen=True)
class Group:
    """Situations that change alike: one of the changes, an example as a person reads it, and how many there are."""

    change: Change
    example: str
    count: int


def compare(before: Routes, after: Routes, facts: Facts) -> Change | None:
    """What would be otherwise for `facts`; None where nothing would."""
    change = Change(recommend(before, facts), recommend(after, facts))
    return change if change.differences else None


def names_in(*each: Routes) -> frozenset[str]:
    """The facts that rules ask for: all that needs to be known of somebody to try them."""
    rules = [rule for routes in each for rule in routes.rules]
    asked = {name for rule in rules if rule.when for name in rule.when.names}
    people = {rule.person for rule in rules if not isinstance(rule, Flag)}
    return frozenset(asked | {f"{person}.{part}" for person in people for part in ("age", "town")})


def route_changes(before: Routes, after: Routes, each: Iterable[World]) -> tuple[tuple[Group, ...], int]:
    """Every situation the routes of either can tell apart in which the unit or its urgency changes, grouped by rules.

    Also how many situations there are. Flags and advice are left out: see `rule_changes`. Raises TooManyError.
    """
    old, new = (Routes(routes.routes, (), routes.digest) for routes in (before, after))
    conditions = [route.when for route in (*old.routes, *new.routes) if route.when]
    groups: dict[tuple[str, str], Group] = {}
    total = 0
    for world in each:
        for facts in world.situations(conditions):
            total += 1
            if change := compare(old, new, facts):
                rules = (change.before.route.id, change.after.route.id)
                known = groups.get(rules, Group(change, told(facts), 0))
                groups[rules] = Group(known.change, known.example, known.count + 1)
    return tuple(groups.values()), total


def rule_changes(before: Routes, after: Routes, each: Iterable[World]) -> Iterator[str]:
    """Every flag and advice that would apply otherwise than today, with a situation in which it does.

    Raises TooManyError.
    """
    worlds = tuple(each)
    old, new = _besides(before), _besides(after)
    for id_ in dict.fromkeys((*old, *new)):
        if line := _otherwise(old.get(id_), new.get(id_), worlds):
            yield f"'{id_}' {line}"


def _rules_of(suggested: Recommendation) -> dict[str, Rule]:
    """The rules that made a suggestion, by their ids."""
    rules: list[Rule] = [suggested.route, *suggested.advice, *suggested.flags]
    return {rule.id: rule for rule in rules}


def _besides(routes: Routes) -> dict[str, Rule]:
    """Every rule that decides no unit, by its id."""
    rules: list[Rule] = [*routes.advice, *routes.flags]
    return {rule.id: rule for rule in rules}


def _otherwise(old: Rule | None, new: Rule | None, worlds: tuple[World, ...]) -> str:
    """What becomes of one rule, and for instance when; nothing where it applies as before."""
    conditions = [rule.when for rule in (old, new) if rule and rule.when]
    for world in worlds:
        for facts in world.situations(conditions):
            was, becomes = _says(old, facts), _says(new, facts)
            if was != becomes:
                kind = "no longer applies" if not becomes else "applies" if not was else f"says {becomes}, not {was},"
                return f"{kind} when {told(facts)}"
    return ""


def _says(rule: Rule | None, facts: Facts) -> str:
    """What a rule comes to where it holds, by all of it that decides anything."""
    if rule is None or rule.when is None or not rule.when.holds(facts):
        return ""
    if isinstance(rule, Advice):
        both = ("both_principals",) if rule.both_principals else ()
        return " + ".join((*rule.suggest, *rule.candidates, *both)) or "nothing"
    return rule.urgency


def _ids(rules: Iterable[Rule]) -> tuple[str, ...]:
    return tuple(rule.id for rule in rules)


def _needs(suggested: Recommendation) -> tuple[str, ...]:
    return ("both principals",) if suggested.both_principals else ()


def _turned(what: str, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    return f"{what}{before[0]} → {after[0]}" if before != after else ""


def _changed(what: str, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    lost = [f"-{each}" for each in before if each not in after]
    won = [f"+{each}" for each in after if each not in before]
    return f"{what} {' '.join(won + lost)}" if won or lost else ""
