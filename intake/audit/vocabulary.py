"""The words of the audit log: what can be done, by whom, and how it ended. Their names for people are in staff.po.

A page that names no action of this list is recorded under its endpoint's name; a code once written stays for years,
so codes are never renamed and never used again for something else.
"""

from enum import StrEnum


class Action(StrEnum):
    """What was done."""

    BEGIN = "audit.begin"
    DAY = "audit.day"
    DROP = "audit.drop"
    SEARCH = "audit.search"
    DRAW = "audit.draw"
    REVIEWS = "audit.reviews"
    REVIEW = "audit.review"
    MARK = "audit.mark"
    PROTOCOL = "audit.protocol"
    QUEUE = "queue.read"
    CASE = "case.read"
    MOVE = "case.move"
    NOTE = "case.note"
    KEEP_LAW = "keep_law"
    APPROVE_GROUND = "approve_ground"
    RECEIVE = "case.receive"
    SIGN_IN = "sign_in.page"
    PASSWORD = "sign_in.password"  # noqa: S105  # the code of an act, no password
    CODE_PAGE = "sign_in.code_page"
    CODE = "sign_in.code"
    ENROL = "enrol.page"
    ENROL_PICTURE = "enrol.picture"
    ENROL_CONFIRM = "enrol.confirm"
    SIGN_OUT = "sign_out"
    ACCOUNT = "account.read"
    LANGUAGE = "account.language"
    REPLAY = "routes.replay"
    USER_ADD = "user.add"
    USER_LIST = "user.list"
    USER_MOVE = "user.move"
    USER_EMAIL = "user.set_email"
    USER_DISABLE = "user.disable"
    USER_PASSWORD = "user.set_password"  # noqa: S105  # as above
    USER_SECOND_FACTOR = "user.reset_second_factor"
    USER_ENROL = "user.enrol"


class Result(StrEnum):
    """How it ended: it was done, it was not allowed, or it did not work."""

    DONE = "done"
    DENIED = "denied"
    FAILED = "failed"


NOBODY = "nobody"
"""Somebody who is not known here, such as whoever tries a name that nobody has."""
COMMAND = "command"
"""Whoever runs the service, on its command line."""
WORKER = "worker"
"""The service itself."""
NOT_PEOPLE = (COMMAND, WORKER, NOBODY)
