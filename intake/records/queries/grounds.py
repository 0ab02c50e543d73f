"""The ledger: on what ground somebody else may read a case, and who therefore has it in front of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, literal, or_, select, update
from sqlalchemy.orm import Session, aliased

from intake import clock
from intake.records.box import Box, Encrypted
from intake.records.cooperation_models import Ground, Place
from intake.records.database import rows_changed
from intake.records.ids import new_id
from intake.records.models import Case, User


@dataclass(frozen=True)
class Consent:
    """What a person said yes to: to whom (a unit, or all of a principal), for what, in which words and how.

    `wording` is the digest of the words; `by` the staff member who wrote it down, None where the person did; `code` the
    box of the form they ticked.
    """

    principal: str
    unit: str | None
    purpose: str
    channel: str
    language: str
    wording: str
    words: str
    by: str | None = None
    code: str | None = None


@dataclass(frozen=True)
class LegalGround:
    """A ground the law gives where there is no consent: a `reason` code and an explanation, by whom."""

    principal: str
    unit: str | None
    purpose: str
    language: str
    reason: str
    words: str
    by: str


@dataclass(frozen=True)
class LedgerLine:
    """A ground as the case shows it; `words` is ciphertext, the names are those of whoever acted."""

    ground: Ground
    recorded_name: str | None
    approved_name: str | None
    ended_name: str | None

    @property
    def holds(self) -> bool:
        """Tell whether it counts now."""
        waits = self.ground.kind == "law" and self.ground.approved_by is None
        return self.ground.ended_at is None and not waits


def record_consent(session: Session, box: Box, case_id: str, consent: Consent, at: datetime | None = None) -> str:
    """Write a consent into the ledger and return its id."""
    return _record(
        session,
        box,
        Ground(
            case_id=case_id,
            kind="consent",
            purpose=consent.purpose,
            principal=consent.principal,
            unit=consent.unit,
            code=consent.code,
            channel=consent.channel,
            language=consent.language,
            wording=consent.wording,
            recorded_by=consent.by,
            given_at=at or clock.now(),
        ),
        consent.words,
    )


def record_legal_ground(session: Session, box: Box, case_id: str, ground: LegalGround) -> str:
    """Write another ground into the ledger and return its id; it holds once a second person has approved it."""
    return _record(
        session,
        box,
        Ground(
            case_id=case_id,
            kind="law",
            purpose=ground.purpose,
            principal=ground.principal,
            unit=ground.unit,
            channel="meeting",
            language=ground.language,
            reason=ground.reason,
            recorded_by=ground.by,
            given_at=clock.now(),
        ),
        ground.words,
    )


def approve(session: Session, case_id: str, ground_id: str, user_id: str) -> Ground | None:
    """Let a ground of the law hold and return it; None unless it waits for a second person and this is one."""
    waiting = (
        update(Ground)
        .where(Ground.id == ground_id, Ground.case_id == case_id, Ground.kind == "law")
        .where(Ground.approved_by.is_(None), Ground.ended_at.is_(None), Ground.recorded_by != user_id)
    )
    if rows_changed(session, waiting.values(approved_by=user_id, approved_at=clock.now())) != 1:
        return None
    return session.get(Ground, ground_id, populate_existing=True)


def end(session: Session, case_id: str, ground_id: str, user_id: str | None) -> bool:
    """End a ground, and with it every place that stands on it; False if there is none such or it ended before."""
    held = update(Ground).where(Ground.id == ground_id, Ground.case_id == case_id, Ground.ended_at.is_(None))
    return rows_changed(session, held.values(ended_by=user_id, ended_at=clock.now())) == 1


def ledger(session: Session, case_id: str) -> list[LedgerLine]:
    """Every ground there ever was for a case, in the order they came."""
    recorded, approved, ended = aliased(User), aliased(User), aliased(User)
    statement = (
        select(Ground, recorded.name, approved.name, ended.name)
        .outerjoin(recorded, recorded.id == Ground.recorded_by)
        .outerjoin(approved, approved.id == Ground.approved_by)
        .outerjoin(ended, ended.id == Ground.ended_by)
        .where(Ground.case_id == case_id)
        .order_by(Ground.given_at, Ground.id)
    )
    return [LedgerLine(*row) for row in session.execute(statement)]


def holding(session: Session, case_id: str, unit: str, principal: str, purposes: Collection[str]) -> Ground | None:
    """The newest ground that holds and names this receiver, for one of `purposes`; None when there is none."""
    statement = (
        select(Ground)
        .where(Ground.case_id == case_id, Ground.principal == principal, Ground.purpose.in_(purposes))
        .where(or_(Ground.unit.is_(None), Ground.unit == unit), Ground.ended_at.is_(None))
        .where(or_(Ground.kind == "consent", Ground.approved_by.is_not(None)))
        .order_by(Ground.given_at.desc(), Ground.id)
        .limit(1)
    )
    return session.scalar(statement)


def give_place(session: Session, case_id: str, place: tuple[str, str], part: str, ground_id: str) -> None:
    """Put the case in front of a (unit, principal) as `part`, once; the database refuses without the ground."""
    unit, principal = place
    if session.get(Place, (case_id, unit, principal, part)) is not None:
        return
    own = [literal(unit), literal(principal), literal(part), literal(ground_id)]
    like = select(Case.id, *own, *[getattr(Case, name) for name in _MIRRORED]).where(Case.id == case_id)
    names = ["case_id", "unit", "principal", "part", "ground_id", *_MIRRORED]
    session.execute(insert(Place).from_select(names, like))


def take_place(session: Session, case_id: str, unit: str, part: str) -> None:
    """Take the case away from a unit that has it as `part`."""
    session.execute(delete(Place).where(Place.case_id == case_id, Place.unit == unit, Place.part == part))


def _record(session: Session, box: Box, ground: Ground, words: str) -> str:
    ground.id = new_id()
    ground.words = box.close(Encrypted.GROUND_WORDS, ground.id, words)
    session.add(ground)
    session.flush()
    return ground.id


_MIRRORED = (
    *("reference", "state", "state_at", "priority", "received_at"),
    *("language", "door", "claimed_by", "untried_since", "tried_at"),
)
