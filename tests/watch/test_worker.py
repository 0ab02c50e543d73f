"""`intake worker` and `intake canary` as processes of their own: they live, are killed, and say what is not watched."""

import subprocess
import time
from collections.abc import Callable, Iterator

import pytest

from intake import clock
from intake.records.models import Case
from intake.records.queries import heartbeats
from tests.durability.service import COMMAND, Process
from tests.fixtures.server import Serve
from tests.watch.canaries import count, marks
from tests.watch.conftest import Watched
from tests.watch.post_office import PostOffice, silent_server

PATIENCE = 30.0
SAM = "sam@example.org"


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


@pytest.fixture
def worker(watched: Watched) -> Iterator[Process]:
    """A worker, not started yet."""
    worker = Process(watched.environ, ("worker", "--every", "1"))
    yield worker
    worker.kill()


def run(environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], env=environ, capture_output=True, text=True, check=False)


def test_a_worker_leaves_marks_of_its_life(watched: Watched, worker: Process) -> None:
    worker.start()

    wait_until(lambda: {heartbeats.WORKER, heartbeats.WATCH, heartbeats.MAIL} <= marks(watched).keys())


def test_a_worker_opens_while_the_mail_server_says_nothing(watched: Watched, worker: Process) -> None:
    watched.employ("sam", SAM)
    with silent_server(watched.post.port):
        worker.start()
        wait_until(lambda: watched.outcomes() == [None])
        began = time.monotonic()
        watched.clinic.send()
        wait_until(lambda: count(watched, Case) == 1)
        took = time.monotonic() - began

    assert took < 5


def test_a_worker_that_is_killed_leaves_the_letter_to_the_next(watched: Watched, worker: Process) -> None:
    watched.employ("sam", SAM)
    worker.start()
    wait_until(lambda: watched.outcomes() == [None])
    worker.kill()
    with watched.post.open():
        watched.forget_turns()
        watched.go_round()
        watched.go_round()

    assert watched.post.addresses == [SAM]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)  # SQLite tells a lost table like a busy one
def test_a_worker_whose_watch_dies_does_not_go_on_as_if_nothing_had_happened(watched: Watched, worker: Process) -> None:
    watched.lose_table("alarms")
    worker.start()
    assert worker.running is not None

    assert worker.running.wait(PATIENCE) == 1


def test_once_leaves_no_mark_that_would_be_missed_later(watched: Watched, post: PostOffice) -> None:
    watched.go_round()

    assert set(marks(watched)) == {heartbeats.MAIL}


def test_a_worker_says_what_is_not_watched(watched: Watched, post: PostOffice) -> None:
    environ = {name: value for name, value in watched.environ.items() if "SMTP" not in name and "MAIL" not in name}
    said = run(environ, "worker", "--once").stderr

    assert "INTAKE_SMTP_URL is not set" in said
    assert "INTAKE_CANARY is no" in said


def test_a_check_of_an_installation_says_it_too(watched: Watched) -> None:
    done = run(watched.environ, "check")

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("intake: INTAKE_CANARY is no")


def test_a_canary_goes_all_the_way(watched: Watched, worker: Process, serve: Serve) -> None:
    form = serve({"INTAKE_HOME": str(watched.watch.settings.home), "DATABASE_URL": watched.watch.settings.database_url})
    worker.start()
    done = run(watched.environ | {"INTAKE_CANARY_URL": form.url}, "canary", "--wait", "20")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "intake: the canary arrived"
    assert count(watched, Case) == 0


def test_a_canary_that_does_not_arrive_is_a_failure(watched: Watched, serve: Serve) -> None:
    form = serve({"INTAKE_HOME": str(watched.watch.settings.home), "DATABASE_URL": watched.watch.settings.database_url})
    done = run(watched.environ | {"INTAKE_CANARY_URL": form.url}, "canary", "--wait", "1")

    assert done.returncode == 1
    assert "has not arrived within 1 seconds" in done.stderr


def test_a_canary_without_a_form_says_where_it_ended(watched: Watched) -> None:
    done = run(watched.environ | {"INTAKE_CANARY_URL": f"http://127.0.0.1:{watched.post.port}"}, "canary")

    assert done.returncode == 1
    assert "cannot be sent: POST of page self: ConnectionRefusedError" in done.stderr


def test_a_worker_lets_canaries_go_by_itself(watched: Watched, worker: Process, serve: Serve) -> None:
    form = serve({"INTAKE_HOME": str(watched.watch.settings.home), "DATABASE_URL": watched.watch.settings.database_url})
    worker.environ = watched.environ | {"INTAKE_CANARY_URL": form.url, "INTAKE_CANARY": "yes"}
    began = clock.now().replace(microsecond=0)
    worker.start()

    wait_until(lambda: heartbeats.CANARY_ARRIVED in marks(watched))
    assert marks(watched)[heartbeats.CANARY_ARRIVED] >= began
