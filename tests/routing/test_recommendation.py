import pytest

from intake.config import content_root
from intake.questionnaires.loader import load
from intake.routing.loader import load_directory, load_routes
from intake.routing.recommendation import recommend
from intake.rules import Value

ROOT = content_root() / "questionnaires"
LIBRARY = load(ROOT)
DIRECTORY = load_directory(ROOT)
ROUTES = load_routes(ROOT, LIBRARY, DIRECTORY)


def suggested(**facts: Value) -> str:
    named: dict[str, Value] = {name.replace("__", "."): value for name, value in facts.items()}
    return recommend(ROUTES, named).unit


@pytest.mark.parametrize(
    ("age", "town", "unit"),
    [
        (12, "lerum", "vagen-in"),
        (13, "lerum", "mini-maria"),
        (17, "alingsas", "mini-maria"),
        (19, "lerum", "mini-maria"),
        (22, "lerum", "socialmedicin-lerum"),
        (70, "alingsas", "socialmedicin-alingsas"),
        (40, "other", "vagen-in"),
    ],
)
def test_age_and_town_decide_the_unit(age: int, town: str, unit: str) -> None:
    assert suggested(about__age=age, about__town=town) == unit


@pytest.mark.parametrize(
    ("own", "age", "theirs", "unit"),
    [
        (15, 45, "lerum", "mini-maria"),
        (45, 16, "lerum", "mini-maria"),
        (45, 21, "other", "mini-maria"),
        (45, 22, "lerum", "socialmedicin-lerum"),
        (20, 50, "alingsas", "socialmedicin-alingsas"),
        (45, 50, "other", "vagen-in"),
        (45, 9, "lerum", "vagen-in"),
    ],
)
def test_a_relative_goes_where_the_other_belongs_or_where_children_do(
    own: int, age: int, theirs: str, unit: str
) -> None:
    assert suggested(door="relative", about__age=own, someone__age=age, about__town=theirs) == unit


@pytest.mark.parametrize(
    ("age", "town", "unit"),
    [
        (13, "other", "mini-maria"),
        (17, "lerum", "mini-maria"),
        (21, "alingsas", "mini-maria"),
        (19, "other", "vagen-in"),
        (22, "alingsas", "socialmedicin-alingsas"),
        (60, "lerum", "socialmedicin-lerum"),
        (60, "other", "vagen-in"),
    ],
)
def test_a_professional_is_led_by_age_and_town_of_the_person(age: int, town: str, unit: str) -> None:
    assert suggested(door="professional", someone__age=age, someone__town=town) == unit


@pytest.mark.parametrize("door", ["relative", "professional"])
def test_where_nothing_is_known_of_another_somebody_finds_the_way_together(door: str) -> None:
    assert suggested(door=door, about__age=40, about__town="lerum") == "vagen-in"


def test_danger_to_another_is_as_urgent() -> None:
    assert recommend(ROUTES, {"door": "relative", "someone.danger": "yes"}).urgency == "urgent"


def test_whoever_is_eighteen_to_twentyone_chooses() -> None:
    assert suggested(about__age=20, about__town="lerum", about__unit_choice="adult") == "socialmedicin-lerum"
    assert suggested(about__age=20, about__town="lerum", about__unit_choice="mini_maria") == "mini-maria"


def test_whoever_only_wants_to_be_called_gets_somewhere() -> None:
    assert suggested() == "vagen-in"


def test_every_age_and_town_goes_to_a_unit_for_that_age() -> None:
    for age in range(121):
        for town in ("alingsas", "lerum", "other"):
            low, high = DIRECTORY.units[suggested(about__age=age, about__town=town)].ages
            assert low <= age <= high


def test_danger_is_urgent_whatever_the_score() -> None:
    facts: dict[str, Value] = {"danger": "yes", "audit.total": 0}

    assert recommend(ROUTES, facts).urgency == "urgent"


def test_a_low_score_lowers_nothing() -> None:
    for total in range(41):
        assert recommend(ROUTES, {"family.pregnancy": "yes", "audit.total": total}).urgency != "normal"


def test_the_trace_tells_every_rule_considered_and_what_failed() -> None:
    trace = recommend(ROUTES, {"about.age": 30, "about.town": "lerum"}).trace

    assert [step.held for step in trace[:-1]] == [False] * (len(trace) - 1)
    assert all(step.failed for step in trace[:-1])
    assert trace[-1].held
