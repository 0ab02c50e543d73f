"""Faults of every kind, planted one at a time: each is found, and the finding names a situation in which it shows."""

from pathlib import Path
from typing import Any

import pytest

from intake.config import content_root
from intake.routing.lint import routing_findings
from tests.questionnaires.content import write
from tests.routing.rules import ADVICE, FLAG, REST, UNIT, YOUNG, found

PAUSE = {"since": "2026-12-21", "words": {"sv": "Paus."}}


def test_rules_that_are_needed_have_no_findings(tmp_path: Path) -> None:
    assert found(tmp_path, [YOUNG, REST], flags=[FLAG], advice=[ADVICE]) == []


def test_our_own_rules_have_no_findings() -> None:
    assert list(routing_findings(content_root() / "questionnaires")) == []


ROUTES: list[tuple[list[dict[str, Any]], str]] = [
    (
        [YOUNG, {**YOUNG, "id": "child", "when": "about.age < 13"}, REST],
        "routes.yaml: 'child' never decides: 'young' comes first, for instance when about.age = 12",
    ),
    (
        [YOUNG, {**YOUNG, "id": "nobody", "when": "about.age < 13 and about.age > 13"}, REST],
        "routes.yaml: 'nobody' never decides: its condition can never hold",
    ),
    (
        [{**YOUNG, "when": "about.age < 20"}, REST],
        "routes.yaml: 'young': youth does not take people of that age, when about.age = 19",
    ),
    ([REST], "services.yaml: units.youth: no rule leads here"),
    ([YOUNG, YOUNG, REST], "routes.yaml: 'young' is the name of two rules"),
    ([YOUNG, {**REST, "because": {"en": "So."}}], "routes.yaml: 'rest' does not say why in sv"),
    ([{**YOUNG, "when": "age < 18"}, REST], "routes.yaml: routes[0].when: 'age' is not known at this point"),
    (
        [YOUNG, {**REST, "unit": "elsewhere"}],
        "routes.yaml: routes[1].unit: should be one of youth, adults, hospital, not 'elsewhere'",
    ),
    (
        [{**YOUNG, "unit": "hospital"}, REST],
        "routes.yaml: routes[0].unit: hospital takes no requests: its entry is handover, not public",
    ),
    (
        [YOUNG, {**REST, "urgency": "whenever"}],
        "routes.yaml: routes[1].urgency: should be one of normal, soon, urgent, not 'whenever'",
    ),
    (
        [{**YOUNG, "when": "mini.total > 3"}, REST],
        "routes.yaml: routes[0].when: asks for mini.total: no score decides a unit",
    ),
    (
        [{**YOUNG, "person": "friend"}, REST],
        "routes.yaml: routes[0].person: should be one of about, not 'friend'",
    ),
    ([REST, REST], "routes.yaml: routes: 'rest': the last rule, and only the last, has no 'when'"),
    ([YOUNG], "routes.yaml: routes: 'young': the last rule, and only the last, has no 'when'"),
]


@pytest.mark.parametrize(("routes", "message"), ROUTES)
def test_a_fault_among_the_routes_is_found(tmp_path: Path, routes: list[dict[str, Any]], message: str) -> None:
    assert message in found(tmp_path, routes)


UNITS: list[tuple[dict[str, Any], str]] = [
    (
        {"adults": {**UNIT, "towns": ["lerum"]}},
        "routes.yaml: 'local': adults does not serve that town, when about.age = 18, about.town = other",
    ),
    ({"adults": {**UNIT, "towns": ["lerum", "other", "nowhere"]}}, "units.adults.towns: nobody can say they live in"),
    ({"adults": {**UNIT, "hours": "sundays"}}, "services.yaml: units.adults.hours: should be one of mondays"),
    (
        {"adults": {**UNIT, "paused": {**PAUSE, "instead": "youth"}}},
        (
            "routes.yaml: 'local': while adults is paused from 2026-12-21, youth does not take people of that age, "
            "when about.age = 18, about.town = other"
        ),
    ),
    ({"adults": {**UNIT, "paused": PAUSE}}, "units.adults.paused: needs 'instead': adults would be sent requests"),
    (
        {"adults": {**UNIT, "paused": {**PAUSE, "instead": "hospital"}}},
        "services.yaml: units.adults.paused: instead: should be one of youth, not 'hospital'",
    ),
    (
        {
            "adults": {**UNIT, "paused": {**PAUSE, "instead": "youth"}},
            "youth": {**UNIT, "paused": {**PAUSE, "since": "2026-12-24", "instead": "adults"}},
        },
        "on 2026-12-24 requests would go youth → adults → youth, and nobody would read them",
    ),
]


@pytest.mark.parametrize(("units", "message"), UNITS)
def test_a_fault_among_the_units_is_found(tmp_path: Path, units: dict[str, Any], message: str) -> None:
    local = {**REST, "id": "local", "when": 'about.age >= 18 and about.town == "other"'}
    findings = found(tmp_path, [YOUNG, local, REST], units=units)

    assert any(message in finding for finding in findings), findings


