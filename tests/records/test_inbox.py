from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake.records.database import Database
from intake.records.models import Inbox
from intake.records.queries import inbox
from tests.records.parallel import at_once
from tests.records.people import submission


def test_a_submission_is_stored_with_the_hour_alone(session: Session) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 14, 5, 9, tzinfo=UTC), tick=False):
        assert inbox.insert(session, submission())

    assert session.scalars(select(Inbox.received_hour)).one() == datetime(2026, 11, 20, 14, tzinfo=UTC)


def test_the_same_draft_is_stored_once(session: Session) -> None:
    first = submission(draft_id="draft")

    assert inbox.insert(session, first)
    assert not inbox.insert(session, submission(draft_id="draft", sealed=b"other"))
    assert session.scalars(select(Inbox.id)).all() == [first.id]


@pytest.mark.parametrize("column", ["id", "lookup"])
def test_another_draft_never_vanishes_into_an_existing_row(session: Session, column: str) -> None:
    inbox.insert(session, submission(**{column: "0" * 32}))

    with pytest.raises(IntegrityError):
        inbox.insert(session, submission(**{column: "0" * 32}))


def test_one_draft_sent_by_many_at_once_is_stored_once(database: Database) -> None:
    stored = at_once(database, lambda session: inbox.insert(session, submission(draft_id="draft")))

    assert sum(stored) == 1


@pytest.mark.parametrize("wrong", [{"priority": 0}, {"priority": 4}, {"id": "short"}, {"sealed": None}])
def test_the_database_refuses_what_cannot_be(session: Session, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        inbox.insert(session, submission(**wrong))


def test_the_oldest_wait_first(session: Session) -> None:
    for hour in (12, 9, 15):
        with time_machine.travel(datetime(2026, 11, 20, hour, tzinfo=UTC), tick=False):
            inbox.insert(session, submission(door=f"door-{hour}"))

    assert [row.door for row in inbox.unopened(session, 2)] == ["door-9", "door-12"]


def test_a_row_in_another_workers_hands_is_passed_over(database: Database) -> None:
    with database.session() as first, database.session() as second:
        for _ in range(2):
            inbox.insert(first, submission())
        first.commit()
        (mine,) = inbox.unopened(first, 1)
        waiting = {row.id for row in inbox.unopened(second, 2)}

    assert len(waiting - {mine.id}) == 1
    assert (mine.id in waiting) == (database.url.get_backend_name() == "sqlite")


def test_an_opened_row_is_empty_and_no_longer_waits(session: Session) -> None:
    row = submission()
    inbox.insert(session, row)

    assert inbox.mark_opened(session, row.id)
    assert not inbox.mark_opened(session, row.id)
    assert session.scalars(select(Inbox.sealed)).one() is None
    assert inbox.unopened(session, 1) == []


def test_a_failed_row_stays_sealed_and_no_longer_waits(session: Session) -> None:
    row = submission()
    inbox.insert(session, row)

    assert inbox.mark_failed(session, row.id, "changed")
    assert not inbox.mark_opened(session, row.id)
    assert session.scalars(select(Inbox.sealed)).one() == b"sealed"
    assert inbox.unopened(session, 1) == []


def test_failures_are_counted_by_reason_and_can_be_tried_again(session: Session) -> None:
    for reason in ("changed", "changed", "other_key"):
        row = submission()
        inbox.insert(session, row)
        inbox.mark_failed(session, row.id, reason)

    assert inbox.failures(session) == {"changed": 2, "other_key": 1}
    assert inbox.retry(session) == 3
    assert len(inbox.unopened(session, 9)) == 3
