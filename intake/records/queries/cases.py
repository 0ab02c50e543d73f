"""One case at a time: find it where one may, change it without losing anybody's change, tell what happened to it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.errors import Conflict, NotFound
from intake.records.box import Box, Encrypted
from intake.records.cooperation_models import Place
from intake.records.database import rows_changed
from intake.records.ids import new_reference
from intake.records.models import Case, CaseEvent, User
from intake.triage import Calling, Calls


@dataclass(frozen=True)
class Desk:
    """Where somebody works: in these units, for one principal. It has in front of it what lies in their places."""

    units: tuple[str, ...]
    principal: str


@dataclass(frozen=True)
class Event:
    """Something to write on a timeline: a `kind`, who did it (a user's id, None for the system), what was said.

    It happened now unless `at` says when.
    """

    kind: str
    actor: str | None = None
    detail: Mapping[str, object] | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class TimelineEntry:
    """One line of a timeline. `detail` is ciphertext: `box.open(Encrypted.DETAIL, entry.row, entry.detail)`."""

    case_id: str
    number: int
    at: datetime
    kind: str
    actor: str | None
    detail: bytes | None
    actor_name: str | None

    @property
    def row(self) -> str:
        """The id of this row, to which its detail is bound."""
        return event_row(self.case_id, self.number)


def event_row(case_id: str, number: int) -> str:
    """The id of a timeline's row: the case and the number within it."""
    return f"{case_id}/{number}"


def add(session: Session, case: Case) -> None:
    """Store a new case, under a reference that no other case has."""
    case.reference = _free_reference(session)
    session.add(case)
    session.flush()


def case_at(session: Session, case_id: str, desk: Desk) -> Case | None:
    """The case, if it has a place at `desk`; for everybody else it does not exist."""
    return session.scalar(select(Case).where(Case.id.in_(_placed(desk).where(Place.case_id == case_id))))


def parts_at(session: Session, case_id: str, desk: Desk) -> frozenset[str]:
    """What the case is to `desk`: `owner`, `colleague`, or the errands by which it came there."""
    return frozenset(session.scalars(_placed(desk).with_only_columns(Place.part).where(Place.case_id == case_id)))


def change_state(session: Session, case: Case, expected_version: int, state: str, calling: Calling = "same") -> None:
    """Move the case to `state`; raise Conflict if it is no longer at `expected_version`.

    `calling` is what the move means for whoever waits for a call.
    """
    now = clock.now()
    calls = Calls(case.untried_since, case.tried_at).after(calling, now)
    change(session, case, expected_version, {"state": state, "state_at": now, **asdict(calls)})


def claim(session: Session, case: Case, expected_version: int, user_id: str) -> None:
    """Give the case to a user, whoever held it; raise Conflict if it is no longer at `expected_version`."""
    change(session, case, expected_version, {"claimed_by": user_id})


def give_to(session: Session, case: Case, expected_version: int, unit: str, principal: str) -> None:
    """Let the case belong to another unit, and nobody hold it; the database refuses when no ground names it."""
    change(session, case, expected_version, {"unit": unit, "principal": principal, "claimed_by": None})


def release(session: Session, case: Case, expected_version: int) -> None:
    """Let nobody hold the case; raise Conflict if it is no longer at `expected_version`."""
    change(session, case, expected_version, {"claimed_by": None})


def change_contact(session: Session, case: Case, expected_version: int, contact: bytes) -> None:
    """Replace how the person is reached; raise Conflict if the case is no longer at `expected_version`."""
    change(session, case, expected_version, {"contact": contact})


def clear_summary(session: Session, case: Case, expected_version: int, summary: bytes) -> None:
    """Let the queue show no more than `summary`; raise Conflict if the case is no longer at `expected_version`."""
    change(session, case, expected_version, {"summary": summary})


def add_event(session: Session, box: Box, case_id: str, event: Event) -> int:
    """Write the next line of the timeline and return its number; raise NotFound if there is no such case."""
    counted = update(Case).where(Case.id == case_id).values(events=Case.events + 1).returning(Case.events)
    number = session.scalar(counted, execution_options={"synchronize_session": False})
    if number is None:
        raise NotFound("no such case")
    row = event_row(case_id, number)
    detail = None if event.detail is None else box.close(Encrypted.DETAIL, row, event.detail)
    at = event.at or clock.now()
    session.add(CaseEvent(case_id=case_id, number=number, at=at, actor=event.actor, kind=event.kind, detail=detail))
    session.flush()
    return number


def events_of(session: Session, case_id: str) -> list[TimelineEntry]:
    """The timeline in the order things happened, with the names of those who acted."""
    statement = (
        select(
            CaseEvent.case_id,
            CaseEvent.number,
            CaseEvent.at,
            CaseEvent.kind,
            CaseEvent.actor,
            CaseEvent.detail,
            User.name,
        )
        .outerjoin(User, User.id == CaseEvent.actor)
        .where(CaseEvent.case_id == case_id)
        .order_by(CaseEvent.number)
    )
    return [TimelineEntry(*row) for row in session.execute(statement)]


def days_of(session: Session, case_id: str, kind: str) -> set[date]:
    """The days (UTC) on which events of this kind happened to the case since it was last opened anew."""
    reopened = select(func.max(CaseEvent.number)).where(CaseEvent.case_id == case_id, CaseEvent.kind == "reopen")
    since = func.coalesce(reopened.scalar_subquery(), 0)
    found = select(CaseEvent.at).where(CaseEvent.case_id == case_id, CaseEvent.kind == kind, CaseEvent.number > since)
    return {at.date() for at in session.scalars(found)}


def _placed(desk: Desk) -> Select[str]:
    return select(Place.case_id).where(Place.unit.in_(desk.units), Place.principal == desk.principal)


def change(session: Session, case: Case, expected_version: int, values: Mapping[str, object]) -> None:
    """Give columns of the case new values, and it a new version; raise Conflict if it is not at `expected_version`."""
    statement = (
        update(Case)
        .where(Case.id == case.id, Case.version == expected_version)
        .values(version=Case.version + 1, **values)
    )
    if rows_changed(session, statement) != 1:
        raise Conflict("the case was changed by somebody else")
    session.refresh(case, ["version", *values])


def _free_reference(session: Session) -> str:
    while True:
        reference = new_reference()
        if session.scalar(select(Case.id).where(Case.reference == reference)) is None:
            return reference
