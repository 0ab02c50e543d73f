"""Codes that are wrong, expired or withdrawn: nobody can tell them apart, by the answer or by the work it took.

Work is counted, not timed: every call of a function of ours, and every statement the database is sent.
"""

import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from intake import clock
from intake.public.bearer import ANSWERS_FOR
from intake.submission import receipt_code
from tests.mailbox.kim import Kim
from tests.staff.people import Clinic

WRONG = receipt_code(b"nobody's")


@pytest.fixture
def codes(clinic: Clinic) -> dict[str, str]:
    """A code of each kind that opens nothing."""
    withdrawn, early, expired, last_day = (Kim.sent(clinic) for _ in range(4))
    withdrawn.case()
    withdrawn.open_mailbox().go("withdrawal").press()
    withdrawn.case()
    closed_at = clock.now() - ANSWERS_FOR - timedelta(minutes=1)
    clinic.spoil(expired.case().id, state="closed", state_at=closed_at)
    clinic.spoil(last_day.case().id, state="closed", state_at=closed_at + timedelta(hours=1))
    early.open_mailbox().go("withdrawal").press()
    assert last_day.open_mailbox().status == 200
    return {"wrong": WRONG, "withdrawn": withdrawn.code, "expired": expired.code, "withdrawn unopened": early.code}


@contextmanager
def counted(clinic: Clinic) -> Iterator[Counter[str]]:
    """Count the calls of our own functions and the statements sent meanwhile."""
    work: Counter[str] = Counter()

    def call(frame: FrameType, what: str, _: object) -> None:
        if what == "call" and "/intake/" in frame.f_code.co_filename:
            work[f"{frame.f_code.co_filename}:{frame.f_code.co_qualname}"] += 1

    def sent(*seen: Any) -> None:  # noqa: ANN401  # as SQLAlchemy calls it
        work[seen[2]] += 1

    engine = clinic.parts.database.engine
    event.listen(engine, "before_cursor_execute", sent)
    sys.setprofile(call)
    threading.setprofile(call)
    try:
        yield work
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
        event.remove(engine, "before_cursor_execute", sent)


def tried(client: FlaskClient, code: str) -> TestResponse:
    return client.post("/sv/code", data={"code": code})


def told(answer: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    return answer.status_code, answer.data, sorted(answer.headers)


def test_the_answers_are_the_same_to_the_byte(clinic: Clinic, codes: dict[str, str]) -> None:
    client = clinic.app.test_client()
    answers = {kind: told(tried(client, code)) for kind, code in codes.items()}

    assert {kind: answer == answers["wrong"] for kind, answer in answers.items()} == dict.fromkeys(codes, True)
    assert answers["wrong"][0] == 422


def test_the_work_is_the_same_to_the_call(clinic: Clinic, codes: dict[str, str]) -> None:
    client = clinic.app.test_client()
    tried(client, WRONG)
    work = {kind: work_for(clinic, client, code) for kind, code in codes.items()}

    assert work == dict.fromkeys(codes, work["wrong"])
    assert sum("_derive" in name for name in work["wrong"].elements()) == 2


@pytest.mark.parametrize("written", ["", "x", "A" * 5000, "\x00", "0000-0000-0000-000U", "🦊" * 16])
def test_what_cannot_be_a_code_takes_the_same_keys_and_statements(clinic: Clinic, written: str) -> None:
    client = clinic.app.test_client()
    tried(client, WRONG)

    assert told(tried(client, written)) == told(tried(client, WRONG))
    assert essential(work_for(clinic, client, written)) == essential(work_for(clinic, client, WRONG))


def test_a_visit_to_what_is_gone_ends_as_a_wrong_code_does(clinic: Clinic) -> None:
    kim = Kim.sent(clinic).open_mailbox()
    clinic.spoil(kim.case().id, state="closed", state_at=clock.now() - ANSWERS_FOR - timedelta(days=1))
    gone, wrong = kim.go().person.page, tried(clinic.app.test_client(), WRONG)

    assert (gone.status_code, gone.text.partition("<main")[2]) == (422, wrong.text.partition("<main")[2])


def work_for(clinic: Clinic, client: FlaskClient, code: str) -> Counter[str]:
    with counted(clinic) as work:
        tried(client, code)
    return work


def essential(work: Counter[str]) -> dict[str, int]:
    """The statements, and the keys that were derived."""
    return {name: times for name, times in work.items() if "/intake/" not in name or "_derive" in name}
