"""The work on a case: who may do what, from which state, and what it takes. All of it pure, all of it tables.

`roles` says who may ask for which page, `table` which moves there are between states, `errands` what one unit can ask
of another, `calls` since when somebody waits to be called, and `diagram` draws the table.
"""

from intake.triage.calls import Calling, Calls
from intake.triage.errands import ERRANDS, Errand
from intake.triage.roles import (
    CARE_ROLES,
    EVERYBODY,
    NEWCOMER,
    PASSWORD_ONLY,
    SIGNED_IN,
    Permission,
    Role,
    permissions,
)
from intake.triage.table import (
    IN_HAND,
    MOVES,
    OPEN_STATES,
    UNCLAIMED,
    Move,
    Side,
    State,
    can_move,
    check_move,
    may_give_up,
    moves_from,
)

__all__ = [
    "CARE_ROLES",
    "ERRANDS",
    "EVERYBODY",
    "IN_HAND",
    "MOVES",
    "NEWCOMER",
    "OPEN_STATES",
    "PASSWORD_ONLY",
    "SIGNED_IN",
    "UNCLAIMED",
    "Calling",
    "Calls",
    "Errand",
    "Move",
    "Permission",
    "Role",
    "Side",
    "State",
    "can_move",
    "check_move",
    "may_give_up",
    "moves_from",
    "permissions",
]
