"""`intake worker` opens the inbox and watches; `intake canary` sends a request from nobody through the real form.

Opening and watching are two threads: a mail server that hangs, or a form that does, keeps nobody's request waiting.
"""

import os
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event

import click
from sqlalchemy.exc import InterfaceError, OperationalError

from intake import clock, i18n
from intake.config import Settings
from intake.handovers import return_unanswered
from intake.ingest import Keyring, Opened, open_everything, prepare
from intake.records.database import Database
from intake.records.queries import audit, heartbeats, inbox, mailbox
from intake.routing.loader import load_directory
from intake.watch import Watch, canary
from intake.watch.rounds import go_round

WATCH_EVERY = 60
NOTED_EVERY = timedelta(seconds=30)
"""How often the worker notes that it lives: not at every look, of which most find nothing to do."""
SECONDS = click.IntRange(1, 60)
PATIENCE = click.IntRange(0, 3600)
BETWEEN_LOOKS = 0.5


@click.command("worker")
@click.option("--once", is_flag=True, help="Open what is waiting and watch once, then stop.")
@click.option("--every", default=10, show_default=True, type=SECONDS, help="Seconds between two looks.")
@click.option("--retry", is_flag=True, help="Try again what could not be opened before.")
def worker(*, once: bool, every: int, retry: bool) -> None:
    """Turn what the public form sealed into cases, and see that nobody waits for too long."""
    with _installation() as watch:
        keyring = prepare(watch.database, watch.settings)
        for remark in watch.settings.monitoring.remarks():
            click.echo(f"intake: {remark}", err=True)
        if retry:
            _let_wait_again(watch.database)
        if once:
            _report(_attend(watch, keyring))
            go_round(watch)
        else:
            _work(watch, keyring, every)


@click.command("canary")
@click.option("--wait", default=60, show_default=True, type=PATIENCE, help="Seconds to wait for its arrival.")
def let_canary_go(wait: int) -> None:
    """Send a request from nobody through the public form, and wait until a worker has opened it."""
    with _installation() as watch:
        prepare(watch.database, watch.settings)
        now = clock.now().replace(microsecond=0)
        if why := canary.fly(watch, now):
            raise click.ClickException(f"the form at {watch.settings.monitoring.canary_url} cannot be sent: {why}")
        click.echo("intake: the canary went through the form")
        if wait and not _arrived(watch.database, now, wait):
            raise click.ClickException(f"the canary has not arrived within {wait} seconds: is a worker running?")
        canary.tell_outside(watch)
        if wait:
            click.echo("intake: the canary arrived")


def _work(watch: Watch, keyring: Keyring, every: int) -> None:
    """Open and watch until told to stop; whatever stops the watching stops the worker, for all to see."""
    stop = Event()
    with ThreadPoolExecutor(1, thread_name_prefix="watch") as pool:
        try:
            watching = pool.submit(_keep_watching, watch, stop)
            _keep_opening(watch, keyring, every, watching)
        finally:
            stop.set()


def _keep_opening(watch: Watch, keyring: Keyring, every: int, watching: "Future[None]") -> None:
    noted = None
    while not watching.done():
        try:
            _report(_attend(watch, keyring))
            noted = _note_life(watch.database, heartbeats.WORKER, noted)
        except (InterfaceError, OperationalError):
            click.echo("intake: the database does not answer; trying again", err=True)
        time.sleep(every)
    watching.result()


def _attend(watch: Watch, keyring: Keyring) -> Opened:
    """Open what has come in, and let handovers come back that nobody has answered in time.

    A new day of the audit log begins even where nobody does anything, so that the key of the old one goes.
    """
    with watch.database.writing() as session:
        audit.turn_day(session, keyring.box)
        session.commit()
    opened = open_everything(watch.database, keyring)
    with watch.database.writing() as session:
        return_unanswered(session, keyring.box, watch.directory.units)
        session.commit()
    return opened


def _keep_watching(watch: Watch, stop: Event) -> None:
    """Watch until told to stop. A mark is left before each round too, so that one that never ends is missed."""
    noted = None
    while not stop.is_set():
        try:
            noted = _note_life(watch.database, heartbeats.WATCH, noted)
            go_round(watch)
            noted = _note_life(watch.database, heartbeats.WATCH, noted)
        except (InterfaceError, OperationalError):
            click.echo("intake: the database does not answer; nobody is watching until it does", err=True)
        stop.wait(WATCH_EVERY)


def _note_life(database: Database, name: str, noted: datetime | None) -> datetime:
    """Note that this part lives, unless that was done just now; return when it was noted last."""
    now = clock.now()
    if noted is not None and now - noted < NOTED_EVERY:
        return noted
    with database.session() as session:
        heartbeats.note(session, name, now)
        session.commit()
    return now


def _arrived(database: Database, let_go: datetime, wait: int) -> bool:
    """Wait until a canary has arrived that was let go then or later; False when it does not come in time."""
    deadline = time.monotonic() + wait
    while time.monotonic() < deadline:
        with database.session() as session:
            arrived = heartbeats.heartbeats(session).get(heartbeats.CANARY_ARRIVED)
        if arrived is not None and arrived >= let_go:
            return True
        time.sleep(BETWEEN_LOOKS)
    return False


@contextmanager
def _installation() -> Iterator[Watch]:
    settings = Settings.read(os.environ)
    database = Database(settings.database_url)
    root = settings.content
    try:
        yield Watch(
            settings=settings,
            database=database,
            directory=load_directory(root / "questionnaires"),
            catalogs=i18n.read_catalogs(root / "translations"),
        )
    finally:
        database.close()


def _let_wait_again(database: Database) -> None:
    with database.session() as session:
        inbox.retry(session)
        mailbox.retry(session)
        session.commit()


def _report(done: Opened) -> None:
    if done != Opened(0, 0):
        click.echo(f"intake: opened {done.opened}, could not open {done.failed}")
