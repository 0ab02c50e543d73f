"""Why a case came to its unit and what else to think of, in words: each rule, whether it held, and else what it asks.

A suggestion is kept as ids of rules and texts of conditions. The words are those of today's rules and questions; where
the rules have changed since, the page says so, and a condition that today's facts do not explain is shown as it was.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import g

from intake.i18n import today
from intake.routing.contacts import pause_words
from intake.routing.loader import facts_of
from intake.routing.model import SUGGESTIONS, Unit
from intake.staff.payload import Json, mapping, sequence, strings, text
from intake.staff.rule_words import Known, Reason, may_be_told, reason
from intake.web import Parts

__all__ = ["Known", "Route", "route_of"]


@dataclass(frozen=True)
class Unheld:
    """A rule that did not hold, and why."""

    because: str
    reason: Reason


@dataclass(frozen=True)
class FurtherUnit:
    """A unit to assess together with: who answers for it, and what is said while it is paused."""

    unit: Unit
    principal: str
    pause: str | None


@dataclass(frozen=True)
class Route:
    """Why the case came to this unit and what else to think of.

    `paused` is the unit it was meant for, `later` are routes that held too, behind the one that decided, `advice` is
    why and `suggest` is what by its code. `unheld` are the routes that did not hold, `quiet` the advice and flags.
    """

    because: str
    paused: str
    flags: tuple[str, ...]
    advice: tuple[str, ...]
    suggest: tuple[str, ...]
    joint: tuple[FurtherUnit, ...]
    both_principals: bool
    later: tuple[str, ...]
    unheld: tuple[Unheld, ...]
    quiet: tuple[Unheld, ...]
    changed: bool
    version: str


def route_of(parts: Parts, kept: Mapping[str, Json], known: Known) -> Route:
    """What a kept suggestion says, in the language of the request; `known` is what it was made from."""
    words = _words(parts)
    trace = [mapping(step) for step in sequence(kept.get("trace"))]
    rule, codes = text(kept.get("rule")), strings(kept.get("suggest"))
    routes = [step for step in trace if step.get("kind", "route") == "route"]
    others = [step for step in trace if step.get("kind", "route") != "route"]
    units = parts.directory.units
    return Route(
        because=words.get(rule, rule),
        paused=units[meant].name if (meant := text(kept.get("paused"))) in units else meant,
        flags=tuple(words.get(flag, flag) for flag in strings(kept.get("flags"))),
        advice=tuple(words.get(each, each) for each in strings(kept.get("advice"))),
        # These name sentences of the catalog, and such sentences are trusted as HTML.
        suggest=tuple(code for code in codes if code in SUGGESTIONS),
        joint=tuple(_further(parts, unit) for id_ in strings(kept.get("joint")) if (unit := units.get(id_))),
        both_principals=kept.get("both_principals") is True,
        later=tuple(words.get(id_, id_) for id_ in _held(routes) if id_ != rule),
        unheld=tuple(_unheld(parts, routes, words, known)),
        quiet=tuple(_unheld(parts, others, words, known)),
        changed=kept.get("digest") != parts.routes.digest,
        version=" · ".join(filter(None, (text(kept.get("digest")), text(kept.get("engine"))))),
    )


def _words(parts: Parts) -> Mapping[str, str]:
    """Why each rule holds, by its id."""
    return {rule.id: rule.because.get(g.language, rule.id) for rule in parts.routes.rules}


def _further(parts: Parts, unit: Unit) -> FurtherUnit:
    return FurtherUnit(unit, parts.directory.principals[unit.principal], pause_words(unit, g.language, today()))


def _held(trace: list[Mapping[str, Json]]) -> Iterator[str]:
    return (text(step.get("rule")) for step in trace if step.get("held") is True)


def _unheld(parts: Parts, trace: list[Mapping[str, Json]], words: Mapping[str, str], known: Known) -> Iterator[Unheld]:
    """What did not hold; a rule that asks for what this reader may not know is left out with its question."""
    facts = facts_of(parts.library)
    for step in trace:
        failed = text(step.get("failed"))
        if step.get("held") is False and may_be_told(facts, failed, known):
            id_ = text(step.get("rule"))
            yield Unheld(words.get(id_, id_), reason(parts.library, facts, failed, known))
