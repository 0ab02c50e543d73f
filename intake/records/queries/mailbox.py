"""Letters between a person and the clinic: each numbered within its mailbox, none stored twice, none without bound."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum, auto
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.records.database import insert_into, rows_changed
from intake.records.mailbox_models import Letter, Mailbox
from intake.records.models import Case, User
from intake.triage import State


class Posted(Enum):
    """What became of a letter: stored now, stored before, refused because too much waits, or nobody takes it."""

    STORED = auto()
    KNOWN = auto()
    FULL = auto()
    WITHDRAWN = auto()


@dataclass(frozen=True)
class FromPerson:
    """A letter from a person: sealed to the clinic, and once more to their own mailbox where they may read it."""

    id: str
    inbox_id: str
    sealed: bytes
    for_person: bytes | None


@dataclass(frozen=True)
class FromClinic:
    """A letter from a colleague (a user's id): `content` is for staff, `for_person` sealed to the mailbox."""

    id: str
    inbox_id: str
    author: str
    content: bytes
    for_person: bytes


@dataclass(frozen=True)
class Waiting:
    """A letter that waits to be opened, and the case it belongs to."""

    id: str
    inbox_id: str
    case_id: str
    sealed: bytes


@dataclass(frozen=True)
class Line:
    """A letter as it lies in the mailbox; `content` is ciphertext for staff, `for_person` for who brings the code."""

    id: str
    number: int
    sender: str
    written_hour: datetime
    content: bytes | None
    for_person: bytes | None
    failed: str | None
    author_name: str | None


@dataclass(frozen=True)
class Post:
    """What staff see of a mailbox at a glance."""

    unread: int
    withdrawn: bool


NOTHING = Post(0, withdrawn=False)


def post(session: Session, letter: FromPerson, most_unread: int) -> Posted:
    """Store a letter from a person, once, unless `most_unread` already wait to be read."""
    mailbox = _locked(session, letter.inbox_id)
    if mailbox.withdrawn_at is not None:
        return Posted.WITHDRAWN
    if session.get(Letter, letter.id) is not None:
        return Posted.KNOWN
    if mailbox.unread >= most_unread:
        return Posted.FULL
    mailbox.unread += 1
    return _add(session, mailbox, letter)


def withdraw(session: Session, letter: FromPerson) -> Posted:
    """Let the receipt code open nothing any more, and tell the clinic by `letter`; a second time changes nothing."""
    mailbox = _locked(session, letter.inbox_id)
    if mailbox.withdrawn_at is not None:
        return Posted.WITHDRAWN
    mailbox.withdrawn_at = clock.now()
    mailbox.unread += 1
    return _add(session, mailbox, letter)


def answer(session: Session, letter: FromClinic) -> Posted:
    """Store a letter from the clinic, once; nobody would read it after the person withdrew."""
    mailbox = _locked(session, letter.inbox_id)
    if mailbox.withdrawn_at is not None:
        return Posted.WITHDRAWN
    if session.get(Letter, letter.id) is not None:
        return Posted.KNOWN
    return _add(session, mailbox, letter)


def letters_of(session: Session, inbox_id: str, limit: int) -> list[Line]:
    """The latest `limit` letters of a mailbox, oldest first."""
    columns: list[Any] = [getattr(Letter, field.name) for field in fields(Line) if field.name != "author_name"]
    columns += [User.name]
    statement = (
        select(*columns)
        .outerjoin(User, User.id == Letter.author)
        .where(Letter.inbox_id == inbox_id)
        .order_by(Letter.number.desc())
        .limit(limit)
    )
    return [Line(*row) for row in session.execute(statement)][::-1]


def mark_read(session: Session, inbox_id: str, up_to: int) -> int:
    """Let the letters up to number `up_to` be read; return how many of them were new. One that came since stays new."""
    mailbox = _locked(session, inbox_id)
    later = select(func.count()).where(Letter.inbox_id == inbox_id, Letter.sender == "person", Letter.number > up_to)
    read = max(mailbox.unread - session.scalars(later).one(), 0)
    mailbox.unread -= read
    session.flush()
    return read


def unopened(session: Session, limit: int) -> list[Waiting]:
    """At most `limit` letters to cases that wait to be opened, without those another worker has in hand."""
    statement = (
        select(Letter.id, Letter.inbox_id, Case.id, Letter.sealed)
        .join(Case, Case.inbox_id == Letter.inbox_id)
        .where(Letter.opened_at.is_(None), Letter.failed.is_(None))
        .order_by(Letter.written_hour, Letter.inbox_id, Letter.number)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Letter)
    )
    return [Waiting(*row[:3], row[3] or b"") for row in session.execute(statement)]


