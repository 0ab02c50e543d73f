"""Attempts at signing in, counted before anything is verified and kept whatever becomes of the request."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from intake import clock
from intake.errors import IntakeError
from intake.records.database import Database
from intake.records.queries import throttles
from intake.staff.throttle import Count

FORGOTTEN_AFTER = timedelta(days=1)


class Wait(IntakeError):
    """It is too early for another attempt; `seconds` says how much."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} seconds")
        self.seconds = seconds


def admit(database: Database, counts: Collection[Count]) -> None:
    """Put an attempt on all its lists, or raise Wait and put it on none."""
    now = clock.now()
    with database.writing() as records, records.begin():
        for count in sorted(
            counts, key=lambda count: count.key
        ):  # one order, so that two attempts never wait in a ring
            _count(records, count, now)


def forgive(records: Session, counts: Collection[Count]) -> None:
    """After a success: forget what this person failed before, and take this one attempt off the lists they share.

    Whatever nobody was counted on for a day goes too: guesses at made-up names would fill the table for good.
    """
    for count in counts:
        if count.shared:
            throttles.take_back(records, count.key)
        else:
            throttles.clear(records, count.key)
    throttles.sweep(records, clock.now() - FORGOTTEN_AFTER)


def _count(records: Session, count: Count, now: datetime) -> None:
    failures = throttles.count_failure(records, count.key, forget_before=now - FORGOTTEN_AFTER)
    known = throttles.throttle(records, count.key)
    if known and known.blocked_until and known.blocked_until > now:
        raise Wait(int((known.blocked_until - now).total_seconds()) + 1)
    delay = count.limit.delay(failures)
    if delay:
        throttles.block(records, count.key, now + delay)
