"""Spot checks: what can be drawn, what is kept of it, and what an auditor found."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from intake.audit.entry import Entry
from intake.audit.sample import Drawable, draw
from intake.errors import NotFound
from intake.records.box import Encrypted
from intake.records.database import Database
from intake.records.queries import audit_reviews
from intake.records.queries.audit_reviews import Mark, NewReview, Period
from tests.records.log import add, begin
from tests.records.people import BOX, employ

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
WEEK = Period("2026-11-23", "2026-11-29", MONDAY.replace(hour=0), MONDAY.replace(hour=0) + timedelta(days=7))
ANNA, BO, CASE = "aa" * 16, "bb" * 16, "cd" * 16


@pytest.fixture
def worked(database: Database) -> Database:
    """Anna and Bo worked on Monday, Anna on Tuesday too, and something else went on as well."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        begin(database)
        for actor, case in ((ANNA, CASE), (ANNA, CASE), (BO, CASE), (BO, None), ("worker", CASE)):
            add(database, Entry("case.read", actor, case_id=case))
        clock.shift(timedelta(days=1))
        add(database, Entry("queue.read", ANNA, shown=(CASE,)))
        clock.shift(timedelta(days=7))
        add(database, Entry("case.read", ANNA, case_id=CASE))
    return database


def test_an_entry_about_a_case_can_be_drawn_and_no_other(worked: Database, session: Session) -> None:
    assert [each.seq for each in audit_reviews.entries_in(session, WEEK)] == [2, 3, 4, 7]


def test_a_persons_day_is_drawn_as_one(worked: Database, session: Session) -> None:
    assert sorted(audit_reviews.days_in(session, WEEK)) == [Drawable(2, 2), Drawable(4, 1), Drawable(7, 1)]


def test_nothing_is_drawn_from_a_time_in_which_nothing_was(worked: Database, session: Session) -> None:
    empty = Period("2027-01-01", "2027-01-02", WEEK.until + timedelta(days=50), WEEK.until + timedelta(days=51))

    assert list(audit_reviews.entries_in(session, empty)) == []


@pytest.fixture
def review(worked: Database, session: Session) -> str:
    """A spot check of three of the four entries, drawn by Eva."""
    eva = employ(session, "eva")
    sample = draw("seed", audit_reviews.entries_in(session, WEEK), 3)
    drawn = audit_reviews.add(session, NewReview(eva.id, "entries", "seed", WEEK), sample)
    session.commit()
    return drawn


def test_a_spot_check_is_kept_as_it_was_drawn(session: Session, review: str) -> None:
    kept = audit_reviews.review(session, review)

    assert (kept.drawn_by, kept.seed, kept.population, kept.size, kept.marked) == ("Eva", "seed", 4, 3, 0)
    assert [each.id for each in audit_reviews.reviews(session)] == [review]


def test_what_was_drawn_comes_with_its_entries_in_their_order(session: Session, review: str) -> None:
    drawn = audit_reviews.items(session, review)

    assert [each.number for each in drawn] == [1, 2, 3]
    assert [each.found.row.seq for each in drawn] == [
        each.seq for each in draw("seed", audit_reviews.entries_in(session, WEEK), 3).drawn
    ]


def test_what_was_found_is_kept_with_who_and_when(session: Session, review: str) -> None:
    eva = employ(session, "ewa")
    audit_reviews.mark(session, BOX, (review, 2), Mark("look", "Why on a Sunday?", eva.id))
    item = audit_reviews.items(session, review)[1]

    assert (item.verdict, item.marked_by, audit_reviews.review(session, review).marked) == ("look", "Ewa", 1)
    assert item.note is not None
    assert b"Sunday" not in item.note
    assert BOX.open(Encrypted.REVIEW_NOTE, item.row, item.note) == "Why on a Sunday?"


@pytest.mark.parametrize("number", [0, 4])
def test_what_was_not_drawn_cannot_be_marked(session: Session, review: str, number: int) -> None:
    with pytest.raises(NotFound):
        audit_reviews.mark(session, BOX, (review, number), Mark("fine", "", employ(session, "ewa").id))


def test_a_spot_check_that_never_was_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        audit_reviews.review(session, "0" * 32)
