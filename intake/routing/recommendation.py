"""Which unit a request is suggested to go to, how soon, what else to do, and why.

The first route whose condition holds decides the unit; every advice and every flag whose condition holds applies, and
the most pressing urgency wins. A score may raise a flag, never lower one. The trace keeps every rule, those behind the
one that decided included, and what made it fail, so that staff can see what was suggested and why. Staff decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from intake.routing.model import Advice, Directory, Flag, Route, Routes, RuleKind
from intake.routing.pauses import receiver
from intake.routing.urgency import URGENCIES, Urgency
from intake.rules import Condition, Facts

ENGINE = "2"
"""The way rules are applied; "1" kept no trace behind the rule that decided, and knew no advice."""


@dataclass(frozen=True)
class Considered:
    """A rule that was looked at: whether it held, and else the part of its condition that did not."""

    kind: RuleKind
    rule: str
    held: bool
    failed: str


@dataclass(frozen=True)
class Recommendation:
    """What is suggested, and the trace of every rule, those behind the one that decided included.

    `unit` receives the request: the unit of `route`, or the one that takes its place while it is paused. `joint` are
    the further units a joint assessment would need.
    """

    route: Route
    unit: str
    urgency: Urgency
    flags: tuple[Flag, ...]
    advice: tuple[Advice, ...]
    joint: tuple[str, ...]
    trace: tuple[Considered, ...]

    @property
    def paused(self) -> str:
        """The unit it would have gone to, were that not paused; empty when it goes where the rule says."""
        return self.route.unit if self.route.unit != self.unit else ""

    @property
    def both_principals(self) -> bool:
        """Tell whether the person needs the municipality and the region at the same time."""
        return any(each.both_principals for each in self.advice)

    @property
    def suggest(self) -> tuple[str, ...]:
        """The codes of everything to do besides, each once."""
        return tuple(dict.fromkeys(code for each in self.advice for code in each.suggest))

    def as_json(self, routes: Routes) -> Mapping[str, Any]:
        """The suggestion as it is kept with a case; all but unit, rule, urgency, flags and trace came with engine 2."""
        return {
            "unit": self.unit,
            "rule": self.route.id,
            "urgency": self.urgency,
            "flags": [flag.id for flag in self.flags],
            "advice": [each.id for each in self.advice],
            "suggest": list(self.suggest),
            "joint": list(self.joint),
            "both_principals": self.both_principals,
            "paused": self.paused,
            "trace": [vars(step) for step in self.trace],
            "digest": routes.digest,
            "engine": ENGINE,
        }


def recommend(routes: Routes, facts: Facts) -> Recommendation:
    """Suggest a unit for `facts`. The loader guarantees that the last rule has no condition, so one always holds."""
    route = next(each for each in routes.routes if each.when is None or each.when.holds(facts))
    flags = tuple(flag for flag in routes.flags if flag.when.holds(facts))
    advice = tuple(each for each in routes.advice if each.when.holds(facts))
    joining = [unit.id for each in advice for unit in each.joining(facts).values() if unit]
    return Recommendation(
        route=route,
        unit=route.unit,
        urgency=max((route.urgency, *(flag.urgency for flag in flags)), key=URGENCIES.index),
        flags=flags,
        advice=advice,
        joint=tuple(id_ for id_ in dict.fromkeys(joining) if id_ != route.unit),
        trace=(
            *(_consider("route", each.id, each.when, facts) for each in routes.routes),
            *(_consider("advice", each.id, each.when, facts) for each in routes.advice),
            *(_consider("flag", each.id, each.when, facts) for each in routes.flags),
        ),
    )


def redirect(suggested: Recommendation, directory: Directory, day: date) -> Recommendation:
    """The same suggestion as it goes out on `day`: a unit that is paused is stood in for."""
    return replace(suggested, unit=receiver(directory.units, suggested.route.unit, day))


def _consider(kind: RuleKind, rule: str, when: Condition | None, facts: Facts) -> Considered:
    if when is None or when.holds(facts):
        return Considered(kind, rule, held=True, failed="")
    failed = next((part for part in when.parts if not part.holds(facts)), when)
    return Considered(kind, rule, held=False, failed=failed.text)
