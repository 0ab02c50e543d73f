"""How often something failed lately, counted so that two requests at once count as two."""

from datetime import datetime

from sqlalchemy import case, delete, update
from sqlalchemy.orm import Session

from intake import clock
from intake.records.database import insert_into, rows_changed
from intake.records.models import Throttle


def throttle(session: Session, key: str) -> Throttle | None:
    """What is known about `key`, which the caller makes and which holds no name or address in clear."""
    return session.get(Throttle, key, populate_existing=True)


def count_failure(session: Session, key: str, *, forget_before: datetime) -> int:
    """Count one more failure and return how many there are; failures before `forget_before` are forgotten."""
    fresh = insert_into(session, Throttle).values(key=key, failures=1, updated_at=clock.now())
    grown = case((Throttle.updated_at < forget_before, 1), else_=Throttle.failures + 1)
    counted = fresh.on_conflict_do_update(
        index_elements=[Throttle.key], set_={"failures": grown, "updated_at": fresh.excluded.updated_at}
    )
    return session.scalars(counted.returning(Throttle.failures)).one()


def block(session: Session, key: str, until: datetime) -> None:
    """Let nothing through for `key` until then."""
    rows_changed(session, update(Throttle).where(Throttle.key == key).values(blocked_until=until))


def clear(session: Session, key: str) -> None:
    """Forget the failures of `key`: it succeeded."""
    rows_changed(session, delete(Throttle).where(Throttle.key == key))


def take_back(session: Session, key: str) -> None:
    """Count one failure less: what was counted beforehand turned out to be none."""
    some = update(Throttle).where(Throttle.key == key, Throttle.failures > 0)
    rows_changed(session, some.values(failures=Throttle.failures - 1))


def sweep(session: Session, before: datetime) -> int:
    """Remove every count that did not change since `before`; return how many."""
    return rows_changed(session, delete(Throttle).where(Throttle.updated_at < before))