def unopened_of(session: Session, case: Case) -> list[Waiting]:
    """The letters that came before their request was a case, in the order they were written."""
    statement = (
        select(Letter.id, Letter.inbox_id, Letter.sealed)
        .where(Letter.inbox_id == case.inbox_id, Letter.opened_at.is_(None), Letter.failed.is_(None))
        .order_by(Letter.number)
    )
    return [Waiting(letter, inbox, case.id, sealed or b"") for letter, inbox, sealed in session.execute(statement)]


def mark_opened(session: Session, letter_id: str, content: bytes) -> bool:
    """Keep what staff read in place of what was sealed; False when another worker was first."""
    return _settle(session, letter_id, opened_at=clock.now(), sealed=None, content=content)


def mark_failed(session: Session, letter_id: str, reason: str) -> bool:
    """Set the letter aside with a reason code, sealed as it is; False when it was no longer waiting."""
    return _settle(session, letter_id, failed=reason)


def retry(session: Session) -> int:
    """Let every letter that failed wait again; return how many."""
    return rows_changed(session, update(Letter).where(Letter.failed.is_not(None)).values(failed=None))


def posts(session: Session, case_ids: Collection[str]) -> Mapping[str, Post]:
    """What lies in the mailboxes of these cases, a page of the queue at most; one without a mailbox is left out."""
    statement = (
        select(Case.id, Mailbox.unread, Mailbox.withdrawn_at)
        .join(Mailbox, Mailbox.inbox_id == Case.inbox_id)
        .where(Case.id.in_(case_ids))
    )
    return {id_: Post(unread, withdrawn is not None) for id_, unread, withdrawn in session.execute(statement)}


def wrote_after_closing(session: Session, limit: int) -> list[str]:
    """The ids of at most `limit` closed cases, in any unit, with letters that nobody has read."""
    statement = (
        select(Case.id)
        .join(Mailbox, Mailbox.inbox_id == Case.inbox_id)
        .where(Mailbox.unread > 0, Case.state == State.CLOSED)
        .order_by(Case.state_at.desc())
        .limit(limit)
    )
    return list(session.scalars(statement))


def _locked(session: Session, inbox_id: str) -> Mailbox:
    """The mailbox, made if need be, and held until the commit: whoever posts at the same moment comes afterwards."""
    fresh = insert_into(session, Mailbox).values(inbox_id=inbox_id, letters=0, unread=0)
    session.execute(fresh.on_conflict_do_nothing(index_elements=[Mailbox.inbox_id]))
    statement = select(Mailbox).where(Mailbox.inbox_id == inbox_id).with_for_update()
    return session.scalars(statement, execution_options={"populate_existing": True}).one()


def _add(session: Session, mailbox: Mailbox, letter: FromPerson | FromClinic) -> Posted:
    mailbox.letters += 1
    from_clinic = isinstance(letter, FromClinic)
    session.add(
        Letter(
            **vars(letter),
            number=mailbox.letters,
            sender="clinic" if from_clinic else "person",
            written_hour=clock.this_hour(),
            opened_at=clock.now() if from_clinic else None,
        )
    )
    session.flush()
    return Posted.STORED


def _settle(session: Session, letter_id: str, **values: object) -> bool:
    waiting = (Letter.id == letter_id, Letter.opened_at.is_(None), Letter.failed.is_(None))
    return rows_changed(session, update(Letter).where(*waiting).values(**values)) == 1
