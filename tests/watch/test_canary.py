"""A canary goes through the real form, over HTTP, and proves the whole way; nobody else can look like one."""

import base64
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
import time_machine
from sqlalchemy import update

from intake import clock
from intake.errors import SettingsError
from intake.heartbeat import CANARY_LIMIT
from intake.records.models import Case, Inbox
from intake.records.queries import heartbeats
from intake.sealing.unseal import generate_keypair
from intake.watch import Watch, canary, outbox, watchdog
from tests.fixtures.server import Serve, Server
from tests.watch.canaries import count, marks, open_inbox, watching
from tests.watch.conftest import Watched
from tests.watch.post_office import PostOffice, free_port

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SAM = "sam@example.org"
Form = Callable[..., Server]


@pytest.fixture
def form(serve: Serve, watched: Watched) -> Form:
    """Start the public form over the clinic's database."""

    def started(**environ: str) -> Server:
        settings = watched.watch.settings
        return serve({"INTAKE_HOME": str(settings.home), "DATABASE_URL": settings.database_url, **environ})

    return started


def look_later(watch: Watch) -> None:
    """Watch when a canary let go now must have arrived."""
    with time_machine.travel(clock.now() + CANARY_LIMIT + timedelta(seconds=2)):
        watchdog.look(watch)
        outbox.deliver(watch)


def test_a_canary_arrives_and_is_nobodys_case(watched: Watched, form: Form) -> None:
    watch = watching(watched, form().url)
    assert canary.fly_when_due(watch)
    assert count(watched, Inbox) == 1
    open_inbox(watched)
    look_later(watch)

    assert (count(watched, Case), count(watched, Inbox)) == (0, 0)
    assert marks(watched)[heartbeats.CANARY_ARRIVED] == marks(watched)[heartbeats.CANARY_OWED]
    assert watched.alarms("canary", "form") == []


def test_a_form_that_seals_to_another_key_is_found_out_the_same_day(
    watched: Watched, form: Form, post: PostOffice, tmp_path: Path
) -> None:
    watched.employ("sam", SAM)
    home = copytree(watched.watch.settings.home, tmp_path / "swapped", ignore=lambda *_: ["inbox.private", "intake.db"])
    swapped = base64.b64encode(generate_keypair()[0]).decode()
    site = form(INTAKE_HOME=str(home), INTAKE_SERVE="public", INTAKE_PUBLIC_KEY=swapped).url
    canary.fly_when_due(watching(watched, site))
    open_inbox(watched)
    look_later(watching(watched, site))

    assert len(watched.alarms("canary")) == len(watched.alarms("unreadable")) == 1
    assert post.addresses == [SAM]


def test_what_is_sealed_but_cannot_be_read_is_found_out(watched: Watched, form: Form) -> None:
    watch = watching(watched, form().url)
    canary.fly_when_due(watch)
    with watched.clinic.records() as records, records.begin():
        records.execute(update(Inbox).values(definition="changed on the way"))
    open_inbox(watched)
    look_later(watch)

    assert [alarm.detail for alarm in watched.alarms("unreadable")] == ["changed"]
    assert len(watched.alarms("canary")) == 1


def test_an_inbox_that_nobody_opens_is_found_out(watched: Watched, form: Form) -> None:
    watch = watching(watched, form().url)
    canary.fly_when_due(watch)
    look_later(watch)
    assert len(watched.alarms("canary")) == 1
    open_inbox(watched)
    look_later(watch)

    assert watched.alarms("canary") == []


def test_a_later_canary_does_not_hide_that_one_is_owed(watched: Watched, form: Form) -> None:
    watch = watching(watched, form().url)
    canary.fly_when_due(watch)
    owed = marks(watched)[heartbeats.CANARY_OWED]
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        canary.fly_when_due(watch)
        watchdog.look(watch)

    assert [alarm.since for alarm in watched.alarms("canary")] == [owed]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait between two tries."""
    monkeypatch.setattr(canary, "BETWEEN_TRIES", 0.01)


def test_a_form_that_is_not_there_is_told_at_once_and_tried_again_soon(
    watched: Watched, form: Form, post: PostOffice, quick: None
) -> None:
    watched.employ("sam", SAM)
    watch = watching(watched, f"http://127.0.0.1:{free_port()}")
    canary.fly_when_due(watch)
    watchdog.look(watch)
    outbox.deliver(watch)
    assert (post.addresses, len(watched.alarms("form"))) == ([SAM], 1)
    with time_machine.travel(clock.now() + canary.AGAIN_AFTER + timedelta(seconds=2)):
        assert canary.fly_when_due(watching(watched, form().url))

    assert watched.alarms("form") == []


def test_a_form_that_cannot_store_what_is_sent_is_closed(watched: Watched, form: Form, quick: None) -> None:
    site = form(DATABASE_URL="postgresql://nobody@127.0.0.1:1/none").url

    assert canary.fly(watching(watched, site), NOW) == "POST of page review: status 503"


def test_a_site_that_has_no_form_is_closed(watched: Watched, form: Form, quick: None) -> None:
    site = form(INTAKE_SERVE="staff").url

    assert canary.fly(watching(watched, site), NOW) == "POST of page self: status 404"


def test_two_workers_let_one_canary_go(watched: Watched, form: Form) -> None:
    watch = watching(watched, form().url)
    let_go: list[bool] = []
    workers = [threading.Thread(target=lambda: let_go.append(canary.fly_when_due(watch))) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()

    assert (sorted(let_go), count(watched, Inbox)) == ([False, True], 1)


def test_none_is_let_go_where_nobody_asked_for_it(watched: Watched) -> None:
    assert not canary.fly_when_due(watched.watch)
    assert marks(watched) == {}


def test_only_who_has_the_private_key_marks_a_canary(watched: Watched) -> None:
    settings = replace(watched.watch.settings, private_key=None)

    with pytest.raises(SettingsError, match="where the inbox is opened"):
        canary.fly(replace(watched.watch, settings=settings), NOW)
