"""A notice goes out once, whatever becomes of the mail server, the worker or the second worker."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from intake.records.database import Database
from intake.records.queries import accounts
from intake.watch import Watch, outbox, watchdog
from tests.staff.people import ALINGSAS
from tests.watch.conftest import Watched
from tests.watch.post_office import LATER, REFUSED, TAKEN, PostOffice, silent_server

SAM = "sam@example.org"
WROTE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATE = datetime(2026, 11, 24, 9, 1, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(WROTE, tick=False) as clock:
        yield clock


@pytest.fixture
def late(watched: Watched, clock: time_machine.Traveller) -> Watched:
    """Somebody has waited for too long, and nobody has been told yet: the mail server is away."""
    watched.employ("sam", SAM)
    watched.employ_elsewhere()
    watched.clinic.receive()
    clock.move_to(LATE)
    assert watchdog.look(watched.watch)
    return watched


def test_a_server_that_was_away_for_an_hour_gets_the_letter_once(late: Watched, clock: time_machine.Traveller) -> None:
    for minutes in range(60):
        clock.move_to(LATE + minutes * MINUTE)
        late.look()
    assert len(late.alarms("mail_server")) == 1
    with late.post.open():
        for minutes in range(60, 180):
            clock.move_to(LATE + minutes * MINUTE)
            late.look()

    assert late.post.addresses == [SAM]
    assert late.alarms("mail_server") == []


def test_patience_grows_from_try_to_try(late: Watched, clock: time_machine.Traveller) -> None:
    late.post.answers[SAM] = LATER
    asked = []
    with late.post.open():
        for minutes in range(200):
            clock.move_to(LATE + minutes * MINUTE)
            before = late.post.asked
            outbox.deliver(late.watch)
            asked += [minutes] * (late.post.asked - before)

    assert asked == [0, 1, 3, 7, 15, 31, 63, 123, 183]


def test_what_cannot_be_sent_for_a_day_is_given_up_and_stays_a_task(
    late: Watched, clock: time_machine.Traveller
) -> None:
    for hours in range(27):
        clock.move_to(LATE + hours * HOUR)
        outbox.deliver(late.watch)

    assert late.outcomes() == ["given_up"]
    assert [alarm.subject for alarm in late.alarms("undelivered")] == [late.clinic.user("sam").id]


def test_a_refused_address_is_a_task_at_once(late: Watched, post: PostOffice) -> None:
    post.answers[SAM] = REFUSED
    late.go_round()

    assert (late.outcomes()[0], [alarm.detail for alarm in late.alarms("undelivered")]) == ("refused", ["refused"])


def test_an_address_that_was_taken_away_is_a_task(late: Watched, post: PostOffice) -> None:
    with late.clinic.records() as records, records.begin():
        accounts.set_email(records, late.clinic.user("sam").id, None)
    outbox.deliver(late.watch)

    assert (post.asked, late.outcomes(), len(late.alarms("undelivered"))) == (0, ["refused"], 1)


def test_a_handled_task_comes_back_when_it_fails_again(
    late: Watched, post: PostOffice, clock: time_machine.Traveller
) -> None:
    post.answers[SAM] = REFUSED
    late.go_round()
    late.handle("undelivered")
    assert late.alarms("undelivered")[0].handled_at is not None
    clock.shift(timedelta(days=1))
    late.go_round()

    assert [alarm.handled_at for alarm in late.alarms("undelivered")] == [None]


def test_a_task_is_over_when_a_letter_arrives(late: Watched, post: PostOffice, clock: time_machine.Traveller) -> None:
    post.answers[SAM] = REFUSED
    late.go_round()
    post.answers[SAM] = TAKEN
    clock.shift(timedelta(days=1))
    late.go_round()

    assert late.alarms("undelivered") == []


def test_a_worker_killed_between_alarm_and_letter_leaves_it_to_the_next(late: Watched, post: PostOffice) -> None:
    late.go_round()
    late.go_round()

    assert post.addresses == [SAM]


def test_a_worker_killed_while_it_sends_leaves_it_to_be_taken_again(
    late: Watched, post: PostOffice, clock: time_machine.Traveller
) -> None:
    late.take_and_die()
    outbox.deliver(late.watch)
    assert post.addresses == []
    clock.shift(outbox.TAKEN_FOR)
    outbox.deliver(late.watch)
    outbox.deliver(late.watch)

    assert post.addresses == [SAM]


def test_two_workers_send_one_letter(late: Watched, post: PostOffice) -> None:
    together = threading.Barrier(2)

    def work() -> None:
        database = Database(late.watch.settings.database_url)
        watch = Watch(late.watch.settings, database, late.watch.directory, late.watch.catalogs)
        together.wait()
        watchdog.look(watch)
        outbox.deliver(watch)
        database.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()

    assert (post.addresses, len(late.alarms())) == ([SAM], 1)


def test_what_is_over_before_the_letter_could_go_is_not_told(late: Watched, clock: time_machine.Traveller) -> None:
    late.go_round()
    late.clinic.spoil(late.alarms("unread")[0].subject, state="closed", state_at=LATE)
    clock.shift(HOUR)
    with late.post.open():
        late.go_round()

    assert (late.post.addresses, late.outcomes()) == ([], ["withdrawn"])


def test_somebody_who_has_left_is_told_nothing_more(late: Watched, post: PostOffice) -> None:
    late.clinic.disable("sam")
    outbox.deliver(late.watch)
    watchdog.look(late.watch)

    assert (post.asked, late.outcomes().count("withdrawn")) == (0, 1)


def test_a_silent_server_keeps_the_inbox_from_nobody(
    late: Watched, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.watch.post.PATIENCE", 0.3)
    row = late.clinic.send()
    with silent_server(late.post.port):
        began = time.perf_counter()
        late.go_round()

    assert time.perf_counter() - began < 5
    assert late.case_of(row)
    assert late.outcomes() == [None]


def test_everything_somebody_is_told_at_once_is_one_letter(watched: Watched, post: PostOffice) -> None:
    with time_machine.travel(WROTE, tick=False) as clock:
        watched.employ("sam", SAM, "coordinator", ALINGSAS, "mini-maria", "vagen-in")
        watched.clinic.receive()
        watched.clinic.spoil(watched.clinic.receive(), priority=1)
        clock.move_to(LATE)
        watched.go_round()
    ((_, letter),) = post.letters
    text = letter.get_content()

    assert [text.count(word) for word in ("Brådskande", "väntat för länge", "Något i tjänsten")] == [1, 2, 1]


@pytest.mark.parametrize("header", ["Auto-Submitted", "Message-ID", "Date"])
def test_a_letter_is_one_a_machine_may_send(late: Watched, post: PostOffice, header: str) -> None:
    outbox.deliver(late.watch)

    assert post.letters[0][1][header]
