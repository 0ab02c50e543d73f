import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules import Fact, Facts, RuleError, both, parse

KNOWN = {
    "q1": Fact("number", name="audit.q1"),
    "audit.q2": Fact("number"),
    "about.age": Fact("number"),
    "about.town": Fact("text", frozenset({"alingsas", "lerum"})),
    "concerns": Fact("set", frozenset({"alcohol", "gambling"})),
}


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("about.age < 18", {"about.age": 17}, True),
        ("about.age < 18", {"about.age": 18}, False),
        ("about.age < 18", {}, None),
        ("16 <= about.age < 18", {"about.age": 16}, True),
        ("16 <= about.age < 18", {"about.age": 18}, False),
        ("q1 + audit.q2 == 0", {"audit.q1": 0, "audit.q2": 0}, True),
        ("q1 + audit.q2 == 0", {"audit.q1": 0}, None),
        ('"gambling" in concerns', {"concerns": frozenset({"gambling"})}, True),
        ('"gambling" not in concerns', {"concerns": frozenset({"gambling"})}, False),
        ('"gambling" in concerns', {}, None),
        ('about.town in ("alingsas", "lerum")', {"about.town": "lerum"}, True),
        ('about.town != "lerum"', {"about.town": "lerum"}, False),
        ("about.age == -1", {"about.age": 3}, False),
    ],
)
def test_a_condition_is_true_false_or_unknown(text: str, facts: Facts, expected: bool | None) -> None:
    assert expected is parse(text, KNOWN).evaluate(facts)


truth = st.sampled_from([True, False, None])


def _facts(first: bool | None, second: bool | None) -> dict[str, int]:
    """Facts under which `q1 == 1` is `first` and `audit.q2 == 1` is `second`."""
    values = {"audit.q1": first, "audit.q2": second}
    return {name: int(value) for name, value in values.items() if value is not None}


@given(truth, truth)
def test_and_or_and_not_follow_kleene(first: bool | None, second: bool | None) -> None:
    def said(text: str) -> bool | None:
        said: bool | None = parse(text, KNOWN).evaluate(_facts(first, second))
        return said

    rank = {False: 0, None: 1, True: 2}
    assert said("q1 == 1 and audit.q2 == 1") is min(first, second, key=rank.__getitem__)
    assert said("q1 == 1 or audit.q2 == 1") is max(first, second, key=rank.__getitem__)
    assert said("not q1 == 1") is {True: False, False: True, None: None}[first]


@given(st.integers(-5, 50), st.integers(-5, 50), st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
def test_comparisons_mean_what_python_means(left: int, right: int, sign: str) -> None:
    functions = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq}
    expected = functions.get(sign, operator.ne)(left, right)

    assert parse(f"q1 {sign} {right}", KNOWN).evaluate({"audit.q1": left}) is expected


def test_unknown_does_not_hold() -> None:
    condition = parse("about.age < 18", KNOWN)

    assert not condition.holds({})
    assert not condition.fails({})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("q9 == 0", "'q9' is not known at this point"),
        ("audit.q9 == 0", "'audit.q9' is not known at this point"),
        ("q1", "is a number, not a condition"),
        ("q1 ==", "is not a condition"),
        ("", "is not a condition"),
        ("__import__('os').system('true') == 0", "not allowed"),
        ("[x for x in (1, 2)] == 3", "not allowed"),
        ("q1 * 2 == 0", "not allowed"),
        ("(lambda: 1) == 1", "not allowed"),
        ("(1).real == 1", "is not the name of a fact"),
        ("q1 == 1.5", "neither a whole number nor a text"),
        ("q1 == True", "neither a whole number nor a text"),
        ('q1 == "1"', "cannot be compared"),
        ('about.town < "b"', "cannot be compared"),
        ("concerns == concerns", "cannot be compared"),
        ('about.town == "alingsaas"', "'alingsaas' is not one of alingsas, lerum"),
        ('"gamling" in concerns', "'gamling' is not one of alcohol, gambling"),
        ('about.town in ("boras",)', "'boras' is not one of"),
        ("q1 in concerns", "is not a list of choices"),
        ('q1 in ("1", "2")', "another kind of value"),
        ("about.town + about.town == 1", "adds something that is not a number"),
        ("q1 == 1 if q1 == 2 else q1 == 3", "not allowed"),
        ("(" * 300 + "q1 == 1" + ")" * 300, "at most 500 characters"),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(RuleError, match=reason.replace("(", r"\(")):
        parse(text, KNOWN)


@given(st.text(max_size=60))
def test_no_text_whatever_does_more_than_be_refused(text: str) -> None:
    try:
        condition = parse(text, KNOWN)
    except RuleError:
        return
    assert condition.names <= {"audit.q1", "audit.q2", "about.age", "about.town", "concerns"}


def test_a_condition_names_the_facts_it_reads_in_full() -> None:
    assert parse("q1 == 0 and about.age > 3", KNOWN).names == {"audit.q1", "about.age"}


def test_a_condition_tells_its_parts() -> None:
    assert [part.text for part in parse("q1 == 0 and about.age > 3", KNOWN).parts] == ["q1 == 0", "about.age > 3"]


def test_two_conditions_become_one_that_needs_both() -> None:
    joined = both(parse("q1 == 0", KNOWN), parse("about.age > 3", KNOWN))

    assert joined is not None
    assert joined.holds({"audit.q1": 0, "about.age": 4})
    assert joined.fails({"audit.q1": 0, "about.age": 3})
    assert [part.text for part in joined.parts] == ["q1 == 0", "about.age > 3"]


def test_joining_with_nothing_changes_nothing() -> None:
    condition = parse("q1 == 0", KNOWN)

    assert both(condition, None) is condition
    assert both(None, condition) is condition
    assert both(None, None) is None
