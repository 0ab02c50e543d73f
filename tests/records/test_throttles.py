from datetime import UTC, datetime, timedelta

import time_machine
from sqlalchemy.orm import Session

from intake.records.database import Database
from intake.records.queries import throttles
from tests.records.parallel import at_once

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
AN_HOUR_BEFORE = NOON - timedelta(hours=1)


def test_failures_are_counted(session: Session) -> None:
    assert [throttles.count_failure(session, "a", forget_before=AN_HOUR_BEFORE) for _ in range(3)] == [1, 2, 3]
    assert throttles.count_failure(session, "b", forget_before=AN_HOUR_BEFORE) == 1


def test_failures_at_the_same_moment_are_all_counted(database: Database) -> None:
    counts = at_once(database, lambda session: throttles.count_failure(session, "a", forget_before=AN_HOUR_BEFORE))

    assert sorted(counts) == [1, 2, 3, 4, 5, 6]


def test_old_failures_are_forgotten(session: Session) -> None:
    with time_machine.travel(NOON, tick=False) as travel:
        throttles.count_failure(session, "a", forget_before=AN_HOUR_BEFORE)
        travel.shift(timedelta(hours=1))

        assert throttles.count_failure(session, "a", forget_before=NOON) == 2
        assert throttles.count_failure(session, "a", forget_before=NOON + timedelta(hours=2)) == 1


def test_a_block_is_remembered_until_success_clears_it(session: Session) -> None:
    throttles.count_failure(session, "a", forget_before=AN_HOUR_BEFORE)
    throttles.block(session, "a", NOON)
    known = throttles.throttle(session, "a")
    assert known is not None
    assert (known.failures, known.blocked_until) == (1, NOON)

    throttles.clear(session, "a")
    session.expire_all()
    assert throttles.throttle(session, "a") is None


def test_what_was_taken_back_does_not_count(session: Session) -> None:
    throttles.count_failure(session, "a", forget_before=AN_HOUR_BEFORE)
    for _ in range(2):
        throttles.take_back(session, "a")

    assert throttles.count_failure(session, "a", forget_before=AN_HOUR_BEFORE) == 1


def test_only_what_lies_still_is_swept_away(session: Session) -> None:
    with time_machine.travel(NOON, tick=False) as travel:
        throttles.count_failure(session, "old", forget_before=AN_HOUR_BEFORE)
        travel.shift(timedelta(hours=1))
        throttles.count_failure(session, "new", forget_before=AN_HOUR_BEFORE)

    assert throttles.sweep(session, NOON + timedelta(minutes=1)) == 1
    assert throttles.throttle(session, "new") is not None
