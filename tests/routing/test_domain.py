from intake.routing.domain import World, number_of_situations, situations, told
from intake.rules import Fact, parse

KNOWN = {
    "age": Fact("number"),
    "years": Fact("number"),
    "town": Fact("text", frozenset({"a", "b"})),
    "about": Fact("set", frozenset({"x", "y"})),
}


def test_situations_are_every_mix_of_what_the_rules_tell_apart() -> None:
    conditions = [parse('age < 2 and town == "a"', KNOWN), parse('"x" in about', KNOWN)]
    every = list(situations(conditions, KNOWN))

    assert len(every) == number_of_situations(conditions, KNOWN) == 4 * 3 * 3
    assert {} in every
    assert {"age": 1, "town": "b", "about": frozenset({"x"})} in every


def test_a_limit_counts_only_for_the_fact_it_is_held_against() -> None:
    conditions = [parse("age < 5", KNOWN), parse("years < 50", KNOWN)]

    assert number_of_situations(conditions, KNOWN) == 4 * 4


def test_the_parts_of_a_sum_may_be_anything_up_to_it() -> None:
    every = list(situations([parse("age + years == 3", KNOWN)], KNOWN))

    assert {"age": 1, "years": 2} in every


def test_what_a_door_does_not_ask_is_unknown_there() -> None:
    conditions = [parse('age < 2 and door == "self"', {**KNOWN, "door": Fact("text", frozenset({"self"}))})]
    every = list(World("other", {"years": Fact("number")}).situations(conditions))

    assert every == [{"door": "other"}]


def test_a_situation_is_told_in_words() -> None:
    assert told({"age": 3, "about": frozenset({"y", "x"})}) == "about = {x, y}, age = 3"
    assert told({}) == "nothing is known"
