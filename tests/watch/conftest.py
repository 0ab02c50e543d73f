"""A clinic that is watched: people who write, colleagues with addresses, a worker and a mail server."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, text, update

from intake import clock, create_app
from intake.config import Settings
from intake.records.database import Database
from intake.records.models import Case
from intake.records.queries import accounts, alarms, notices
from intake.records.watch_models import Alarm, Notice
from intake.watch import Watch, outbox, watchdog
from intake.worker import worker
from tests.staff.people import ALINGSAS, Clinic
from tests.watch.post_office import PostOffice

SENDER = "vagen-in@example.org"


@dataclass(frozen=True)
class Watched:
    """A clinic with everything that watches it."""

    clinic: Clinic
    post: PostOffice
    watch: Watch

    @property
    def environ(self) -> dict[str, str]:
        """The environment of its worker."""
        settings = self.watch.settings
        return {
            "INTAKE_HOME": str(settings.home),
            "DATABASE_URL": settings.database_url,
            "INTAKE_BASE_URL": settings.base_url,
            "INTAKE_SMTP_URL": f"smtp://127.0.0.1:{self.post.port}",
            "INTAKE_MAIL_FROM": SENDER,
        }

    def go_round(self) -> str:
        """Let the worker open and watch once, as `intake worker --once` does; return what it said."""
        done = CliRunner().invoke(worker, ["--once"], env=self.environ, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    def look(self) -> None:
        """Watch and tell, as every worker does each minute."""
        watchdog.look(self.watch)
        outbox.deliver(self.watch)

    def employ(self, username: str, email: str | None, role: str = "coordinator", *units: str, **more: str) -> str:
        """Somebody with an address, or none; in Alingsås unless said otherwise. Return their id."""
        self.clinic.newcomer(username, role, *(units or (ALINGSAS,)))
        user = self.clinic.user(username)
        with self.clinic.records() as records, records.begin():
            accounts.set_email(records, user.id, email)
            accounts.set_language(records, user.id, more.get("language", "sv"))
        return user.id

    def employ_elsewhere(self) -> None:
        """A coordinator for every other unit, so that only Alingsås is looked at."""
        others = [unit for unit in self.watch.directory.units if unit != ALINGSAS]
        self.employ("mia", "mia@example.org", "coordinator", *others)

    def handle(self, reason: str) -> None:
        """Let Sam take care of what is broken."""
        sam = self.clinic.user("sam")
        for alarm in self.alarms(reason):
            with self.clinic.records() as records, records.begin():
                assert alarms.handle(records, self.clinic.box, alarm.id, sam.id, "Called them.")

    def take_and_die(self) -> None:
        """Take all that is to be sent, as a worker does that is killed before it sends it."""
        now = clock.now()
        with self.clinic.records() as records, records.begin():
            for each in notices.due(records, now):
                assert notices.take(records, each.id, now, now + outbox.TAKEN_FOR)

    def forget_turns(self) -> None:
        """Let enough time have passed that what a dead worker had taken may be taken again."""
        with self.clinic.records() as records, records.begin():
            records.execute(update(Notice).values(due_at=clock.now()))

    def lose_table(self, name: str) -> None:
        """Let something be wrong that waiting does not mend."""
        with self.clinic.records() as records, records.begin():
            records.execute(text(f"ALTER TABLE {name} RENAME TO elsewhere"))

    def case_of(self, row: str) -> str | None:
        """The case a row of the inbox has become."""
        with self.clinic.records() as records:
            return records.scalar(select(Case.id).where(Case.inbox_id == row))

    def alarms(self, *reasons: str) -> list[Alarm]:
        """The alarms that are open, those for these reasons if any are given."""
        with self.clinic.records() as records:
            found = records.scalars(select(Alarm).where(Alarm.cleared_at.is_(None)).order_by(Alarm.since)).all()
        return [each for each in found if each.reason in reasons or not reasons]

    def outcomes(self) -> list[str | None]:
        """What became of each notice."""
        with self.clinic.records() as records:
            return list(records.scalars(select(Notice.outcome).order_by(Notice.created_at)))


@pytest.fixture(scope="session")
def watched_app(pristine: Path) -> Flask:
    """The application; its database is given by `watched`."""
    app = create_app(Settings.read({"INTAKE_HOME": str(pristine), "INTAKE_HOSTS": "localhost 127.0.0.1"}))
    app.testing = True
    return app


@pytest.fixture
def watched(watched_app: Flask, database_url: str, home: Path) -> Iterator[Watched]:
    """A watched clinic, once on each database."""
    post, made = PostOffice(), watched_app.extensions["intake"]
    environ = {
        "INTAKE_HOME": str(home),
        "DATABASE_URL": database_url,
        "INTAKE_BASE_URL": "https://intake.example.org",
        "INTAKE_SMTP_URL": f"smtp://127.0.0.1:{post.port}",
        "INTAKE_MAIL_FROM": SENDER,
    }
    settings, database = Settings.read(environ), Database(database_url)
    watched_app.extensions["intake"] = replace(made, database=database)
    watched_app.extensions.pop("intake.keyring", None)
    yield Watched(Clinic(watched_app), post, Watch(settings, database, made.directory, made.catalogs))
    database.close()


@pytest.fixture
def post(watched: Watched) -> Iterator[PostOffice]:
    """Its mail server, open."""
    with watched.post.open():
        yield watched.post
