"""What a case tells about somebody else: kept beside the case, read with it, removed for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.errors import Conflict
from intake.records.box import Box, Encrypted
from intake.records.database import rows_changed
from intake.records.models import User
from intake.records.third_party_models import ThirdParty


@dataclass(frozen=True)
class Kept:
    """What there is: ciphertext for `Encrypted.THIRD_PARTY`, or else when it was removed, why and by whom."""

    content: bytes | None
    removed_at: datetime | None
    reason: str | None
    removed_by: str | None


def keep(session: Session, box: Box, case_id: str, told: Mapping[str, object]) -> None:
    """Store what a case tells about somebody else."""
    session.add(ThirdParty(case_id=case_id, content=box.close(Encrypted.THIRD_PARTY, case_id, told)))
    session.flush()


def kept(session: Session, case_id: str) -> Kept | None:
    """What the case tells about somebody else; None where it tells nothing."""
    statement = (
        select(ThirdParty.content, ThirdParty.removed_at, ThirdParty.reason, User.name)
        .outerjoin(User, User.id == ThirdParty.removed_by)
        .where(ThirdParty.case_id == case_id)
    )
    row = session.execute(statement).one_or_none()
    return None if row is None else Kept(*row)


def remove(session: Session, case_id: str, user_id: str, reason: str) -> None:
    """Empty it for good; raise Conflict where there is nothing, or nothing any more."""
    statement = (
        update(ThirdParty)
        .where(ThirdParty.case_id == case_id, ThirdParty.content.is_not(None))
        .values(content=None, removed_at=clock.now(), removed_by=user_id, reason=reason)
    )
    if rows_changed(session, statement) != 1:
        raise Conflict("there is nothing to remove")
