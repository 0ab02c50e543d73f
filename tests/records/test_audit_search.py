"""Searching the log: what is found, how it goes on, and what it costs in a long log."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
import time_machine
from sqlalchemy import event, insert, text
from sqlalchemy.orm import Session

from intake.audit.entry import Entry
from intake.audit.vocabulary import Result
from intake.records.audit_models import AuditEntry
from intake.records.database import Database
from intake.records.queries import audit, audit_search
from intake.records.queries.audit_search import EXAMINED, Wanted, denied_since, many_cases_since, search
from tests.records.log import add, begin
from tests.records.people import BOX, case, employ

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ANNA, BO, CASE, OTHER = "aa" * 16, "bb" * 16, "cd" * 16, "ef" * 16
READ = Entry("case.read", ANNA, units=("adult",), case_id=CASE)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def worked(database: Database, clock: time_machine.Traveller) -> Database:
    """Rows 2 to 7: three on Monday, two on Tuesday, one on Thursday."""
    begin(database)
    add(database, READ)
    add(database, replace(READ, actor=BO, units=("adult", "youth")))
    add(database, replace(READ, case_id=OTHER))
    clock.shift(timedelta(days=1))
    add(database, Entry("queue.read", BO, units=("youth",), rows=2, shown=(CASE, OTHER)))
    add(database, replace(READ, result=Result.DENIED))
    clock.shift(timedelta(days=2))
    add(database, Entry("sign_in.password", "nobody", result=Result.FAILED))
    return database


@pytest.mark.parametrize(
    ("wanted", "rows"),
    [
        (Wanted(), [7, 6, 5, 4, 3, 2, 1]),
        (Wanted(actor=ANNA), [6, 4, 2]),
        (Wanted(case_id=CASE), [6, 5, 3, 2]),
        (Wanted(case_id=CASE, actor=BO), [5, 3]),
        (Wanted(unit="youth"), [5, 3]),
        (Wanted(unit="you"), []),
        (Wanted(unit="%"), []),
        (Wanted(action="case.read"), [6, 4, 3, 2]),
        (Wanted(result="denied"), [6]),
        (Wanted(result="failed"), [7]),
        (Wanted(result="done", actor=ANNA), [4, 2]),
        (Wanted(since=MONDAY + timedelta(hours=1)), [7, 6, 5]),
        (Wanted(until=MONDAY + timedelta(days=1)), [4, 3, 2, 1]),
        (Wanted(since=MONDAY + timedelta(days=1), until=MONDAY + timedelta(days=2)), [6, 5]),
        (Wanted(since=MONDAY + timedelta(days=30)), []),
        (Wanted(until=MONDAY - timedelta(days=30)), []),
        (Wanted(before=4), [3, 2, 1]),
        (Wanted(before=10**14), [7, 6, 5, 4, 3, 2, 1]),
    ],
)
def test_what_is_asked_for_is_found_newest_first(
    worked: Database, session: Session, wanted: Wanted, rows: list[int]
) -> None:
    assert [each.row.seq for each in search(session, wanted).found] == rows


def test_pages_follow_each_other_without_a_gap(worked: Database, session: Session) -> None:
    pages, wanted = [], Wanted()
    while (page := search(session, wanted, 3)).next:
        pages.append([each.row.seq for each in page.found])
        wanted = Wanted(before=page.next)

    assert (pages, [each.row.seq for each in page.found]) == ([[7, 6, 5], [4, 3, 2]], [1])


def test_a_day_the_clock_was_wrong_loses_no_entry(worked: Database, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(days=-10))
    add(worked)
    with worked.session() as session:
        found = search(session, Wanted(since=MONDAY - timedelta(days=8), until=MONDAY - timedelta(days=6))).found

    assert [each.row.seq for each in found] == [8]


def test_names_and_references_come_along(database: Database) -> None:
    begin(database)
    with database.writing() as session:
        user, kept = employ(session), case(session)
        audit.note(session, BOX, Entry("case.read", user.id, case_id=kept.id))
        session.commit()
        found = search(session, Wanted(case_id=kept.id)).found

        assert [(each.name, each.reference) for each in found] == [("Anna", kept.reference)]
        assert audit_search.case_of_reference(session, kept.reference) == kept.id


def test_who_was_denied_something_lately_is_counted(worked: Database, session: Session) -> None:
    assert [(each.actor, each.count) for each in denied_since(session, MONDAY)] == [(ANNA, 1)]
    assert denied_since(session, MONDAY + timedelta(days=2)) == []


def test_who_opened_many_cases_in_a_day_is_counted_day_by_day(worked: Database, session: Session) -> None:
    assert [(each.actor, each.count) for each in many_cases_since(session, MONDAY, 2)] == [(ANNA, 2)]
    assert many_cases_since(session, MONDAY, 3) == []


def test_cases_that_were_only_tried_are_not_among_those_opened(worked: Database, session: Session) -> None:
    for case_id in (CASE, OTHER):
        add(worked, replace(READ, actor="ee" * 16, case_id=case_id, result=Result.DENIED))

    assert [each.actor for each in many_cases_since(session, MONDAY, 2)] == [ANNA]


RARE = Wanted(action="user.add")
SEARCHES = (Wanted(), Wanted(actor=ANNA), Wanted(case_id=CASE), Wanted(result="denied"), Wanted(unit="x"), RARE)


def fill(session: Session, first: int, entries: int) -> None:
    """Add so many entries of another person about other cases, unsealed: nobody verifies them."""
    rest = {"day": 0, "at": MONDAY, "role": "", "units": "adult", "codes": "", "shown": "", "request_id": ""}
    row = rest | {"actor": BO, "action": "case.read", "result": "done", "rows": None, "mac": "0" * 64}
    seqs = range(first, first + entries)
    session.execute(insert(AuditEntry), [row | {"seq": seq, "case_id": f"{seq:032x}"} for seq in seqs])
    session.commit()


def sqlite_steps(session: Session, wanted: Wanted) -> int:
    """How many hundreds of steps SQLite's machine takes to answer."""
    connection = cast("sqlite3.Connection", session.connection().connection.dbapi_connection)
    steps: list[None] = []
    connection.set_progress_handler(lambda: steps.append(None), 100)
    search(session, wanted)
    connection.set_progress_handler(None, 0)
    return len(steps)


