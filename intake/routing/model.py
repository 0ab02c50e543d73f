"""Units, the rules that suggest one, and what a suggestion says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from intake.routing.limits import Limits
from intake.rules import Condition

Urgency: TypeAlias = Literal["normal", "soon", "urgent"]
URGENCIES: tuple[Urgency, ...] = ("normal", "soon", "urgent")


@dataclass(frozen=True)
class Unit:
    """A receiving unit. `principal` answers for it, `shared_with` names principals whose staff work there too.

    `open_days` are ISO weekdays (1 is Monday), `expected_days` counts open days until somebody gets in touch,
    `ages` is lowest and highest age in years. `hours` and `about` are words by language. `limits` says how long
    somebody may wait for each step.
    """

    id: str
    name: str
    kind: str
    principal: str
    shared_with: tuple[str, ...]
    towns: tuple[str, ...]
    ages: tuple[int, int]
    open_days: tuple[int, ...]
    expected_days: int
    phone: str
    languages: tuple[str, ...]
    hours: Mapping[str, str]
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Directory:
    """The units and the principals (huvudmän) behind them, by id."""

    units: Mapping[str, Unit]
    principals: Mapping[str, str]


@dataclass(frozen=True)
class Route:
    """One rule: when it holds, the request is suggested to `unit`. No condition means always."""

    id: str
    when: Condition | None
    unit: str
    urgency: Urgency
    because: Mapping[str, str]


@dataclass(frozen=True)
class Flag:
    """Something staff must not miss, raised whenever its condition holds."""

    id: str
    when: Condition
    urgency: Urgency
    because: Mapping[str, str]


@dataclass(frozen=True)
class Routes:
    """All rules in order, all flags, and the digest of the file they come from."""

    routes: tuple[Route, ...]
    flags: tuple[Flag, ...]
    digest: str


@dataclass(frozen=True)
class Considered:
    """A rule that was looked at: whether it held, and else the part of its condition that did not."""

    rule: str
    held: bool
    failed: str


@dataclass(frozen=True)
class Recommendation:
    """What is suggested, and the trace of every rule considered on the way."""

    route: Route
    urgency: Urgency
    flags: tuple[Flag, ...]
    trace: tuple[Considered, ...]

    @property
    def unit(self) -> str:
        """The id of the suggested unit."""
        return self.route.unit

    def as_json(self, routes: Routes) -> Mapping[str, Any]:
        """The suggestion as it is kept with a case."""
        return {
            "unit": self.unit,
            "rule": self.route.id,
            "urgency": self.urgency,
            "flags": [flag.id for flag in self.flags],
            "trace": [{"rule": step.rule, "held": step.held, "failed": step.failed} for step in self.trace],
            "digest": routes.digest,
        }
