"""Spot checks on the audit log: what was drawn, and what an auditor found (HSLF-FS 2016:40, 4 kap. 9 §)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from intake import clock
from intake.audit.entry import Row
from intake.audit.sample import Drawable, Sample
from intake.audit.vocabulary import NOT_PEOPLE
from intake.errors import NotFound
from intake.records.audit_models import AuditEntry, AuditReview, AuditReviewItem
from intake.records.box import Box, Encrypted
from intake.records.database import rows_changed
from intake.records.ids import new_id
from intake.records.models import User
from intake.records.queries.audit import AT_A_TIME
from intake.records.queries.audit_search import Found, end_of, first_since, found

MOST_REVIEWS = 50


@dataclass(frozen=True)
class Period:
    """From one day to another, both included, as they are written; and the instants that means, since ≤ at < until."""

    first_day: str
    last_day: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class NewReview:
    """A spot check to be kept: who drew what `kind` from which period, with which seed."""

    drawn_by: str
    kind: str
    seed: str
    period: Period


@dataclass(frozen=True)
class Review:
    """A spot check: who drew it, how much was drawn, and how much of that was looked at."""

    id: str
    kind: str
    seed: str
    first_day: str
    last_day: str
    drawn_at: datetime
    drawn_by: str
    population: int
    size: int
    marked: int


@dataclass(frozen=True)
class Item:
    """One thing drawn, with its entry; `note` is ciphertext: `box.open(Encrypted.REVIEW_NOTE, item.row, item.note)`."""

    found: Found
    review: str
    number: int
    entries: int
    verdict: str | None
    note: bytes | None
    marked_at: datetime | None
    marked_by: str | None

    @property
    def row(self) -> str:
        """The id of this row, to which its note is bound."""
        return item_row(self.review, self.number)


def item_row(review: str, number: int) -> str:
    """The id of an item's row: the review and the number within it."""
    return f"{review}/{number}"


def entries_in(session: Session, period: Period) -> Iterator[Drawable]:
    """Everything a person did with cases in the period, each entry by itself."""
    for (seq,) in _stream(session, select(AuditEntry.seq).where(*_with_cases(session, period))):
        yield Drawable(seq, 1)


def days_in(session: Session, period: Period) -> Iterator[Drawable]:
    """Each day of each person who did something with cases in the period, as one."""
    day: Any = select(func.min(AuditEntry.seq), func.count()).where(*_with_cases(session, period))
    for seq, entries in _stream(session, day.group_by(AuditEntry.actor, AuditEntry.day)):
        yield Drawable(seq, entries)


def add(session: Session, new: NewReview, sample: Sample) -> str:
    """Keep a spot check with what was drawn, and return its id."""
    review = {
        "id": new_id(),
        "drawn_at": clock.now(),
        "drawn_by": new.drawn_by,
        "kind": new.kind,
        "seed": new.seed,
        "first_day": new.period.first_day,
        "last_day": new.period.last_day,
        "population": sample.population,
    }
    session.execute(insert(AuditReview), review)
    items = [each._asdict() | {"number": number} for number, each in enumerate(sample.drawn, start=1)]
    session.execute(insert(AuditReviewItem), [each | {"review_id": review["id"]} for each in items])
    return str(review["id"])


def reviews(session: Session) -> list[Review]:
    """The latest spot checks, newest first."""
    newest = _reviews().order_by(AuditReview.drawn_at.desc(), AuditReview.id).limit(MOST_REVIEWS)
    return [Review(*row) for row in session.execute(newest)]


def review(session: Session, review_id: str) -> Review:
    """One spot check; NotFound if there is none such."""
    row = session.execute(_reviews().where(AuditReview.id == review_id)).one_or_none()
    if row is None:
        raise NotFound("no such spot check")
    return Review(*row)


def items(session: Session, review_id: str) -> list[Item]:
    """What was drawn, in the order of the log."""
    auditor = aliased(User)
    columns = (
        AuditReviewItem.review_id,
        AuditReviewItem.number,
        AuditReviewItem.entries,
        AuditReviewItem.verdict,
        AuditReviewItem.note,
        AuditReviewItem.marked_at,
        auditor.name,
    )
    statement = (
        found()
        .join(AuditReviewItem, AuditReviewItem.seq == AuditEntry.seq)
        .outerjoin(auditor, auditor.id == AuditReviewItem.marked_by)
        .add_columns(*columns)
        .where(AuditReviewItem.review_id == review_id)
        .order_by(AuditReviewItem.number)
    )
    end = len(Row._fields)
    return [Item(Found(Row(*row[:end]), row[end], row[end + 1]), *row[end + 2 :]) for row in session.execute(statement)]


@dataclass(frozen=True)
class Mark:
    """What an auditor found: `verdict` is `fine` or `look`; an empty note is none."""

    verdict: str
    note: str
    by: str


def mark(session: Session, box: Box, place: tuple[str, int], mark: Mark) -> None:
    """Keep what was found of the item at `place`, a review and a number; NotFound if there is none such."""
    review_id, number = place
    note = box.close(Encrypted.REVIEW_NOTE, item_row(review_id, number), mark.note) if mark.note else None
    values = {"verdict": mark.verdict, "note": note, "marked_by": mark.by, "marked_at": clock.now()}
    item = update(AuditReviewItem).where(AuditReviewItem.review_id == review_id, AuditReviewItem.number == number)
    if rows_changed(session, item.values(values)) != 1:
        raise NotFound("nothing such was drawn")


def _with_cases(session: Session, period: Period) -> list[Any]:
    """What people did with cases in the period, or tried to; what the service did by itself is left out."""
    return [
        AuditEntry.seq >= first_since(session, period.since),
        AuditEntry.seq < end_of(session, period.until),
        AuditEntry.at >= period.since,
        AuditEntry.at < period.until,
        AuditEntry.actor.not_in(NOT_PEOPLE),
        AuditEntry.case_id.is_not(None) | (AuditEntry.shown != ""),
    ]


def _stream(session: Session, statement: Select[Any]) -> Iterator[Any]:
    with session.execute(statement.execution_options(yield_per=AT_A_TIME)) as result:
        yield from result


def _reviews() -> Select[Any]:
    drawn = select(func.count()).where(AuditReviewItem.review_id == AuditReview.id)
    columns = (AuditReview.id, AuditReview.kind, AuditReview.seed, AuditReview.first_day, AuditReview.last_day)
    return select(
        *columns,
        AuditReview.drawn_at,
        User.name,
        AuditReview.population,
        drawn.scalar_subquery(),
        drawn.where(AuditReviewItem.verdict.is_not(None)).scalar_subquery(),
    ).join(User, User.id == AuditReview.drawn_by)