def test_a_search_takes_no_more_steps_in_a_long_log(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    begin(database, entries=1)
    with database.writing() as session:
        fill(session, 3, 2 * EXAMINED)
        before = [sqlite_steps(session, wanted) for wanted in SEARCHES]
        fill(session, 3 + 2 * EXAMINED, 8 * EXAMINED)
        after = [sqlite_steps(session, wanted) for wanted in SEARCHES]
    database.close()

    assert [steps <= past * 1.2 + 2 for past, steps in zip(before, after, strict=True)] == [True] * len(SEARCHES)


def test_a_search_reads_few_rows_of_a_long_log_on_postgresql(postgres_url: str) -> None:
    database = Database(postgres_url)
    begin(database, entries=1)
    with database.writing() as session:
        fill(session, 3, 8 * EXAMINED)
        session.execute(text("ANALYZE"))
        read = [postgres_rows(session, wanted) for wanted in SEARCHES]
    database.close()

    assert [rows for rows in read if rows > 4 * EXAMINED] == []


def postgres_rows(session: Session, wanted: Wanted) -> int:
    """How many rows PostgreSQL reads, at all levels of its plans, to answer."""
    asked: list[Any] = []

    def listen(*seen: Any) -> None:  # noqa: ANN401  # whatever SQLAlchemy says
        asked.append(seen[2:4])

    event.listen(session.get_bind(), "before_cursor_execute", listen)
    search(session, wanted)
    event.remove(session.get_bind(), "before_cursor_execute", listen)
    cursor, rows = session.connection().connection.cursor(), 0
    for statement, values in asked:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statement, values)
        ((plan,),) = cursor.fetchall()
        rows += rows_in(plan[0]["Plan"])
    return rows


def rows_in(plan: dict[str, Any]) -> int:
    here = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return int(here) + sum(rows_in(part) for part in plan.get("Plans", []))


def test_where_what_is_asked_for_is_rare_a_search_goes_on_from_where_it_stopped(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    begin(database, entries=1)
    with database.writing() as session:
        fill(session, 3, EXAMINED + 10)
        first = search(session, Wanted(action="audit.begin"))
        then = search(session, Wanted(action="audit.begin", before=first.next))
    database.close()

    assert (first.found, first.next) == ((), 13)
    assert ([each.row.seq for each in then.found], then.next) == ([1], None)
