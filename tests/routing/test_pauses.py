"""A unit that is paused: who receives meanwhile, what is promised and what is said."""

from dataclasses import replace
from datetime import date

import pytest

from intake.config import content_root
from intake.questionnaires.loader import load
from intake.routing.calendar import answered_by, is_open
from intake.routing.contacts import listed, pause_words
from intake.routing.domain import worlds
from intake.routing.loader import load_directory, load_routes
from intake.routing.model import Pause, Unit
from intake.routing.pauses import receiver, receivers, turning_days
from intake.routing.recommendation import recommend, redirect

ROOT = content_root() / "questionnaires"
LIBRARY = load(ROOT)
DIRECTORY = load_directory(ROOT)
ROUTES = load_routes(ROOT, LIBRARY, DIRECTORY)
WORDS = {"sv": "Stängt över jul.", "en": "Closed over Christmas."}
JULY = Pause(date(2026, 7, 6), date(2026, 7, 31), "vagen-in", WORDS)
FOR_GOOD = Pause(date(2026, 12, 1), None, "vagen-in", WORDS)


def paused(unit: str, pause: Pause) -> dict[str, Unit]:
    """All units, one of them paused."""
    return {**DIRECTORY.units, unit: replace(DIRECTORY.units[unit], pause=pause)}


@pytest.mark.parametrize(
    ("day", "unit"),
    [
        ("2026-07-05", "mini-maria"),
        ("2026-07-06", "vagen-in"),
        ("2026-07-31", "vagen-in"),
        ("2026-08-01", "mini-maria"),
    ],
)
def test_somebody_else_receives_from_the_first_day_to_the_last(day: str, unit: str) -> None:
    assert receiver(paused("mini-maria", JULY), "mini-maria", date.fromisoformat(day)) == unit


def test_a_pause_without_an_end_goes_on() -> None:
    assert receiver(paused("mini-maria", FOR_GOOD), "mini-maria", date(2030, 1, 1)) == "vagen-in"


def test_a_unit_that_stands_in_may_be_stood_in_for() -> None:
    units = paused("mini-maria", replace(JULY, instead="socialmedicin-lerum"))
    units["socialmedicin-lerum"] = replace(units["socialmedicin-lerum"], pause=JULY)

    assert receivers(units, "mini-maria", JULY.since) == ("mini-maria", "socialmedicin-lerum", "vagen-in")


def test_a_circle_of_units_ends_where_it_began() -> None:
    units = paused("mini-maria", JULY) | {"vagen-in": replace(DIRECTORY.units["vagen-in"], pause=JULY)}

    assert receivers(units, "mini-maria", JULY.since)[-2:] == ("vagen-in", "vagen-in")


def test_a_unit_nobody_stands_in_for_keeps_what_is_meant_for_it() -> None:
    assert receiver(paused("bup", replace(JULY, instead="")), "bup", JULY.since) == "bup"


def test_only_the_days_on_which_something_changes_need_a_look() -> None:
    units = [replace(DIRECTORY.units["bup"], pause=pause) for pause in (JULY, FOR_GOOD, None)]

    assert turning_days(units) == (date(2026, 7, 6), date(2026, 8, 1), date(2026, 12, 1))


def test_a_paused_unit_promises_nothing() -> None:
    unit = replace(DIRECTORY.units["mini-maria"], pause=JULY)

    assert answered_by(unit, date(2026, 7, 10)) is None
    assert not is_open(unit, date(2026, 7, 10))


def test_a_promise_counts_no_day_of_a_pause_that_ends() -> None:
    unit = replace(DIRECTORY.units["mini-maria"], pause=JULY)

    assert answered_by(unit, date(2026, 7, 3)) == date(2026, 8, 5)


@pytest.mark.parametrize(("sent", "promised"), [("2026-11-25", "2026-11-30"), ("2026-11-26", None)])
def test_nothing_is_promised_for_after_a_pause_that_has_no_end(sent: str, promised: str | None) -> None:
    unit = replace(DIRECTORY.units["mini-maria"], pause=FOR_GOOD)
    day = answered_by(unit, date.fromisoformat(sent))

    assert (day.isoformat() if day else None) == promised


def test_a_suggestion_goes_to_the_unit_that_stands_in_and_remembers_whom_it_was_for() -> None:
    directory = replace(DIRECTORY, units=paused("mini-maria", JULY))
    sent = redirect(recommend(ROUTES, {"about.age": 15}), directory, JULY.since)

    assert (sent.unit, sent.paused, sent.route.unit) == ("vagen-in", "mini-maria", "mini-maria")


@pytest.mark.parametrize("unit", ["mini-maria", "socialmedicin-alingsas", "socialmedicin-lerum"])
def test_nothing_urgent_ever_goes_to_a_paused_unit(unit: str) -> None:
    directory = replace(DIRECTORY, units=paused(unit, JULY))
    conditions = [route.when for route in ROUTES.routes if route.when]
    suggested = [
        recommend(ROUTES, {**facts, "danger": "yes"})
        for world in worlds(LIBRARY)
        for facts in world.situations(conditions)
    ]
    went = {redirect(each, directory, JULY.since).unit for each in suggested if each.urgency == "urgent"}

    assert went
    assert unit not in went


def test_people_are_told_in_their_language_and_else_in_no_other() -> None:
    unit = replace(DIRECTORY.units["mini-maria"], pause=JULY)

    assert [pause_words(unit, tag, JULY.since) for tag in ("en", "sv-x-lattlast", "ar")] == [
        *reversed(WORDS.values()),
        "",
    ]
    assert pause_words(unit, "en", date(2026, 8, 1)) is None


def test_only_units_people_can_turn_to_are_listed_with_their_pause() -> None:
    shown = listed(paused("mini-maria", JULY).values(), "sv", JULY.since)

    assert [unit.pause for unit in shown if unit.name.startswith("Mini-Maria")] == [WORDS["sv"]]
    assert len(shown) == 4
