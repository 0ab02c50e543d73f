"""What an auditor asks for: read from the address, checked, and turned into a search."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from intake.i18n import TIMEZONE
from intake.records.queries import audit_search
from intake.records.queries.audit_search import Wanted

LONGEST_VALUE = 64
LONGEST_NUMBER = 15
HERE = ZoneInfo(TIMEZONE)
SAID_ALIKE = str.maketrans("OIL", "011")
REFERENCE = re.compile(r"([0-9A-Z]{3})[ -]?([0-9A-Z]{3})")
EARLIEST, LATEST = date(2020, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True)
class AuditAsked:
    """What is asked for, as it was typed; a choice that is not offered is as if it were not there."""

    person: str
    case: str
    unit: str
    action: str
    result: str
    since: str
    until: str

    def values(self, **changes: str) -> dict[str, str]:
        """All that is asked for, with some of it otherwise, as it stands in an address."""
        return {name: value for name, value in (vars(self) | changes).items() if value}

    def codes(self) -> list[str]:
        """What is asked for as the log keeps it; the case goes by its id, and what was typed in vain is not kept."""
        days = {name: str(day_of(value) or "") for name, value in (("since", self.since), ("until", self.until))}
        said = vars(self) | days | {"case": ""}
        return [f"{name}={value}" for name, value in said.items() if value]


def read_asked(given: Mapping[str, str], offered: Mapping[str, Collection[str]]) -> AuditAsked:
    """What `given` asks for; `offered` are the values of those fields that are chosen from a list."""
    values = {name: given.get(name, "").strip()[:LONGEST_VALUE] for name in AuditAsked.__dataclass_fields__}
    return AuditAsked(**{name: v if v in offered.get(name, (v,)) else "" for name, v in values.items()})


def search_for(records: Session, asked: AuditAsked, before: str) -> tuple[Wanted, dict[str, str]]:
    """The search that was asked for, and for each field that cannot be meant the key of what is wrong with it."""
    case_id = case_of(records, asked.case) if asked.case else None
    problems = {name: "audit.no_date" for name in ("since", "until") if getattr(asked, name) and not _day(asked, name)}
    if asked.case and case_id is None:
        problems["case"] = "audit.no_case"
    since, until = _day(asked, "since"), _day(asked, "until")
    wanted = Wanted(
        actor=asked.person,
        case_id=case_id,
        unit=asked.unit,
        action=asked.action,
        result=asked.result,
        since=midnight(since) if since else None,
        until=midnight(until + timedelta(days=1)) if until else None,
        before=int(before) if before.isascii() and before.isdigit() and len(before) < LONGEST_NUMBER else None,
    )
    return wanted, problems


def case_of(records: Session, reference: str) -> str | None:
    """The id of the case with this reference, written as one may hear it said; None if there is none."""
    found = REFERENCE.fullmatch(reference.upper().translate(SAID_ALIKE))
    return audit_search.case_of_reference(records, f"{found[1]}-{found[2]}") if found else None


def day_of(written: str) -> date | None:
    """The day that is written as 2026-11-25, if it is one we may have entries of."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if EARLIEST <= day < LATEST else None


def midnight(day: date) -> datetime:
    """When a day begins on the clock on the wall here."""
    return datetime.combine(day, time(), HERE).astimezone(UTC)


def _day(asked: AuditAsked, name: str) -> date | None:
    return day_of(getattr(asked, name))
