"""Signed links: make one, list a unit's, withdraw one, and count what was sent through it."""

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.questionnaires.model import Answers
from intake.records.database import insert_into, rows_changed
from intake.records.ids import CROCKFORD
from intake.records.link_models import IssuedLink, LinkDay

_ID_LETTERS = 8
_MOST_LISTED = 500


@dataclass(frozen=True)
class NewLink:
    """A link to make; see IssuedLink for what each part says. `created_by` is a user's id."""

    unit: str
    kind: str
    door: str
    language: str
    referrer: str
    place: str
    answers: Answers
    created_by: str


@dataclass(frozen=True)
class ListedLink:
    """A link with the number of requests that came through it since some day."""

    link: IssuedLink
    lately: int


def issue(session: Session, new: NewLink) -> IssuedLink:
    """Make a link under an id of its own: 40 bits, which the signature and not their secrecy protects."""
    id_ = "".join(secrets.choice(CROCKFORD) for _ in range(_ID_LETTERS))
    columns = vars(new) | {"answers": json.dumps(dict(new.answers))}
    link = IssuedLink(id=id_, created_at=clock.now(), **columns)
    session.add(link)
    session.flush()
    return link


def answers_of(link: IssuedLink) -> Answers:
    """What a form begins with that is reached through the link."""
    kept = json.loads(link.answers)
    return {fact: tuple(given) if isinstance(given, list) else given for fact, given in kept.items()}


def link_by_id(session: Session, link_id: str) -> IssuedLink | None:
    """The link, whoever made it and whether it was withdrawn or not."""
    return session.get(IssuedLink, link_id)


def link_in_units(session: Session, link_id: str, units: Collection[str]) -> IssuedLink | None:
    """The link, if one of `units` made it; for everybody else it does not exist."""
    return session.scalar(select(IssuedLink).where(IssuedLink.id == link_id, IssuedLink.unit.in_(units)))


def links_of(session: Session, units: Collection[str], since: date) -> list[ListedLink]:
    """The links of these units, those in use first and then the newest first, with what came in since that day."""
    lately = (
        select(func.coalesce(func.sum(LinkDay.sent), 0))
        .where(LinkDay.link_id == IssuedLink.id, LinkDay.day >= since)
        .scalar_subquery()
    )
    statement = (
        select(IssuedLink, lately)
        .where(IssuedLink.unit.in_(units))
        .order_by(IssuedLink.withdrawn_at.is_not(None), IssuedLink.created_at.desc(), IssuedLink.id)
        .limit(_MOST_LISTED)
    )
    return [ListedLink(link, sent) for link, sent in session.execute(statement)]


def days_of(session: Session, link_id: str, since: date) -> list[tuple[date, int]]:
    """The days since then on which something came through the link, the latest first, with how much."""
    statement = (
        select(LinkDay.day, LinkDay.sent)
        .where(LinkDay.link_id == link_id, LinkDay.day >= since)
        .order_by(LinkDay.day.desc())
    )
    return [(day, sent) for day, sent in session.execute(statement)]


def withdraw(session: Session, link_id: str, user_id: str) -> bool:
    """Let the link count no more; False when it was withdrawn before, and then nothing changes."""
    statement = (
        update(IssuedLink)
        .where(IssuedLink.id == link_id, IssuedLink.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now(), withdrawn_by=user_id)
    )
    return rows_changed(session, statement) == 1


def count(session: Session, link_id: str, day: date) -> None:
    """Count one more request that came through the link on `day`."""
    rows_changed(session, update(IssuedLink).where(IssuedLink.id == link_id).values(sent=IssuedLink.sent + 1))
    fresh = insert_into(session, LinkDay).values(link_id=link_id, day=day, sent=1)
    key = [LinkDay.link_id, LinkDay.day]
    rows_changed(session, fresh.on_conflict_do_update(index_elements=key, set_={"sent": LinkDay.sent + 1}))
