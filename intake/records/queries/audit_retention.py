"""Dropping the oldest days of the audit log, in a way that leaves the rest verifiable.

What goes are whole days from the beginning. The chain then begins with the seal of the last row that went, and an
entry of the log itself says so: whoever takes away rows by other means can move the beginning, but cannot seal that.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.audit.chain import Link
from intake.audit.entry import Entry
from intake.audit.verify import drop_codes
from intake.audit.vocabulary import COMMAND, Action
from intake.errors import SettingsError
from intake.records.audit_models import AuditChain, AuditDay, AuditEntry, AuditShown
from intake.records.box import Box
from intake.records.database import rows_changed
from intake.records.queries import audit

KEPT = timedelta(days=5 * 365 + 2)
"""At least five years, whatever leap years lie between: HSLF-FS 2016:40, 4 kap. 9 §."""


def drop_before(session: Session, box: Box, before: datetime) -> int:
    """Drop the days that were over before then, and return how many entries that were.

    Raises SettingsError, and drops nothing, where that would be less than five years ago.
    """
    if before > clock.now() - KEPT:
        raise SettingsError("the audit log is kept for at least five years: give an earlier date")
    through = _through(session, before)
    if through is None:
        return 0
    audit.note(session, box, Entry(Action.DROP, COMMAND, codes=tuple(drop_codes(through).split())))
    at = session.scalar(select(AuditEntry.at).where(AuditEntry.seq == through.seq))
    base = {"base_seq": through.seq, "base_mac": through.mac, "base_day": through.day, "base_at": at}
    rows_changed(session, update(AuditChain).values(base))
    rows_changed(session, delete(AuditDay).where(AuditDay.first_seq <= through.seq))
    rows_changed(session, delete(AuditShown).where(AuditShown.seq <= through.seq))
    return rows_changed(session, delete(AuditEntry).where(AuditEntry.seq <= through.seq))


def _through(session: Session, before: datetime) -> Link | None:
    """The last entry that goes: the one before the first day that goes on beyond `before`."""
    kept = select(func.min(AuditDay.first_seq)).where(AuditDay.begun_at >= before).scalar_subquery()
    columns = (AuditEntry.seq, AuditEntry.mac, AuditEntry.day, AuditEntry.at)
    row = session.execute(select(*columns).where(AuditEntry.seq == kept - 1)).one_or_none()
    return None if row is None else Link(row.seq, row.mac, row.day, row.at.date())
