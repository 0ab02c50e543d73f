"""What belongs to the installation as a whole: its data keys, and facts such as that it shows demonstration cases."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake import clock
from intake.records.database import insert_into, rows_changed
from intake.records.models import DataKey, Inbox, Installation

DEMONSTRATION = "demonstration"
"""The fact that the demonstration was loaded, and how far."""


@dataclass(frozen=True)
class SealedKey:
    """A data key as it is stored: sealed to the staff public key with the fingerprint `sealed_to`."""

    id: int
    sealed_to: str
    sealed: bytes


def data_keys(session: Session) -> list[SealedKey]:
    """Every data key, oldest first."""
    statement = select(DataKey.id, DataKey.sealed_to, DataKey.sealed).order_by(DataKey.id)
    return [SealedKey(*row) for row in session.execute(statement)]


def add_data_key(session: Session, key: SealedKey) -> bool:
    """Store a data key; False, and nothing changes, if somebody else stored one under its id first."""
    statement = (
        insert_into(session, DataKey)
        .values(id=key.id, sealed_to=key.sealed_to, sealed=key.sealed, created_at=clock.now())
        .on_conflict_do_nothing(index_elements=[DataKey.id])
    )
    return rows_changed(session, statement) == 1


def fact(session: Session, name: str) -> str | None:
    """What is noted under `name`, if anything."""
    return session.scalar(select(Installation.value).where(Installation.name == name))


def note_fact(session: Session, name: str, value: str) -> None:
    """Note `value` under `name`, in place of what stood there."""
    fresh = insert_into(session, Installation).values(name=name, value=value)
    rows_changed(session, fresh.on_conflict_do_update(index_elements=[Installation.name], set_={"value": value}))


def is_demonstration(session: Session) -> bool:
    """Tell whether the demonstration was loaded here."""
    return fact(session, DEMONSTRATION) is not None


def is_empty(session: Session) -> bool:
    """Tell whether nothing was ever received here: only then may demonstration cases come in."""
    return session.scalar(select(Inbox.id).limit(1)) is None
