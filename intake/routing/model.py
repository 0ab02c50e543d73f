"""Units, and the rules that suggest one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from intake.routing.limits import Limits
from intake.routing.urgency import Urgency
from intake.rules import Condition, Facts

ENTRIES = ("public", "handover", "consult", "signpost")
"""How one gets to a unit: by a request, by staff who hand over, by staff who ask for advice, or only by being told."""

SUGGESTIONS = (
    "joint_assessment",
    "sip",
    "consult_psychiatry",
    "doctor",
    "primary_care",
    "outreach",
    "accompany",
    "daily_support",
    "plain_language",
    "consider_comorbidity",
    "interpreter",
    "debt_advice",
)
"""What staff can be advised to do besides taking the case; the words for each are in the staff catalog."""

RuleKind: TypeAlias = Literal["route", "advice", "flag"]

ABOUT = "about"
"""Whom a rule is about unless it says otherwise: facts such as `about.age` and `about.town`."""


@dataclass(frozen=True)
class Pause:
    """A time in which a unit receives nothing, both days included; `until` None means until further notice.

    `instead` is the unit that receives meanwhile, empty where there is none; `words` tell people, by language.
    """

    since: date
    until: date | None
    instead: str
    words: Mapping[str, str]

    def covers(self, day: date) -> bool:
        """Tell whether the unit is paused on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Unit:
    """A receiving unit. `principal` answers for it, `shared_with` names principals whose staff work there too.

    `entry` says how one gets there and `law` under which acts it works. `open_days` are ISO weekdays (1 is Monday),
    `expected_days` counts open days until somebody gets in touch, `ages` is lowest and highest age in years.
    `new_per_week` is how many new requests it can meet, None where it has not said. `hours` are words by language;
    `email` and `address` are empty where there is none. `assumed` names what nobody there has confirmed yet. `limits`
    says how long somebody may wait for each step.
    """

    id: str
    name: str
    kind: str
    entry: str
    principal: str
    shared_with: tuple[str, ...]
    law: tuple[str, ...]
    towns: tuple[str, ...]
    ages: tuple[int, int]
    competences: tuple[str, ...]
    open_days: tuple[int, ...]
    expected_days: int
    new_per_week: int | None
    phone: str
    email: str
    address: str
    languages: tuple[str, ...]
    hours: Mapping[str, str]
    pause: Pause | None
    assumed: tuple[str, ...]
    limits: Limits = field(default_factory=Limits)

    @property
    def is_public(self) -> bool:
        """Tell whether a request through the form may come here, and people are told to call."""
        return self.entry == "public"

    @property
    def has_staff(self) -> bool:
        """Tell whether somebody there signs in here: a signpost has nobody who would see a case."""
        return self.entry != "signpost"

    @property
    def takes_cases(self) -> bool:
        """Tell whether a case can come to lie here; elsewhere people are only asked, or told about."""
        return self.entry in ("public", "handover")

    @property
    def principals(self) -> tuple[str, ...]:
        """Every principal whose staff work here, the one that answers first."""
        return (self.principal, *self.shared_with)

    def takes_age(self, age: object) -> bool:
        """Tell whether the unit takes somebody of this age in years; an age that is not known fits everywhere."""
        return not isinstance(age, int) or self.ages[0] <= age <= self.ages[1]

    def serves(self, town: object) -> bool:
        """Tell whether the unit takes people of this town; one that is not known may be any."""
        return not isinstance(town, str) or town in self.towns


@dataclass(frozen=True)
class Directory:
    """The units and the principals (huvudmän) behind them, by id; `regions` are the principals that are a region."""

    units: Mapping[str, Unit]
    principals: Mapping[str, str]
    regions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Route:
    """One rule: when it holds, the request is suggested to `unit`. No condition means always.

    `person` is the prefix of the facts about whoever needs the help: `about` when they write themselves.
    """

    id: str
    when: Condition | None
    unit: str
    urgency: Urgency
    because: Mapping[str, str]
    person: str = ABOUT


@dataclass(frozen=True)
class Advice:
    """What to do besides, whenever its condition holds: `suggest` by code, and further units for a joint assessment.

    `candidates` are the units of each kind that may be asked to join, whomever they take.
    """

    id: str
    when: Condition
    suggest: tuple[str, ...]
    candidates: Mapping[str, tuple[Unit, ...]]
    both_principals: bool
    because: Mapping[str, str]
    person: str = ABOUT

    def joining(self, facts: Facts) -> Mapping[str, Unit | None]:
        """By kind the unit that takes this person, as far as town and age are known; None where none does."""
        return {
            kind: next((unit for unit in units if _takes(unit, self.person, facts)), None)
            for kind, units in self.candidates.items()
        }


@dataclass(frozen=True)
class Flag:
    """Something staff must not miss, raised whenever its condition holds."""

    id: str
    when: Condition
    urgency: Urgency
    because: Mapping[str, str]


Rule: TypeAlias = Route | Advice | Flag


@dataclass(frozen=True)
class Routes:
    """All rules: the routes in order, all advice, all flags, and the digest of the file they come from."""

    routes: tuple[Route, ...]
    flags: tuple[Flag, ...]
    digest: str
    advice: tuple[Advice, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of every kind, in the order of the trace."""
        return (*self.routes, *self.advice, *self.flags)


def _takes(unit: Unit, person: str, facts: Facts) -> bool:
    town, age = facts.get(f"{person}.town"), facts.get(f"{person}.age")
    return town is not None and unit.serves(town) and unit.takes_age(age)
