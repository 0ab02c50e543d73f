"""`intake audit …`: verify that nobody changed the audit log, and tell where it ends."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from intake.audit.chain import Link, beginning
from intake.audit.verify import Fault, Known, Report, verify
from intake.config import Settings, database_url
from intake.errors import SettingsError, WrongKey
from intake.ingest import open_keyring, prepare
from intake.records.box import Box
from intake.records.database import Database
from intake.records.queries import audit as log
from intake.records.queries import audit_retention
from intake.sealing.audit_key import AuditKeyContext
from intake.sealing.keyfiles import read_key
from intake.sealing.unseal import unseal

ANCHOR = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")
FAULTS: Mapping[Fault, str] = {
    Fault.CHANGED: "it was changed after it was written, or nobody of ours wrote it",
    Fault.INSERTED: "it was put in: what belongs here stands one row further on",
    Fault.MISSING: "it is missing",
    Fault.MOVED: "it was moved: what belongs here stands further on",
    Fault.ANCHOR: "it is not the row whose seal was written down",
    Fault.CUT: "the log ends before it, but a seal that was written down shows that there was more",
    Fault.BEGINNING: "the rows before it are gone, and nothing in the log says that they were dropped",
}


@click.group()
def audit() -> None:
    """The audit log: who saw and did what."""


@audit.command("head")
def show_head() -> None:
    """Print the number and the seal of the last row, to be written down where this machine cannot reach."""
    with _log() as records:
        link = log.head(records)
    click.echo(f"{link.seq}:{link.mac}")


@audit.command("verify")
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The auditor's private key.")
@click.option("--anchor", "anchors", multiple=True, help="SEQ:MAC as `audit head` printed it; may be given often.")
def verify_log(key: Path | None, anchors: tuple[str, ...]) -> None:
    """Verify every row and name the first that is wrong, exit code 1.

    With the auditor's key every seal is verified. Without it only those of the day that is still running are, with
    today's key, which the staff key of this installation opens.
    """
    written_down = dict(map(_anchor, anchors))
    with _log() as records:
        known = _known_to_auditor(records, key, written_down) if key else _known_here(records, written_down)
        report = verify(log.rows(records), known)
    for line in _told(report):
        click.echo(line)
    if report.broken:
        raise SettingsError(f"row {report.broken.seq} of the audit log: {FAULTS[report.broken.fault]}")


@audit.command("drop-before")
@click.argument("date", type=click.DateTime(["%Y-%m-%d"]))
def drop_before(date: datetime) -> None:
    """Drop the entries of the days before DATE, which lies at least five years back; the rest stays verifiable."""
    settings = Settings.read(os.environ)
    database = Database(settings.database_url)
    try:
        box = prepare(database, settings).box
        with database.writing() as records, records.begin():
            dropped = audit_retention.drop_before(records, box, date.replace(tzinfo=UTC))
    finally:
        database.close()
    click.echo(f"intake: {dropped} entries of the audit log are dropped")


@contextmanager
def _log() -> Iterator[Session]:
    """The log and nothing else: whoever verifies needs neither the other keys nor the rest of the settings."""
    database = Database(database_url(os.environ))
    try:
        with database.session() as records:
            yield records
    finally:
        database.close()


def _anchor(text: str) -> tuple[int, str]:
    found = ANCHOR.fullmatch(text)
    if found is None:
        raise click.BadParameter(f"{text!r} is not what `intake audit head` prints", param_hint="--anchor")
    return int(found[1]), found[2]


def _known_to_auditor(records: Session, key: Path, anchors: Mapping[int, str]) -> Known:
    sealed_to, sealed = log.sealed_key(records)
    try:
        first = unseal(read_key(key), sealed, AuditKeyContext())
    except (WrongKey, ValueError):
        raise SettingsError(f"{key} is not the private key of this log's auditor, {sealed_to}") from None
    start = _start(records)
    return Known(start, {0: first}, anchors, dropped=start.seq > 0)


def _known_here(records: Session, anchors: Mapping[int, str]) -> Known:
    """Today's key, and the row after which the day began: that one is an anchor too."""
    start, today = _start(records), log.today_of(records, _box(records))
    began = {today.after: today.after_mac} if today.after > start.seq else {}
    return Known(start, {today.day: today.key}, began | dict(anchors), dropped=start.seq > 0)


def _box(records: Session) -> Box:
    private_key = Settings.read(os.environ).private_key
    if private_key is None:
        raise SettingsError("INTAKE_SERVE is 'public': give the auditor's key with --key, or verify where staff work")
    return open_keyring(records, private_key).box


def _start(records: Session) -> Link:
    """Where the chain begins. Before the first row that follows from the sealed key, whatever the database says."""
    start = log.base(records)
    return start if start.seq else replace(start, mac=beginning(log.sealed_key(records)[1]))


def _told(report: Report) -> Iterator[str]:
    """What was found, for people; what was not verified is said as plainly as what was."""
    yield f"intake: {report.rows} rows of the audit log are in order, the last is {report.link.seq}:{report.link.mac}"
    if report.unsealed:
        yield (
            f"intake: of these, the seals of {report.unsealed} rows from before today's key were NOT verified:"
            " that needs the auditor's key (--key FILE)"
        )
    for each in report.went_back:
        yield f"intake: at row {each.seq} the clock went back, from {each.before:%F %R} to {each.after:%F %R} UTC"
