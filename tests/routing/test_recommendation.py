from collections.abc import Iterator

import pytest

from intake.config import content_root
from intake.questionnaires.loader import load
from intake.routing.domain import worlds
from intake.routing.loader import load_directory, load_routes
from intake.routing.recommendation import ENGINE, Recommendation, recommend
from intake.routing.urgency import URGENCIES
from intake.rules import Facts, Value

ROOT = content_root() / "questionnaires"
LIBRARY = load(ROOT)
DIRECTORY = load_directory(ROOT)
ROUTES = load_routes(ROOT, LIBRARY, DIRECTORY)


def recommended(**facts: Value) -> Recommendation:
    return recommend(ROUTES, {name.replace("__", "."): value for name, value in facts.items()})


def suggested(**facts: Value) -> str:
    return recommended(**facts).unit


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
    assert recommended(danger="yes", audit__total=0).urgency == "urgent"


def higher_scores() -> Iterator[tuple[Facts, Facts]]:
    """Every situation the flags can tell apart, each beside the same with one score higher."""
    conditions = [flag.when for flag in ROUTES.flags]
    for world in worlds(LIBRARY):
        for facts in world.situations(conditions):
            for name in (name for name in facts if name.partition(".")[0] in LIBRARY.instruments):
                values = (value for value in world.values(name, conditions) if isinstance(value, int))
                yield from ((facts, {**facts, name: value}) for value in values if value > int(str(facts[name])))


def test_raising_any_score_never_lowers_the_urgency() -> None:
    pairs = [[recommend(ROUTES, facts).urgency for facts in pair] for pair in higher_scores()]

    assert len(pairs) > 1000
    assert [pair for pair in pairs if URGENCIES.index(pair[0]) > URGENCIES.index(pair[1])] == []


def test_the_trace_tells_every_rule_of_every_kind() -> None:
    trace = recommended(about__age=30, about__town="lerum").trace

    assert [step.rule for step in trace] == [rule.id for rule in ROUTES.rules]
    assert [step.failed for step in trace if not step.held and not step.failed] == []


def test_the_trace_goes_on_behind_the_rule_that_decided() -> None:
    suggestion = recommended(about__age=15, about__town="other")
    held = [step.rule for step in suggestion.trace if step.held and step.kind == "route"]

    assert suggestion.route.id == "youth_elsewhere"
    assert held == ["youth_elsewhere", "youth", "not_known"]


def test_a_rule_that_fails_tells_the_part_that_did() -> None:
    trace = {step.rule: step.failed for step in recommended(about__age=30, about__town="lerum").trace}

    assert trace["adult_alingsas"] == "about.town == 'alingsas'"
    assert trace["pregnancy"] == "family.pregnancy == 'yes'"


def test_a_suggestion_is_kept_with_its_reasons_and_what_made_them() -> None:
    kept = recommended(about__age=15, about__town="lerum").as_json(ROUTES)

    assert (kept["unit"], kept["urgency"], kept["paused"]) == ("mini-maria", "soon", "")
    assert (kept["digest"], kept["engine"]) == (ROUTES.digest, ENGINE)
    assert kept["advice"] == ["youth_comorbidity"]
    assert kept["suggest"] == ["consider_comorbidity"]


@pytest.mark.parametrize(
    ("facts", "joint"),
    [
        ({"about__age": 40, "about__town": "lerum"}, ("psykiatri-lerum",)),
        ({"about__age": 40, "about__town": "alingsas"}, ("psykiatri-alingsas",)),
        ({"about__age": 15, "about__town": "lerum"}, ("bup",)),
        ({"about__age": 40, "about__town": "other"}, ()),
        ({"about__age": 40}, ()),
    ],
)
def test_who_feels_bad_besides_is_assessed_together_with_the_psychiatry_of_their_age_and_town(
    facts: dict[str, Value], joint: tuple[str, ...]
) -> None:
    suggestion = recommended(health__conditions=frozenset({"mental"}), **facts)

    assert suggestion.joint == joint
    assert suggestion.both_principals == bool(joint)


def test_what_is_advised_twice_is_told_once() -> None:
    said = frozenset({"neuropsychiatric", "intellectual"})

    assert recommended(health__conditions=said).suggest == ("consult_psychiatry", "plain_language", "accompany")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"function__travel": "no", "about__age": 40, "about__town": "lerum"}, "outreach"),
        ({"function__travel": "no", "about__age": 15, "about__town": "lerum"}, "outreach"),
        ({"function__travel": "with_support"}, "accompany"),
        ({"function__daily": "hardly", "about__age": 40, "about__town": "lerum"}, "daily_support"),
        ({"concerns": frozenset({"medicines"})}, "doctor"),
        ({"concerns": frozenset({"gambling"})}, "debt_advice"),
        ({"door": "relative", "someone__concerns": frozenset({"gambling"})}, "debt_advice"),
        ({"door": "professional", "someone__concerns": frozenset({"gambling", "alcohol"})}, "debt_advice"),
        ({"door": "relative", "someone__concerns": frozenset({"doping"})}, "doctor"),
        ({"door": "professional", "someone__concerns": frozenset({"medicines"})}, "doctor"),
        ({"health__conditions": frozenset({"somatic"})}, "primary_care"),
        ({"health__contacts": frozenset({"social_services", "bup"})}, "sip"),
        ({"needs__interpreter": "ti"}, "interpreter"),
    ],
)
def test_what_somebody_says_is_followed_by_advice(facts: dict[str, Value], code: str) -> None:
    assert code in recommended(**facts).suggest


@pytest.mark.parametrize(("own", "theirs", "flags"), [(70, 40, ["older"]), (40, 65, ["someone_older"]), (64, 64, [])])
def test_the_marker_of_the_older_says_whom_it_means(own: int, theirs: int, flags: list[str]) -> None:
    suggestion = recommended(door="relative", about__age=own, someone__age=theirs)

    assert [flag.id for flag in suggestion.flags] == flags


def test_what_another_takes_is_followed_by_advice_only_where_it_is_told() -> None:
    alcohol = frozenset({"alcohol"})

    assert recommended(door="professional", someone__age=70, someone__concerns=alcohol).suggest == ()


def test_an_answer_nobody_gave_is_followed_by_none() -> None:
    assert recommended(needs__interpreter="none").suggest == ()
    assert recommended().suggest == ()
