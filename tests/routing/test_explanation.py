import pytest

from intake.config import content_root
from intake.questionnaires.loader import load
from intake.routing.explanation import Asked, Explanation, FactName, Several, explain, explain_text
from intake.routing.loader import facts_of
from intake.rules import Fact, parse

KNOWN = {
    "age": Fact("number"),
    "years": Fact("number"),
    "town": Fact("text", frozenset({"a", "b"})),
    "home": Fact("text", frozenset({"a", "b"})),
    "about": Fact("set", frozenset({"x", "y", "a", "b"})),
}
AGE, YEARS, TOWN, HOME, ABOUT = (FactName(name) for name in ("age", "years", "town", "home", "about"))
OUR_FACTS = facts_of(load(content_root() / "questionnaires"))


def asks(text: str) -> Explanation:
    return explain(parse(text, KNOWN))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("age < 18", Asked((AGE,), "below", (18,))),
        ("age <= 18", Asked((AGE,), "at_most", (18,))),
        ("age > 18", Asked((AGE,), "above", (18,))),
        ("age >= 18", Asked((AGE,), "at_least", (18,))),
        ("age == 18", Asked((AGE,), "is", (18,))),
        ("age != -1", Asked((AGE,), "is_not", (-1,))),
        ("18 <= age", Asked((AGE,), "at_least", (18,))),
        ("18 > age", Asked((AGE,), "below", (18,))),
        ("age < years", Asked((AGE,), "below", (YEARS,))),
        ("age + years == 0", Asked((AGE, YEARS), "is", (0,))),
        ("town == 'a'", Asked((TOWN,), "is", ("a",))),
        ("town in ('a', 'b')", Asked((TOWN,), "one_of", ("a", "b"))),
        ("town not in ['a']", Asked((TOWN,), "none_of", ("a",))),
        ("'x' in about", Asked((ABOUT,), "includes", ("x",))),
        ("'x' not in about", Asked((ABOUT,), "leaves_out", ("x",))),
        ("home in about", Asked((ABOUT,), "includes", (HOME,))),
        ("not age < 18", Asked((AGE,), "at_least", (18,))),
        ("not not age < 18", Asked((AGE,), "below", (18,))),
    ],
)
def test_a_comparison_is_one_thing_asked(text: str, asked: Asked) -> None:
    assert asks(text) == asked


def test_a_chain_asks_for_all_of_it() -> None:
    assert asks("13 <= age < 18") == Several("all", (Asked((AGE,), "at_least", (13,)), Asked((AGE,), "below", (18,))))


def test_what_is_denied_of_several_is_asked_the_other_way_round() -> None:
    assert asks("not (age < 13 or town == 'a')") == Several(
        "all", (Asked((AGE,), "at_least", (13,)), Asked((TOWN,), "is_not", ("a",)))
    )
    assert asks("not 13 <= age < 18") == Several(
        "any", (Asked((AGE,), "below", (13,)), Asked((AGE,), "at_least", (18,)))
    )


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("'x' in about or 'y' in about", Asked((ABOUT,), "includes", ("x", "y"))),
        ("town == 'a' or town == 'b'", Asked((TOWN,), "one_of", ("a", "b"))),
        ("town != 'a' and town != 'b'", Asked((TOWN,), "none_of", ("a", "b"))),
        ("not ('x' in about or 'y' in about)", Asked((ABOUT,), "leaves_out", ("x", "y"))),
    ],
)
def test_what_is_asked_of_one_fact_several_times_is_asked_at_once(text: str, asked: Asked) -> None:
    assert asks(text) == asked


@pytest.mark.parametrize(
    "text", ["'x' in about and 'y' in about", "age < 5 or age < 3", "age < 5 or (age > 9 and age < 12)"]
)
def test_what_says_something_else_together_is_asked_one_by_one(text: str) -> None:
    assert isinstance(asks(text), Several)


def test_the_facts_of_what_is_asked_are_those_of_its_subject() -> None:
    asked = asks("age + 2 < years")

    assert isinstance(asked, Asked)
    assert asked.facts == ("age",)


@pytest.mark.parametrize("text", ["gone.fact == 1", "about.age <", "", "about.age"])
def test_what_today_explains_no_more_is_not_explained(text: str) -> None:
    assert explain_text(text, OUR_FACTS) is None


def test_what_was_kept_is_explained_over_the_facts_of_today() -> None:
    assert explain_text("about.age < 18", OUR_FACTS) == Asked((FactName("about.age"),), "below", (18,))
