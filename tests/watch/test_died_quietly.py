"""Sixty-three requests once lay unread for a year. Here somebody is told the same day."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from intake.records.models import Case
from tests.staff.people import KIM, Answers
from tests.watch.conftest import Watched
from tests.watch.post_office import PostOffice

REPORTS = 63
FRIDAY = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)  # three in the afternoon here: one open hour, and seven on Monday
LIMIT = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SAM, EVA, MIA = "sam@example.org", "eva@example.org", "mia@example.org"
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # nine in the morning here
UNREAD_FOR = timedelta(hours=4)
A_CHILD: Answers = {
    "referral.kind": "police",
    "referral.unit": "police_alingsas",
    "referral.informed": "no",
    "someone.danger": "no",
    "someone.age": "15",
    "someone.town": "alingsas",
    "referrer.name": "Peter",
    "referrer.phone": "070-174 06 55",
}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def unread(watched: Watched, post: PostOffice, clock: time_machine.Traveller) -> Watched:
    """Two coordinators, reception, a colleague of other units, and sixty-three people who wrote on Friday."""
    watched.employ("sam", SAM)
    watched.employ("eva", EVA, language="en")
    watched.employ("anna", "anna@example.org", "reception")
    watched.employ_elsewhere()
    for number in range(REPORTS):
        watched.clinic.send(KIM | {"contact.name": f"Kim {number}", "story": "CANARY"})
    watched.go_round()
    assert post.letters == []
    return watched


def test_nobody_is_told_before_the_limit(unread: Watched, post: PostOffice, clock: time_machine.Traveller) -> None:
    clock.move_to(LIMIT - MINUTE)
    unread.go_round()

    assert (unread.alarms(), post.letters) == ([], [])


def test_each_coordinator_is_told_the_same_day_and_once(
    unread: Watched, post: PostOffice, clock: time_machine.Traveller
) -> None:
    clock.move_to(LIMIT + MINUTE)
    for _ in range(3):
        unread.go_round()

    assert len(unread.alarms("unread")) == len(unread.alarms()) == REPORTS
    assert post.addresses == [EVA, SAM]
    assert {str(letter["Date"])[:16] for _, letter in post.letters} == {"Mon, 30 Nov 2026"}


def test_letters_say_nothing_about_anybody(unread: Watched, post: PostOffice, clock: time_machine.Traveller) -> None:
    clock.move_to(LIMIT + MINUTE)
    unread.go_round()
    with unread.clinic.records() as records:
        hidden = [*records.scalars(select(Case.reference)), *records.scalars(select(Case.id))]
    texts = [f"{letter['From']} {letter['Subject']} {letter.get_content()}" for _, letter in post.letters]
    found = [
        word
        for word in ("Kim", "CANARY", "070", "lkohol", "Sam", "Eva", "63", *hidden)
        for text in texts
        if word in text
    ]

    assert (len(hidden), found) == (2 * REPORTS, [])


def test_a_letter_says_where_and_how_to_get_there_in_the_readers_language(
    unread: Watched, post: PostOffice, clock: time_machine.Traveller
) -> None:
    clock.move_to(LIMIT + MINUTE)
    unread.go_round()
    english, swedish = (letter.get_content() for _, letter in post.letters)

    assert "Something has waited too long in the queue of Socialmedicinska mottagningen Alingsås." in english
    assert "Något har väntat för länge i kön till Socialmedicinska mottagningen Alingsås." in swedish
    assert "https://intake.example.org/staff/" in swedish


def test_it_is_told_again_each_open_day_until_it_is_over(
    unread: Watched, post: PostOffice, clock: time_machine.Traveller
) -> None:
    seen = []
    for days in range(8):  # from Monday over a weekend to the next
        clock.move_to(LIMIT + MINUTE + days * DAY)
        unread.go_round()
        seen.append(len(post.letters))

    assert seen == [2, 4, 6, 8, 10, 10, 10, 12]


def test_nobody_is_told_again_before_the_clinic_opens(
    unread: Watched, post: PostOffice, clock: time_machine.Traveller
) -> None:
    clock.move_to(LIMIT + MINUTE)
    unread.go_round()
    clock.move_to(datetime(2026, 12, 1, 6, 59, tzinfo=UTC))
    unread.go_round()
    assert len(post.letters) == 2
    clock.move_to(datetime(2026, 12, 1, 7, 1, tzinfo=UTC))
    unread.go_round()
    assert len(post.letters) == 4


def test_an_alarm_is_over_by_itself_when_somebody_has_read_the_case(
    unread: Watched, clock: time_machine.Traveller
) -> None:
    clock.move_to(LIMIT + MINUTE)
    unread.go_round()
    read = unread.alarms("unread")[0].subject
    unread.clinic.spoil(read, state="read", state_at=LIMIT + MINUTE)
    unread.go_round()

    assert len(unread.alarms()) == REPORTS - 1
    assert read not in {alarm.subject for alarm in unread.alarms()}


def test_reports_about_children_of_a_monday_morning_are_told_the_same_monday(
    watched: Watched, post: PostOffice, clock: time_machine.Traveller
) -> None:
    watched.employ("sam", SAM)
    watched.employ_elsewhere()
    clock.move_to(MONDAY)
    for number in range(REPORTS):
        watched.clinic.send(A_CHILD | {"someone.noticed": f"CANARY {number}"}, "professional")
    watched.go_round()
    clock.move_to(MONDAY + UNREAD_FOR - MINUTE)
    watched.go_round()
    assert (watched.alarms(), post.letters) == ([], [])
    clock.move_to(MONDAY + UNREAD_FOR + MINUTE)
    for _ in range(3):
        watched.go_round()

    assert len(watched.alarms("unread")) == len(watched.alarms()) == REPORTS
    assert [(to, str(letter["Date"])[:16]) for to, letter in post.letters] == [(MIA, "Mon, 23 Nov 2026")]
