"""Canaries among what is opened: they prove the way from the form to here, and become nobody's case."""

from datetime import datetime

from sqlalchemy.orm import Session

from intake import clock
from intake.ingest.payload import Payload
from intake.records.queries import heartbeats, inbox
from intake.sealing.canary import let_go_at

FACT = "contact.email"
ALL_IT_SAYS = frozenset({FACT, "contact.ways"})


def canary_of(private_key: bytes, payload: Payload) -> datetime | None:
    """When this was let go, if it is a canary and says nothing else: no person's words ever go with a canary."""
    address = payload.answers.get(FACT)
    if not isinstance(address, str) or set(payload.answers) != ALL_IT_SAYS:
        return None
    return let_go_at(private_key, address, clock.now())


def note_arrival(session: Session, inbox_id: str, let_go: datetime) -> None:
    """Take the canary out of the inbox and note that it came; not committed."""
    if inbox.remove_canary(session, inbox_id):
        heartbeats.advance(session, heartbeats.CANARY_ARRIVED, let_go)
