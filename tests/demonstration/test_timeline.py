"""Whenever the demonstration is loaded, it looks like two weeks at a clinic that is closed on Saturdays and Sundays."""

from datetime import UTC, datetime, timedelta

import pytest
from babel.dates import get_timezone

from intake.demonstration.cast import READ, Cast, Person
from intake.demonstration.timeline import happened, sent_at
from intake.i18n import TIMEZONE
from intake.triage import MOVES, State

MONDAY = datetime(2026, 3, 23, 6, 30, tzinfo=UTC)  # the clocks go forward on the Sunday after
MOMENTS = [MONDAY + timedelta(days=day, hours=hours) for day in range(8) for hours in (0, 9)]
every_moment = pytest.mark.parametrize("now", MOMENTS, ids=lambda now: f"{now:%a %d %H}")


def state_at(person: Person, now: datetime) -> State:
    state = State.RECEIVED
    for act, _ in happened(person, now):
        state = State.READ if state is State.RECEIVED and act.does != READ else state
        state = MOVES[act.does].paths[state] if act.does in MOVES else state
    return state


@every_moment
def test_nothing_is_still_to_come(cast: Cast, now: datetime) -> None:
    assert max(sent_at(person, now) for person in cast.people) <= now
    assert max(at for person in cast.people for _, at in happened(person, now)) <= now


@every_moment
def test_all_of_it_is_of_the_last_two_weeks(cast: Cast, now: datetime) -> None:
    assert min(sent_at(person, now) for person in cast.people) > now - timedelta(days=14)


@every_moment
def test_staff_act_in_order_after_the_person_wrote(cast: Cast, now: datetime) -> None:
    timelines = [[sent_at(person, now), *(at for _, at in happened(person, now))] for person in cast.people]
    assert [times for times in timelines if times != sorted(times)] == []


@every_moment
def test_staff_act_on_working_days_in_working_hours(cast: Cast, now: datetime) -> None:
    zone = get_timezone(TIMEZONE)
    acts = [at.astimezone(zone) for person in cast.people for _, at in happened(person, now)]
    assert [at for at in acts if at.isoweekday() > 5 or not 8 <= at.hour < 17] == []


@every_moment
def test_there_are_requests_in_every_usual_state(cast: Cast, now: datetime) -> None:
    states = {state_at(person, now) for person in cast.people}
    assert states >= set(State) - {
        State.JOINED,
        State.REOPENED,
        State.ROUTED,
        State.HANDED_OVER,
        State.DECLINED,
        State.RETURNED,
    }
