"""States of a case and the moves between them: one table, from which buttons, checks and the timeline follow.

Screening never decides. A move is always made by a person, and this table says who may make it, from where to where,
and what has to be said with it. Nothing here knows a database, a request or a clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from intake.errors import Forbidden, NotAllowedNow


class State(StrEnum):
    """Where a case stands, in the order it usually happens."""

    RECEIVED = "received"
    READ = "read"
    CLAIMED = "claimed"
    TRIED = "tried"
    IN_CONTACT = "in_contact"
    REOPENED = "reopened"
    CLOSED = "closed"


class Role(StrEnum):
    """What somebody is employed to do. A person has one role, in one or more units."""

    RECEPTION = "reception"
    CLINICIAN = "clinician"
    COORDINATOR = "coordinator"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Permission(StrEnum):
    """What a page of the staff side can ask for; every page asks for exactly one."""

    SIGN_IN = "sign_in"
    ENROL = "enrol"
    PROVE_SECOND_FACTOR = "prove_second_factor"
    OWN_ACCOUNT = "own_account"
    READ_QUEUE = "read_queue"
    READ_CASE = "read_case"
    MOVE_CASE = "move_case"
    WRITE_NOTE = "write_note"
    REMOVE_THIRD_PARTY = "remove_third_party"


EVERYBODY = frozenset({Permission.SIGN_IN})
PASSWORD_ONLY = EVERYBODY | {Permission.PROVE_SECOND_FACTOR}
NEWCOMER = EVERYBODY | {Permission.ENROL}
"""With a password but no second factor yet: the first sign-in sets it up, and reaches nothing else before."""
SIGNED_IN = EVERYBODY | {Permission.OWN_ACCOUNT}

_CARE = SIGNED_IN | {
    Permission.READ_QUEUE,
    Permission.READ_CASE,
    Permission.MOVE_CASE,
    Permission.WRITE_NOTE,
}
ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.RECEPTION: _CARE,
    Role.CLINICIAN: _CARE | {Permission.REMOVE_THIRD_PARTY},
    Role.COORDINATOR: _CARE | {Permission.REMOVE_THIRD_PARTY},
    Role.AUDITOR: SIGNED_IN,
    Role.ADMIN: SIGNED_IN,
}

OPEN_STATES = frozenset(State) - {State.CLOSED}
UNCLAIMED = frozenset({State.RECEIVED, State.READ, State.REOPENED})
IN_HAND = frozenset({State.CLAIMED, State.TRIED, State.IN_CONTACT})
CARE_ROLES = frozenset({Role.RECEPTION, Role.CLINICIAN, Role.COORDINATOR})


@dataclass(frozen=True)
class Move:
    """One thing staff can do to a case.

    `paths` maps each state it can be made from to the state it leads to. `choices` is empty where nothing more has to
    be said; otherwise exactly one of its codes goes with the move, each from the states it names. `holder` says in
    whose hands the case is afterwards. A move that is not `asked` has no button: it comes with another act.
    """

    code: str
    paths: Mapping[State, State]
    roles: frozenset[Role] = CARE_ROLES
    choices: Mapping[str, frozenset[State]] = field(default_factory=dict)
    holder: Literal["same", "mover", "nobody"] = "same"
    asked: bool = True

    def choices_from(self, state: State) -> tuple[str, ...]:
        """The codes that can go with the move from `state`, in the order they are offered."""
        return tuple(code for code, states in self.choices.items() if state in states)


MOVES: Mapping[str, Move] = {
    move.code: move
    for move in (
        Move("open", {State.RECEIVED: State.READ}, asked=False),
        Move("claim", dict.fromkeys(UNCLAIMED, State.CLAIMED), holder="mover"),
        Move(
            "take_over",
            {state: state for state in IN_HAND},
            roles=frozenset({Role.CLINICIAN, Role.COORDINATOR}),
            holder="mover",
        ),
        Move(
            "try",
            dict.fromkeys((State.CLAIMED, State.TRIED), State.TRIED) | {State.IN_CONTACT: State.IN_CONTACT},
            choices=dict.fromkeys(
                ("no_answer", "message_left", "message_sent", "letter_sent", "wrong_number"), IN_HAND
            ),
        ),
        Move(
            "reach",
            dict.fromkeys(IN_HAND, State.IN_CONTACT),
            choices=dict.fromkeys(("visit_booked", "call_again", "talked"), IN_HAND),
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
                "not_reached": frozenset({State.TRIED}),
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
    )
}


def permissions(role: Role) -> frozenset[Permission]:
    """What a fully signed-in person of `role` may ask for."""
    return ROLE_PERMISSIONS[role]


def can_move(code: str, state: State, role: Role) -> bool:
    """Tell whether `role` can make the move from `state`; what it requires is asked for afterwards."""
    move = MOVES.get(code)
    return move is not None and state in move.paths and role in move.roles


def check_move(code: str, state: State, role: Role, choice: str = "") -> Move:
    """Return the move, or raise: Forbidden when the role never may, NotAllowedNow when it does not exist from here.

    NotAllowedNow is raised too when `choice` is not one of those the move requires from this state.
    """
    move = MOVES.get(code)
    if move is None or state not in move.paths:
        raise NotAllowedNow(f"no such move from {state}")
    if role not in move.roles:
        raise Forbidden(f"{role} does not make this move")
    if choice not in (move.choices_from(state) if move.choices else ("",)):
        raise NotAllowedNow(f"{code} does not go with that choice")
    return move


def moves_from(state: State, role: Role) -> tuple[Move, ...]:
    """The moves `role` is offered in `state`, in the order of the table."""
    return tuple(move for move in MOVES.values() if move.asked and can_move(move.code, state, role))
