"""Changed rules beside those of today: every difference is found, and nothing else is."""

from pathlib import Path
from typing import Any

import pytest

from intake.questionnaires.loader import load
from intake.questionnaires.model import Library
from intake.routing.domain import TooManyError, worlds
from intake.routing.loader import load_directory, load_routes
from intake.routing.model import Routes
from intake.routing.replay import Change, compare, names_in, route_changes, rule_changes
from intake.rules import Facts
from tests.routing.rules import ADVICE, FLAG, REST, YOUNG, town
from tests.routing.test_routing_lint import MUCH

CHILD: Facts = {"about.age": 17, "about.town": "lerum"}
ILL: Facts = {**CHILD, "about.health": frozenset({"ill"})}


class Rules:
    """The town's rules, as they are and changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.library: Library = load(town(root / "today", [YOUNG, REST]))
        self.today = self.made("today", flags=[FLAG], advice=[ADVICE])

    def made(self, name: str, routes: list[dict[str, Any]] | None = None, **more: Any) -> Routes:  # noqa: ANN401  # YAML is anything
        """Rules of the town under another name."""
        root = town(self.root / name, routes or [YOUNG, REST], **more)
        return load_routes(root, self.library, load_directory(root))

    def changed(self, routes: list[dict[str, Any]] | None = None, **more: Any) -> Routes:  # noqa: ANN401  # as above
        """The changed rules: as today unless told otherwise."""
        return self.made("changed", routes, **{"flags": [FLAG], "advice": [ADVICE], **more})


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    return Rules(tmp_path)


def difference(rules: Rules, changed: Routes, facts: Facts) -> Change:
    change = compare(rules.today, changed, facts)
    assert change
    return change


def test_the_same_rules_change_nothing(rules: Rules) -> None:
    assert compare(rules.today, rules.changed(), ILL) is None
    assert route_changes(rules.today, rules.changed(), worlds(rules.library))[0] == ()
    assert list(rule_changes(rules.today, rules.changed(), worlds(rules.library))) == []


def test_another_name_for_a_rule_changes_nothing(rules: Rules) -> None:
    assert compare(rules.today, rules.changed([{**YOUNG, "id": "children"}, REST]), ILL) is None


def test_who_would_go_elsewhere_is_told_with_both_rules(rules: Rules) -> None:
    change = difference(rules, rules.changed([{**YOUNG, "when": "about.age < 16"}, REST]), CHILD)

    assert change.moves
    assert change.differences == ("youth → adults",)
    assert [(sign, rule.id) for sign, rule in change.reasons] == [("-", "young"), ("+", "rest")]


def test_a_rule_that_leads_elsewhere_is_told_though_its_name_is_the_same(rules: Rules) -> None:
    change = difference(rules, rules.changed([{**YOUNG, "unit": "adults"}, REST]), CHILD)

    assert [(sign, rule.id) for sign, rule in change.reasons] == [("-", "young"), ("+", "young")]


def test_a_change_that_moves_nobody_says_so(rules: Rules) -> None:
    flag = {**FLAG, "id": "age", "when": "about.age < 18"}
    change = difference(rules, rules.changed(flags=[FLAG, flag]), CHILD)

    assert not change.moves
    assert change.differences == ("urgency normal → soon", "flags +age")
    assert [(sign, rule.id) for sign, rule in change.reasons] == [("+", "age")]


def test_advice_that_is_no_longer_given_is_told(rules: Rules) -> None:
    assert difference(rules, rules.changed(advice=[]), ILL).differences == (
        "advice -sip",
        "assessed together with -hospital",
        "needs -both principals",
    )


def test_situations_that_change_alike_are_told_together(rules: Rules) -> None:
    changed = rules.changed([{**YOUNG, "when": "about.age < 16"}, REST])
    groups, total = route_changes(rules.today, changed, worlds(rules.library))

    assert total == 6
    assert [(group.count, group.example) for group in groups] == [(2, "about.age = 16")]


RULES: list[tuple[dict[str, Any], str]] = [
    ({"flags": []}, "'flag' no longer applies when mini.total = 4"),
    ({"flags": [{**FLAG, "when": "mini.total >= 3"}]}, "'flag' applies when mini.total = 3"),
    ({"flags": [{**FLAG, "urgency": "urgent"}]}, "'flag' says urgent, not soon, when mini.total = 4"),
    ({"flags": [FLAG, {**FLAG, "id": "new"}]}, "'new' applies when mini.total = 4"),
    (
        {"advice": [{**ADVICE, "suggest": ["doctor"], "both_principals": False}]},
        (
            "'ill' says doctor + hospital, not sip + hospital + both_principals, "
            "when about.health = {ill}, about.town = lerum"
        ),
    ),
    (
        {"advice": [{**ADVICE, "suggest": [], "with": [], "both_principals": False}]},
        "'ill' says nothing, not sip + hospital + both_principals, when about.health = {ill}, about.town = lerum",
    ),
]


@pytest.mark.parametrize(("changes", "line"), RULES)
def test_a_flag_or_an_advice_that_applies_otherwise_is_told(rules: Rules, changes: dict[str, Any], line: str) -> None:
    assert list(rule_changes(rules.today, rules.changed(**changes), worlds(rules.library))) == [line]


def test_rules_that_tell_too_much_apart_are_not_gone_through(rules: Rules) -> None:
    with pytest.raises(TooManyError) as raised:
        route_changes(rules.today, rules.changed([{**YOUNG, "when": MUCH}, REST]), worlds(rules.library))

    assert raised.value.count > 50_000


def test_only_the_facts_that_rules_ask_for_are_named(rules: Rules) -> None:
    assert names_in(rules.today) == {"about.age", "about.town", "about.health", "mini.total"}
