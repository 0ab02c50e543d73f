"""Who works here, and what each of them may ask for."""

from collections.abc import Mapping
from enum import StrEnum


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
    KEEP_CONSENT = "keep_consent"
    ASK_OTHERS = "ask_others"
    ASSIST = "assist"
    MANAGE_LINKS = "manage_links"
    JOIN_CASES = "join_cases"
    READ_ANSWERS = "read_answers"
    READ_OVERRIDES = "read_overrides"
    READ_LANGUAGES = "read_languages"
    REMOVE_THIRD_PARTY = "remove_third_party"
    READ_ALARMS = "read_alarms"
    HANDLE_ALARM = "handle_alarm"
    READ_AUDIT = "read_audit"


EVERYBODY = frozenset({Permission.SIGN_IN})
PASSWORD_ONLY = EVERYBODY | {Permission.PROVE_SECOND_FACTOR}
NEWCOMER = EVERYBODY | {Permission.ENROL}
"""With a password but no second factor yet: the first sign-in sets it up, and reaches nothing else before."""
SIGNED_IN = EVERYBODY | {Permission.OWN_ACCOUNT, Permission.READ_LANGUAGES}

_CARE = SIGNED_IN | {
    Permission.READ_QUEUE,
    Permission.READ_CASE,
    Permission.MOVE_CASE,
    Permission.WRITE_NOTE,
    Permission.KEEP_CONSENT,
    Permission.ASK_OTHERS,
    Permission.ASSIST,
    Permission.JOIN_CASES,
}
_TREATMENT = _CARE | {Permission.READ_ANSWERS, Permission.REMOVE_THIRD_PARTY}
"""Reads each answer to a test too, and what the definitions keep for clinicians. Coordinators do, since they take cases
over and prepare with the person what the next unit has to know; reception finds the way with sums, bands and flags."""
_WATCH = frozenset({Permission.READ_ALARMS, Permission.HANDLE_ALARM})
"""Coordinators act on what waits too long, administrators on what is broken; neither sees more of a case by it."""
ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.RECEPTION: _CARE,
    Role.CLINICIAN: _TREATMENT,
    Role.COORDINATOR: _TREATMENT | _WATCH | {Permission.MANAGE_LINKS, Permission.READ_OVERRIDES},
    Role.AUDITOR: SIGNED_IN | {Permission.READ_AUDIT},
    Role.ADMIN: SIGNED_IN | _WATCH,
}
CARE_ROLES = frozenset({Role.RECEPTION, Role.CLINICIAN, Role.COORDINATOR})


def permissions(role: Role) -> frozenset[Permission]:
    """What a fully signed-in person of `role` may ask for."""
    return ROLE_PERMISSIONS[role]
