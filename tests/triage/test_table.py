"""The table of states and moves: what leads where, who may, and what has to be said with it."""

from datetime import date

import pytest

from intake.errors import Forbidden, NotAllowedNow
from intake.triage import (
    CARE_ROLES,
    MOVES,
    OPEN_STATES,
    Permission,
    Role,
    State,
    can_move,
    check_move,
    may_give_up,
    moves_from,
    permissions,
)

STEPS = [
    (State.RECEIVED, "open", "", State.READ),
    (State.RECEIVED, "claim", "", State.CLAIMED),
    (State.READ, "claim", "", State.CLAIMED),
    (State.CLAIMED, "try", "no_answer", State.TRIED),
    (State.TRIED, "try", "letter_sent", State.TRIED),
    (State.TRIED, "reach", "visit_booked", State.IN_CONTACT),
    (State.IN_CONTACT, "try", "no_answer", State.IN_CONTACT),
    (State.IN_CONTACT, "close", "accepted", State.CLOSED),
    (State.READ, "close", "duplicate", State.CLOSED),
    (State.TRIED, "close", "not_reached", State.CLOSED),
    (State.CLOSED, "reopen", "came_back", State.REOPENED),
    (State.REOPENED, "claim", "", State.CLAIMED),
    (State.ROUTED, "accept", "", State.ACCEPTED),
    (State.ROUTED, "accept", "wish", State.ACCEPTED),
]

REFUSED = [
    ("claim", State.CLAIMED, ""),
    ("claim", State.CLOSED, ""),
    ("try", State.READ, "no_answer"),
    ("try", State.CLAIMED, ""),
    ("try", State.CLAIMED, "visit_booked"),
    ("close", State.CLAIMED, "not_reached"),
    ("close", State.READ, "accepted"),
    ("close", State.CLOSED, "duplicate"),
    ("claim", State.READ, "no_answer"),
    ("accept", State.ROUTED, "because"),
    ("route", State.CLAIMED, ""),
    ("vanish", State.READ, ""),
]


@pytest.mark.parametrize(("state", "code", "choice", "target"), STEPS)
def test_a_move_leads_where_the_table_says(state: State, code: str, choice: str, target: State) -> None:
    move = check_move(code, state, Role.RECEPTION, choice)

    assert move.paths[state] == target


@pytest.mark.parametrize(("code", "state", "choice"), REFUSED)
def test_a_move_that_does_not_exist_or_lacks_its_choice_is_refused(code: str, state: State, choice: str) -> None:
    with pytest.raises(NotAllowedNow):
        check_move(code, state, Role.RECEPTION, choice)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN])
@pytest.mark.parametrize("code", sorted(MOVES))
def test_auditor_and_admin_make_no_move_at_all(role: Role, code: str) -> None:
    assert not any(can_move(code, state, role) for state in State)


def test_reception_does_not_take_a_case_out_of_a_colleagues_hands() -> None:
    with pytest.raises(Forbidden):
        check_move("take_over", State.CLAIMED, Role.RECEPTION)


def test_a_coordinator_takes_a_case_over_without_changing_its_state() -> None:
    assert check_move("take_over", State.TRIED, Role.COORDINATOR).paths[State.TRIED] == State.TRIED


def test_opening_has_no_button() -> None:
    assert [move.code for move in moves_from(State.RECEIVED, Role.RECEPTION)] == ["claim"]


@pytest.mark.parametrize("state", sorted(set(State) - {State.JOINED}))  # out of that one leads undoing
def test_no_state_is_a_dead_end(state: State) -> None:
    assert moves_from(state, Role.RECEPTION)


@pytest.mark.parametrize("state", sorted(OPEN_STATES))
def test_every_open_state_can_be_brought_to_an_end(state: State) -> None:
    reached, frontier = {state}, {state}
    while frontier:
        frontier = {move.paths[at] for at in frontier for move in moves_from(at, Role.RECEPTION)} - reached
        reached |= frontier

    assert State.CLOSED in reached


def test_every_state_is_reached_from_the_first() -> None:
    targets = {target for move in MOVES.values() for target in move.paths.values()}

    assert targets | {State.RECEIVED} == set(State)


@pytest.mark.parametrize("code", sorted(code for code, move in MOVES.items() if move.choices))
def test_a_move_that_asks_for_a_choice_offers_one_from_every_state_it_has(code: str) -> None:
    assert all(MOVES[code].choices_from(state) for state in MOVES[code].paths)


@pytest.mark.parametrize("role", sorted(Role))
def test_only_those_who_care_for_people_read_what_they_wrote(role: Role) -> None:
    reads = Permission.READ_CASE in permissions(role)

    assert reads == (role in CARE_ROLES)


MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (23, 24, 25))


@pytest.mark.parametrize(
    ("days", "role", "may"),
    [
        ([], Role.RECEPTION, False),
        ([MONDAY, MONDAY, MONDAY, TUESDAY], Role.CLINICIAN, False),
        ([MONDAY, TUESDAY, WEDNESDAY], Role.RECEPTION, True),
        ([MONDAY], Role.COORDINATOR, True),
    ],
)
def test_nobody_is_given_up_before_three_days_of_trying(days: list[date], role: Role, *, may: bool) -> None:
    assert may_give_up(days, role) is may


@pytest.mark.parametrize("role", sorted(Role))
def test_reception_joins_cases_as_the_others_do_and_reads_no_single_answer(role: Role) -> None:
    assert (Permission.JOIN_CASES in permissions(role)) == (role in CARE_ROLES)
    assert (Permission.READ_ANSWERS in permissions(role)) == (role in CARE_ROLES - {Role.RECEPTION})
