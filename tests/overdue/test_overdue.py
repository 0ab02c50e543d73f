from datetime import UTC, datetime

from intake.config import content_root
from intake.overdue import STATES, Waiting, cutoffs
from intake.routing.deadlines import cutoff
from intake.routing.limits import Limit
from intake.routing.loader import load_directory
from intake.routing.urgency import URGENCIES
from intake.triage import IN_HAND, OPEN_STATES, State

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
UNITS = load_directory(content_root() / "questionnaires").units

NOT_CALLS = (Limit.UNREAD, Limit.UNCLAIMED, Limit.UNANSWERED)


def test_somebody_is_waited_for_in_every_state_but_the_last() -> None:
    assert {state for states in STATES.values() for state in states} == OPEN_STATES


def test_every_unit_has_a_cutoff_for_each_limit_and_urgency() -> None:
    found = cutoffs(UNITS.values(), NOW)

    kinds = {Waiting(unit, limit, urgency) for unit in UNITS for limit in Limit for urgency in URGENCIES}
    assert set(found) == kinds


def test_a_cutoff_is_that_of_what_is_waited_for() -> None:
    unit = UNITS["mini-maria"]
    found = cutoffs([unit], NOW)

    assert found[Waiting("mini-maria", Limit.UNCLAIMED, "urgent")] == cutoff(unit, Limit.UNCLAIMED, NOW, "urgent")
    assert found[Waiting("mini-maria", Limit.SILENT, "normal")] == cutoff(unit, Limit.SILENT, NOW, "normal")


def test_whoever_is_in_hand_waits_for_a_call_in_whatever_state() -> None:
    assert set(STATES[Limit.UNTRIED]) == set(STATES[Limit.SILENT]) == IN_HAND
    assert not IN_HAND & {state for limit in NOT_CALLS for state in STATES[limit]}


def test_each_state_before_and_beside_waits_for_one_thing() -> None:
    states = [state for limit in NOT_CALLS for state in STATES[limit]]

    assert sorted(states) == sorted({State.RECEIVED, State.READ, State.REOPENED, State.HANDED_OVER})
