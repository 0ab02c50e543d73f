"""What tests of canaries share: a watch that lets them go, and a look at what became of them."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

from intake.ingest import open_everything, prepare
from intake.records.models import Case, Inbox
from intake.records.queries import heartbeats
from intake.sealing.canary import mark
from intake.watch import Watch
from tests.staff.people import Answers
from tests.watch.conftest import Watched


def watching(watched: Watched, site: str, **changes: object) -> Watch:
    """The clinic's watch, with a canary each hour at the form."""
    settings = watched.watch.settings
    monitoring = replace(settings.monitoring, canary_url=site, canary_minutes=60)
    return replace(watched.watch, settings=replace(settings, monitoring=replace(monitoring, **changes)))  # type: ignore[arg-type]  # whatever the test changes


def open_inbox(watched: Watched) -> None:
    open_everything(watched.watch.database, prepare(watched.watch.database, watched.watch.settings))


def count(watched: Watched, table: type[Case | Inbox]) -> int:
    with watched.clinic.records() as records:
        return records.scalar(select(func.count()).select_from(table)) or 0


def marks(watched: Watched) -> dict[str, datetime]:
    with watched.clinic.records() as records:
        return heartbeats.heartbeats(records)


def ours(watched: Watched, at: datetime) -> str:
    return mark(watched.watch.settings.private_key or b"", at)


def contact(address: str, **more: str) -> Answers:
    return {"contact.ways": ("email",), "contact.email": address, **more}