def test_units_may_stand_in_for_each_other_one_after_the_other(tmp_path: Path) -> None:
    other = {**UNIT, "paused": {**PAUSE, "until": "2026-12-23", "instead": "adults"}}
    adults = {**UNIT, "paused": {**PAUSE, "since": "2026-12-24", "instead": "youth"}}

    assert found(tmp_path, [YOUNG, REST], units={"youth": other, "adults": adults}) == []


ADVICES: list[tuple[dict[str, Any], str]] = [
    ({**ADVICE, "when": '"ill" in about.health'}, "'hospital' takes this person, when about.health = {ill}"),
    (
        {**ADVICE, "with": []},
        (
            "routes.yaml: advice 'ill': needs both principals, but there is no region with adults, "
            "when about.health = {ill}, about.town = lerum"
        ),
    ),
    ({**ADVICE, "when": "about.age < 1 and about.age > 5"}, "routes.yaml: advice 'ill' can never apply"),
    ({**ADVICE, "with": ["castle"]}, "advice[0].with: no unit of the kind 'castle' can take part in an assessment"),
    ({**ADVICE, "suggest": ["magic"]}, "advice[0].suggest[0]: should be one of joint_assessment, sip,"),
    ({**ADVICE, "because": {}}, "routes.yaml: 'ill' does not say why in sv"),
]


@pytest.mark.parametrize(("advice", "message"), ADVICES)
def test_a_fault_in_an_advice_is_found(tmp_path: Path, advice: dict[str, Any], message: str) -> None:
    findings = found(tmp_path, [YOUNG, REST], advice=[advice])

    assert any(message in finding for finding in findings), findings


def test_both_principals_need_a_municipality_as_well(tmp_path: Path) -> None:
    units = {name: {**UNIT, "principal": "region"} for name in ("adults", "youth")}
    findings = found(tmp_path, [YOUNG, REST], advice=[ADVICE], units=units)

    assert any("there is no municipality with" in finding for finding in findings)


FLAGS: list[tuple[dict[str, Any], str]] = [
    (
        {**FLAG, "when": "about.age < 1 and about.age > 5"},
        "routes.yaml: flag 'flag' can never be raised: 'about.age < 1 and about.age > 5'",
    ),
    (
        {**FLAG, "when": "mini.total < 4"},
        (
            "routes.yaml: flag 'flag' is raised when mini.total = 3, but no longer when mini.total = 4: "
            "a higher score must not lower anything"
        ),
    ),
    (
        {**FLAG, "when": 'mini.plain == "low" and about.age < 18'},
        (
            "routes.yaml: flag 'flag' is raised when about.age = 17, mini.plain = low, but no longer when "
            "about.age = 17, mini.plain = high: a higher score must not lower anything"
        ),
    ),
]


@pytest.mark.parametrize(("flag", "message"), FLAGS)
def test_a_fault_in_a_flag_is_found(tmp_path: Path, flag: dict[str, Any], message: str) -> None:
    findings = found(tmp_path, [YOUNG, REST], flags=[flag])

    assert len(findings) == 1
    assert message.partition(", but")[0] in findings[0]


def test_two_flags_raised_by_the_same_are_found(tmp_path: Path) -> None:
    assert found(tmp_path, [YOUNG, REST], flags=[FLAG, {**FLAG, "id": "again"}]) == [
        "routes.yaml: flags 'flag' and 'again' are raised by the same: 'mini.total >= 4'"
    ]


TENS = tuple(range(7, 105, 7))
MUCH = f"about.age in {TENS} or about.years in {TENS} or about.visits in {TENS}"


def test_routes_that_name_too_much_to_prove_say_so(tmp_path: Path) -> None:
    assert found(tmp_path, [{**YOUNG, "when": MUCH}, REST]) == [
        "routes.yaml: the rules tell 79507 situations apart, too many to prove; let them name fewer facts"
    ]


def test_a_flag_or_an_advice_that_names_too_much_says_so(tmp_path: Path) -> None:
    rules = {"flags": [{**FLAG, "when": MUCH}], "advice": [{**ADVICE, "when": MUCH}]}

    assert [finding.partition(" situations")[0] for finding in found(tmp_path, [YOUNG, REST], **rules)] == [
        "routes.yaml: advice 'ill': together with the routes it tells 85054",
        "routes.yaml: flag 'flag': it tells 79507",
    ]


def test_what_one_door_asks_is_unknown_behind_the_others(tmp_path: Path) -> None:
    young = {**YOUNG, "when": 'door == "self" and about.age < 18'}

    assert found(tmp_path, [young, REST]) == []


def test_nothing_is_said_of_rules_whose_questionnaires_do_not_load(tmp_path: Path) -> None:
    write(tmp_path, {"mini/sv.yaml": "items: 3"})

    assert list(routing_findings(tmp_path)) == []
