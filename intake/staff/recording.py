"""What is recorded of a request: begun by the guard, completed by the page, kept before anything is answered.

A page that changes something has its entry in the transaction of the change (`web.before_commit`). A page that only
reads has one in a transaction of its own, after it was made and before it is sent. What was refused or went wrong has
one in a transaction of its own too, so that taking back what the request did does not take back that it was tried.
Where the entry cannot be written, nothing is answered but that: NotRecorded, which is a 503.

Of somebody who is not signed in nothing is recorded but attempts to be: such a request shows nothing of anybody, and
whoever wants could fill the log with them.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus

from flask import g, make_response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from intake.audit.entry import ID, Entry
from intake.audit.vocabulary import NOBODY, Result
from intake.errors import Forbidden, NotFound, NotRecorded, SealError
from intake.records.ids import new_id
from intake.records.models import Case
from intake.records.queries import accounts, audit
from intake.staff.account import Account
from intake.staff.keys import box
from intake.web import parts

NOWHERE = (NotRecorded, OperationalError, InterfaceError, PoolTimeout)
REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)


@dataclass
class Record:
    """The entry of this request, as far as it is known; without an `actor` none is written."""

    action: str
    request_id: str
    actor: str | None = None
    role: str = ""
    units: tuple[str, ...] = ()
    case_id: str | None = None
    codes: tuple[str, ...] = ()
    rows: int | None = None
    shown: tuple[str, ...] = ()
    written: bool = False


def begin(action: str, account: Account | None) -> None:
    """Begin the record of this request; a case that its address names is in it."""
    case_id = (request.view_args or {}).get("case_id", "")
    g.record = Record(action, new_id(), case_id=case_id if ID.fullmatch(case_id) else None)
    if account:
        g.record.actor, g.record.role, g.record.units = account.id, account.role, account.units


def attempt(records: Session, username: str) -> None:
    """Say in whose name somebody tries to sign in. What was typed is not kept: it may be a password."""
    user = accounts.user_by_name(records, username) if username.isprintable() else None
    g.record.actor, g.record.role = (user.id, user.role) if user else (NOBODY, "")
    g.record.units = accounts.units_of(records, user.id) if user else ()


def about(case: Case) -> None:
    """Say which case the page is about, and so in which unit it is read or changed."""
    g.record.case_id, g.record.units = case.id, (case.unit,)


def asked(*codes: str) -> None:
    """Say in codes what was asked for: a move with its choice, filters with their values. Never a text."""
    g.record.codes = tuple(code for code in codes if code)


def listed(case_ids: Sequence[str]) -> None:
    """Say which cases a list showed something of."""
    g.record.rows, g.record.shown = len(case_ids), tuple(case_ids)


def beside(case_ids: Sequence[str]) -> None:
    """Say which other cases stood on the page of one; where there were none, the entry is about that case alone."""
    g.record.rows, g.record.shown = len(case_ids) or None, tuple(case_ids)


def searched(case_id: str | None, codes: Sequence[str], rows: int) -> None:
    """Say what was looked for in a list that shows nothing of any case: perhaps one case, and codes; and its rows."""
    g.record.case_id, g.record.rows = case_id, rows
    asked(*codes)


@contextmanager
def writing() -> Iterator[Session]:
    """A transaction beside the page's own for something it does before it is made; the request's entry goes with it."""
    with parts().database.writing() as records, records.begin():
        yield records
        _note(records, Result.DONE)
    g.record.written = True


def within(records: Session, answer: ResponseReturnValue) -> None:
    """Write the request's entry in the transaction in which it changed something, just before that is committed."""
    _note(records, result_of(answer))
    g.record.written = True


def after(answer: ResponseReturnValue) -> None:
    """Write the request's entry in a transaction of its own, unless it is written."""
    if not g.record.written:
        _alone(result_of(answer))


def refused() -> None:
    """Write that the request was not allowed."""
    _alone(Result.DENIED)


def failed(error: BaseException) -> None:
    """Write how the request ended that raised `error`; what it did was taken back.

    Where the database itself does not answer, nothing was shown or changed, and there is nowhere to write it.
    """
    if not isinstance(error, NOWHERE):
        _alone(_result_of_error(error))


def result_of(answer: ResponseReturnValue) -> Result:
    """How a request ended that has this answer."""
    return Result.DONE if isinstance(answer, str) else _result_of_status(make_response(answer).status_code)


def _result_of_error(error: BaseException) -> Result:
    if isinstance(error, HTTPException):
        return _result_of_status(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    return Result.DENIED if isinstance(error, NotFound | Forbidden) else Result.FAILED


def _result_of_status(status: int) -> Result:
    if status in REFUSED:
        return Result.DENIED
    return Result.DONE if status < HTTPStatus.BAD_REQUEST else Result.FAILED


def _alone(result: Result) -> None:
    if g.record.actor is None:
        return
    try:
        with parts().database.writing() as records, records.begin():
            _note(records, result)
    except SQLAlchemyError as error:
        raise NotRecorded(type(error).__name__) from error
    g.record.written = True


def _note(records: Session, result: Result) -> None:
    said: Record = g.record
    if said.actor is None:
        return
    entry = Entry(
        action=said.action,
        actor=said.actor,
        result=result,
        role=said.role,
        units=said.units,
        case_id=said.case_id,
        codes=said.codes,
        rows=said.rows,
        shown=said.shown,
        request_id=said.request_id,
    )
    try:
        audit.note(records, box(), entry)
    except (SQLAlchemyError, SealError) as error:
        raise NotRecorded(type(error).__name__) from error
