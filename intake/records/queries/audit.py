"""Adding to the audit log: one row in the transaction of what it tells of, sealed to the row before it.

Today's key is kept in the database, closed under the staff data key, and not in a file of its own. A row and the key
it was sealed with then change together or not at all, whatever is killed in between, and many processes on many
machines share them without sharing a disk. The price: a backup of the database holds the key of its day, so whoever
has such a backup and the staff private key as well can rewrite from that day on. What shows that is an anchor written
down elsewhere (`intake audit head`), and the rows of all days before stay out of reach.

Whoever holds a lock of the log keeps everybody else from adding to it, so note what was done last in a transaction,
and note it in one that may write (`Database.writing`).
"""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from intake import clock
from intake.audit.chain import Link, beginning, next_key, seal_of
from intake.audit.entry import Entry, Row, row_of
from intake.audit.vocabulary import WORKER, Action
from intake.errors import SettingsError
from intake.records.audit_models import AuditChain, AuditDay, AuditEntry, AuditShown
from intake.records.box import Box, Encrypted
from intake.records.database import insert_into, rows_changed
from intake.sealing.audit_key import new_audit_key
from intake.sealing.seal import fingerprint

LOCK = 0x696E7462
"""The number of the lock PostgreSQL keeps for whoever adds a row; SQLite lets only one write at a time anyway."""
THE_ONE = 1
AT_A_TIME = 2000
NOT_BEGUN = "there is no audit log here yet: it begins when the staff side or the worker starts"


@dataclass(frozen=True)
class Today:
    """The day whose key is here: its number, its key, the row after which it began and that row's seal."""

    day: int
    key: bytes = field(repr=False)
    after: int
    after_mac: str


def begin(session: Session, box: Box, auditor: bytes) -> None:
    """Begin the log with a first key sealed to the public key `auditor`; SettingsError if it began with another's."""
    begun_for = session.scalar(select(AuditChain.sealed_to))
    if begun_for is None:
        _lock(session)
        begun_for = session.scalar(select(AuditChain.sealed_to)) or _begin(session, box, auditor)
    if begun_for != fingerprint(auditor):
        raise SettingsError("the auditor's public key is not the one this audit log was begun for")


def note(session: Session, box: Box, entry: Entry) -> int:
    """Add an entry in the transaction of `session` and return its number; SealError if the day's key stays shut."""
    _lock(session)
    link, at = head(session), clock.now()
    today = _turned(session, box, link, at)
    row = row_of(entry, link.seq + 1, today.day, at)
    sealed = row._replace(mac=seal_of(today.key, link.mac, row))
    session.execute(insert(AuditEntry), sealed._asdict())
    if entry.shown:
        _index_shown(session, entry, row)
    return row.seq


def turn_day(session: Session, box: Box) -> bool:
    """Give up the key of a day that is over, even if nobody does anything today; tell whether there was one."""
    if head(session).date == clock.now().date():
        return False
    note(session, box, Entry(Action.DAY, WORKER))
    return True


def head(session: Session) -> Link:
    """Where the chain ends; SettingsError if it was never begun."""
    last = session.execute(
        select(AuditEntry.seq, AuditEntry.mac, AuditEntry.day, AuditEntry.at).order_by(AuditEntry.seq.desc()).limit(1)
    ).one_or_none()
    return base(session) if last is None else Link(last.seq, last.mac, last.day, last.at.date())


def base(session: Session) -> Link:
    """Where the chain begins; SettingsError if it was never begun."""
    columns = (AuditChain.base_seq, AuditChain.base_mac, AuditChain.base_day, AuditChain.base_at)
    found = session.execute(select(*columns)).one_or_none()
    if found is None:
        raise SettingsError(NOT_BEGUN)
    return Link(found[0], found[1], found[2], found[3].date())


def sealed_key(session: Session) -> tuple[str, bytes]:
    """The fingerprint of the auditor's key, and the first key sealed to it; SettingsError if there is no log yet."""
    found = session.execute(select(AuditChain.sealed_to, AuditChain.sealed)).one_or_none()
    if found is None:
        raise SettingsError(NOT_BEGUN)
    return found[0], found[1]


def today_of(session: Session, box: Box) -> Today:
    """The day whose key is here; SealError if it stays shut."""
    day, state = session.execute(select(AuditChain.day, AuditChain.state)).one()
    said: Mapping[str, Any] = box.open(Encrypted.AUDIT_STATE, str(day), state)
    return Today(day, base64.b64decode(said["key"]), said["after"], said["mac"])


def rows(session: Session) -> Iterator[Row]:
    """Every row in the order of its number, a few at a time: memory does not grow with the log."""
    every = select(*columns()).order_by(AuditEntry.seq).execution_options(yield_per=AT_A_TIME)
    with session.execute(every) as result:
        for row in result:
            yield Row(*row)


def columns() -> list[Any]:
    """The columns of the log in the order of audit.entry.Row."""
    return [getattr(AuditEntry, name) for name in Row._fields]


def _begin(session: Session, box: Box, auditor: bytes) -> str:
    key, sealed = new_audit_key(auditor)
    at, mac, sealed_to = clock.now(), beginning(sealed), fingerprint(auditor)
    today = Today(0, key, 0, mac)
    where = {"base_seq": 0, "base_mac": mac, "base_day": 0, "base_at": at}
    kept = {"id": THE_ONE, "sealed_to": sealed_to, "sealed": sealed, "day": 0, "state": _closed(box, today)}
    session.execute(insert(AuditChain), kept | where)
    session.execute(insert(AuditDay), {"day": 0, "first_seq": 1, "begun_at": at})
    note(session, box, Entry(Action.BEGIN, WORKER))
    return sealed_to


def _turned(session: Session, box: Box, link: Link, at: datetime) -> Today:
    """The day for the row after `link`: the one whose key is here, or, on another date, the next, and that key is gone.

    Where rows were taken away behind our back the next key is used too. The row tells of it, and work goes on.
    """
    today = today_of(session, box)
    if (link.day, link.date) == (today.day, at.date()):
        return today
    turned = Today(today.day + 1, next_key(today.key, today.day + 1), link.seq, link.mac)
    rows_changed(session, update(AuditChain).values(day=turned.day, state=_closed(box, turned)))
    session.execute(insert(AuditDay), {"day": turned.day, "first_seq": link.seq + 1, "begun_at": at})
    return turned


def _closed(box: Box, today: Today) -> bytes:
    said = {"key": base64.b64encode(today.key).decode(), "after": today.after, "mac": today.after_mac}
    return box.close(Encrypted.AUDIT_STATE, str(today.day), said)


def _index_shown(session: Session, entry: Entry, row: Row) -> None:
    """Let a case be found by who was shown it; what somebody was shown before that day is there already."""
    first = insert_into(session, AuditShown).on_conflict_do_nothing()
    shown = [{"case_id": case, "day": row.day, "actor": row.actor, "seq": row.seq} for case in entry.shown]
    session.execute(first, shown)


def _lock(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
