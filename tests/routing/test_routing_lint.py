from pathlib import Path
from typing import Any

import pytest

from intake.config import content_root
from intake.routing.domain import number_of_situations, situations, told
from intake.routing.lint import routing_findings
from intake.rules import Fact, parse
from tests.questionnaires.content import DOOR, DOOR_SV, changed, write

UNIT: dict[str, Any] = {
    "name": "Ett",
    "kind": "adult",
    "principal": "lerum",
    "towns": ["lerum"],
    "ages": [0, 120],
    "open_days": [1],
    "expected_days": 3,
    "phone": "031-390 06 00",
    "languages": ["sv"],
    "hours": {"sv": "Måndagar"},
}
BECAUSE = {"sv": "Därför."}
YOUNG = {"id": "young", "when": "about.age < 18", "unit": "youth", "because": BECAUSE}
REST = {"id": "rest", "unit": "adults", "because": BECAUSE}
ABOUT = {
    "id": "about",
    "kind": "section",
    "version": "1",
    "pages": [{"id": "age", "items": [{"name": "age", "kind": "number", "min": 0, "max": 120}]}],
}
ABOUT_SV = {"language": "sv", "title": "Om", "items": {"age": {"text": "Hur gammal är du?"}}}


def found(root: Path, routes: list[dict[str, Any]], **more: Any) -> list[str]:  # noqa: ANN401  # YAML is anything
    units = {"youth": {**UNIT, "ages": [0, 17]}, "adults": UNIT, **more.get("units", {})}
    door = changed(DOOR, ["pages", 0], {"use": "about"})
    words = {**DOOR_SV, "items": {"offer": DOOR_SV["items"]["offer"]}}
    files = {
        "about/questionnaire.yaml": ABOUT,
        "about/sv.yaml": ABOUT_SV,
        "doors/self/questionnaire.yaml": door,
        "doors/self/sv.yaml": words,
        "services.yaml": {"principals": {"lerum": "Lerums kommun"}, "units": units},
        "routes.yaml": {"routes": routes, "flags": more.get("flags", [])},
    }
    return list(routing_findings(write(root, files)))


def test_rules_that_are_needed_have_no_findings(tmp_path: Path) -> None:
    assert found(tmp_path, [YOUNG, REST]) == []


def test_our_own_rules_have_no_findings() -> None:
    assert list(routing_findings(content_root() / "questionnaires")) == []


FAULTS: list[tuple[list[dict[str, Any]], str]] = [
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
        "routes.yaml: routes[1].unit: should be one of youth, adults, not 'elsewhere'",
    ),
    (
        [YOUNG, {**REST, "urgency": "whenever"}],
        "routes.yaml: routes[1].urgency: should be one of normal, soon, urgent, not 'whenever'",
    ),
    ([REST, REST], "routes.yaml: routes: 'rest': the last rule, and only the last, has no 'when'"),
    ([YOUNG], "routes.yaml: routes: 'young': the last rule, and only the last, has no 'when'"),
]


@pytest.mark.parametrize(("routes", "message"), FAULTS)
def test_a_planted_fault_is_found_with_a_counter_example(
    tmp_path: Path, routes: list[dict[str, Any]], message: str
) -> None:
    assert message in found(tmp_path, routes)


def test_a_flag_that_can_never_be_raised_is_found(tmp_path: Path) -> None:
    flag = {"id": "never", "when": "about.age < 1 and about.age > 5", "because": BECAUSE}

    assert found(tmp_path, [YOUNG, REST], flags=[flag]) == [
        "routes.yaml: flag 'never' can never be raised: 'about.age < 1 and about.age > 5'"
    ]


def test_rules_that_name_too_much_to_prove_say_so(tmp_path: Path) -> None:
    conditions = " and ".join(
        f"mini.q{place} + about.age < {place + limit * 7}" for place in (1, 2, 3) for limit in range(4)
    )
    routes = [YOUNG, {**YOUNG, "id": "much", "when": conditions}, REST]

    assert "too many to prove" in found(tmp_path, routes)[0]


def test_situations_are_every_mix_of_what_the_rules_tell_apart() -> None:
    known = {
        "age": Fact("number"),
        "town": Fact("text", frozenset({"a", "b"})),
        "about": Fact("set", frozenset({"x", "y"})),
    }
    conditions = [parse('age < 2 and town == "a"', known), parse('"x" in about', known)]
    every = list(situations(conditions, known))

    assert len(every) == number_of_situations(conditions, known) == 4 * 3 * 3
    assert {} in every
    assert {"age": 1, "town": "b", "about": frozenset({"x"})} in every


def test_a_situation_is_told_in_words() -> None:
    assert told({"age": 3, "about": frozenset({"y", "x"})}) == "about = {x, y}, age = 3"
    assert told({}) == "nothing is known"


def test_nothing_is_said_of_rules_whose_questionnaires_do_not_load(tmp_path: Path) -> None:
    write(tmp_path, {"mini/sv.yaml": "items: 3"})

    assert list(routing_findings(tmp_path)) == []
