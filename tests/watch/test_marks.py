"""The mark of a canary: only ours is known, and the outside is told when one arrived."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from intake import clock
from intake.records.models import Case
from intake.records.queries import heartbeats
from intake.sealing.canary import CLOCKS_DIFFER, GOOD_FOR, mark
from intake.sealing.unseal import generate_keypair
from intake.watch import canary
from tests.watch.canaries import contact, count, marks, open_inbox, ours, watching
from tests.watch.conftest import Watched
from tests.watch.post_office import free_port


@pytest.mark.parametrize("age", [timedelta(0), GOOD_FOR - timedelta(hours=1)])
def test_a_mark_of_ours_is_known_for_two_weeks(watched: Watched, age: timedelta) -> None:
    watched.clinic.send_contact(contact(ours(watched, clock.now() - age)))
    open_inbox(watched)

    assert (count(watched, Case), heartbeats.CANARY_ARRIVED in marks(watched)) == (0, True)


@pytest.mark.parametrize("age", [GOOD_FOR + timedelta(hours=1), -CLOCKS_DIFFER - timedelta(hours=1)])
def test_a_mark_of_another_time_is_somebodys_request(watched: Watched, age: timedelta) -> None:
    watched.clinic.send_contact(contact(ours(watched, clock.now() - age)))
    open_inbox(watched)

    assert count(watched, Case) == 1


def test_nobody_elses_mark_makes_a_request_disappear(watched: Watched) -> None:
    theirs = mark(generate_keypair()[1], clock.now())
    for address in (theirs, theirs.replace("@canary.invalid", "@example.org"), "kim@example.org"):
        watched.clinic.send_contact(contact(address))
    open_inbox(watched)

    assert (count(watched, Case), marks(watched)) == (3, {})


def test_a_person_who_somehow_has_a_mark_is_still_a_case(watched: Watched) -> None:
    watched.clinic.send_contact(contact(ours(watched, clock.now()), **{"contact.name": "Kim"}))
    open_inbox(watched)

    assert count(watched, Case) == 1


def test_a_mark_used_again_later_is_no_fresh_arrival(watched: Watched) -> None:
    old = ours(watched, clock.now() - timedelta(days=1))
    for address in (ours(watched, clock.now()), old):
        watched.clinic.send_contact(contact(address))
    open_inbox(watched)

    assert clock.now() - marks(watched)[heartbeats.CANARY_ARRIVED] < timedelta(minutes=1)


@pytest.fixture
def outside() -> Iterator[tuple[str, list[str]]]:
    """Somebody outside who waits to hear from us: their address, and what they were asked for."""
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's name
            asked.append(self.path)
            self.send_response(200 if len(asked) > 1 else 500)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Write nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/ping/7?a=b", asked
    server.shutdown()
    server.server_close()


def test_an_arrival_is_told_outside_until_it_was_heard(watched: Watched, outside: tuple[str, list[str]]) -> None:
    url, asked = outside
    watch = watching(watched, "http://127.0.0.1:1", ping_url=url)
    canary.tell_outside(watch)
    assert asked == []
    watched.clinic.send_contact(contact(ours(watched, clock.now())))
    open_inbox(watched)
    for _ in range(4):
        canary.tell_outside(watch)

    assert asked == ["/ping/7?a=b"] * 2


def test_nobody_outside_to_be_told_is_no_fault(watched: Watched) -> None:
    watched.clinic.send_contact(contact(ours(watched, clock.now())))
    open_inbox(watched)
    canary.tell_outside(watched.watch)
    canary.tell_outside(watching(watched, "http://127.0.0.1:1", ping_url=f"http://127.0.0.1:{free_port()}/"))

    assert heartbeats.PINGED not in marks(watched)
