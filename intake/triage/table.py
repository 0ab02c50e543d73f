"""States of a case and the moves between them: one table, from which buttons, checks, timeline and diagram follow.

Screening never decides. A move is always made by a person, and this table says who may make it, from where to where,
and what has to be said with it. Nothing here knows a database, a request or a clock.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias

from intake.errors import Forbidden, NotAllowedNow
from intake.triage.calls import Calling
from intake.triage.roles import CARE_ROLES, Role


class State(StrEnum):
    """Where a case stands, in the order it usually happens."""

    RECEIVED = "received"
    READ = "read"
    CLAIMED = "claimed"
    TRIED = "tried"
    IN_CONTACT = "in_contact"
    ASSESSED = "assessed"
    ROUTED = "routed"
    HANDED_OVER = "handed_over"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    DECLINED = "declined"
    REOPENED = "reopened"
    CLOSED = "closed"
    JOINED = "joined"


Side: TypeAlias = Literal["owner", "receiver"]
"""From which side of a case somebody works: the unit that has it, or the one it was handed over to."""

OWNER: frozenset[Side] = frozenset({"owner"})

OPEN_STATES = frozenset(State) - {State.CLOSED, State.JOINED}
UNCLAIMED = frozenset({State.RECEIVED, State.READ, State.REOPENED})
IN_HAND = OPEN_STATES - UNCLAIMED - {State.HANDED_OVER}
"""Somebody here works with it. What is handed over waits for the receiver, and nobody else moves it meanwhile."""

_UNDECIDED = IN_HAND - {State.ACCEPTED}
_FIRST_STEPS = frozenset({State.CLAIMED, State.TRIED, State.IN_CONTACT})

_WHY_OTHERWISE = ("wish", "age", "town", "competence", "both_principals", "language", "capacity", "other_reason")
"""Why a case goes, or stays, elsewhere than suggested."""

TRIES_BEFORE_GIVING_UP = 3
"""On as many days; our own rule, since no published one was found. A coordinator may decide otherwise."""


@dataclass(frozen=True)
class Move:
    """One thing staff can do to a case.

    `paths` maps each state it can be made from to the state it leads to. `choices` is empty where nothing more has to
    be said; otherwise exactly one of its codes goes with the move, each from the states it names. Where `needs_note`,
    words go with it too, and where `names_unit`, a unit. Where `if_overruling`, a choice goes with the move only if it
    leaves the case elsewhere than suggested, which is not known here. `holder` says in whose hands the case is
    afterwards, and `calling` what it means for whoever waits for a call. A move that is not `asked` has no button: it
    comes with another act.
    """

    code: str
    paths: Mapping[State, State]
    roles: frozenset[Role] = CARE_ROLES
    choices: Mapping[str, frozenset[State]] = field(default_factory=dict)
    side: Side = "owner"
    holder: Literal["same", "mover", "nobody"] = "same"
    needs_note: bool = False
    names_unit: bool = False
    if_overruling: bool = False
    calling: Calling = "same"
    asked: bool = True

    def choices_from(self, state: State) -> tuple[str, ...]:
        """The codes that can go with the move from `state`, in the order they are offered."""
        return tuple(code for code, states in self.choices.items() if state in states)


def _staying(*leading: tuple[State, State]) -> Mapping[State, State]:
    """Paths that lead nowhere else for a case in hand, apart from those given."""
    return {state: state for state in State if state in IN_HAND} | dict(leading)


MOVES: Mapping[str, Move] = {
    move.code: move
    for move in (
        Move("open", {State.RECEIVED: State.READ}, asked=False),
        Move("claim", dict.fromkeys(UNCLAIMED, State.CLAIMED), holder="mover", calling="begins"),
        Move("take_over", _staying(), roles=frozenset({Role.CLINICIAN, Role.COORDINATOR}), holder="mover"),
        Move(
            "try",
            _staying((State.CLAIMED, State.TRIED)),
            choices=dict.fromkeys(
                ("no_answer", "message_left", "message_sent", "letter_sent", "wrong_number"), IN_HAND
            ),
            calling="made",
        ),
        Move(
            "reach",
            _staying(*((state, State.IN_CONTACT) for state in _FIRST_STEPS)),
            choices=dict.fromkeys(("visit_booked", "call_again", "talked"), IN_HAND),
            calling="made",
        ),
        Move(
            "assess",
            dict.fromkeys(_UNDECIDED - {State.ROUTED}, State.ASSESSED),
            choices=dict.fromkeys(("risk_zone", "risk_use", "dependence", "not_clear"), _UNDECIDED),
        ),
        Move(
            "accept",
            dict.fromkeys(_UNDECIDED, State.ACCEPTED),
            choices=dict.fromkeys(_WHY_OTHERWISE, _UNDECIDED),
            holder="mover",
            if_overruling=True,
        ),
        Move(
            "route",
            dict.fromkeys(IN_HAND, State.ROUTED),
            choices=dict.fromkeys(_WHY_OTHERWISE, IN_HAND),
            names_unit=True,
        ),
        Move("hand_over", {State.ROUTED: State.HANDED_OVER}),
        Move("recall", {State.HANDED_OVER: State.ROUTED}),
        Move("come_back", {State.HANDED_OVER: State.RETURNED}, calling="again", asked=False),
        Move("acknowledge", {State.HANDED_OVER: State.ACCEPTED}, side="receiver", holder="mover"),
        Move("return", {State.HANDED_OVER: State.RETURNED}, side="receiver", needs_note=True, calling="again"),
        Move(
            "decline",
            {State.HANDED_OVER: State.DECLINED},
            choices=dict.fromkeys(
                ("wrong_age", "wrong_area", "full", "other_care", "other_reason"), frozenset({State.HANDED_OVER})
            ),
            side="receiver",
            calling="again",
        ),
        Move(
            "close",
            dict.fromkeys(IN_HAND | {State.READ, State.REOPENED}, State.CLOSED),
            choices={
                "accepted": IN_HAND,
                "guided": IN_HAND,
                "referred": IN_HAND,
                "advice": IN_HAND,
                "declined": IN_HAND,
                "not_reached": IN_HAND - {State.CLAIMED},
                "duplicate": IN_HAND | {State.READ, State.REOPENED},
                "not_a_request": IN_HAND | {State.READ, State.REOPENED},
            },
        ),
        Move(
            "reopen",
            {State.CLOSED: State.REOPENED},
            choices=dict.fromkeys(("came_back", "new_facts", "closed_by_mistake"), frozenset({State.CLOSED})),
            holder="nobody",
        ),
        # Inside another case, until that is undone: then it is back where it was, which no table can say beforehand.
        Move("join", dict.fromkeys(OPEN_STATES - {State.HANDED_OVER}, State.JOINED), asked=False),
        # Made by nobody here: it comes with the person's own word, by the code on their receipt.
        Move("withdraw", dict.fromkeys(OPEN_STATES, State.CLOSED), roles=frozenset(), asked=False),
    )
}


def can_move(code: str, state: State, role: Role, sides: Collection[Side] = OWNER) -> bool:
    """Tell whether `role` can make the move from `state`, on these sides; what it requires is asked for afterwards."""
    move = MOVES.get(code)
    return move is not None and state in move.paths and role in move.roles and move.side in sides


def check_move(code: str, state: State, role: Role, choice: str = "", sides: Collection[Side] = OWNER) -> Move:
    """Return the move, or raise: Forbidden when the role never may, NotAllowedNow when it does not exist from here.

    NotAllowedNow is raised too when `choice` is not one of those the move requires from this state.
    """
    move = MOVES.get(code)
    if move is None or state not in move.paths or move.side not in sides:
        raise NotAllowedNow(f"no such move from {state}")
    if role not in move.roles:
        raise Forbidden(f"{role} does not make this move")
    silent = ("",) if move.if_overruling or not move.choices else ()
    if choice not in (*move.choices_from(state), *silent):
        raise NotAllowedNow(f"{code} does not go with that choice")
    return move


def moves_from(state: State, role: Role, sides: Collection[Side] = OWNER) -> tuple[Move, ...]:
    """The moves `role` is offered in `state`, on these sides, in the order of the table."""
    return tuple(move for move in MOVES.values() if move.asked and can_move(move.code, state, role, sides))


def may_give_up(days: Collection[date], role: Role) -> bool:
    """Tell whether a person may be called not reached after tries on these days; one day counts once."""
    return role is Role.COORDINATOR or len(set(days)) >= TRIES_BEFORE_GIVING_UP
