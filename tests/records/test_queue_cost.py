"""A page of the queue costs the same whether a hundred cases went before or ten thousand: counted, not timed."""

import sqlite3
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import event, insert, text
from sqlalchemy.orm import Session

from intake.records.database import Database
from intake.records.ids import new_id
from intake.records.models import Case, Inbox
from intake.records.queries.cases import Desk
from intake.records.queries.queue import COUNT_LIMIT, ORDERS, QueueFilter, counts_by_state, queue_page
from tests.records.people import MONDAY

STATES = ("received", "read", "closed")
EVERYTHING = QueueFilter(desk=Desk(("adult", "mini_maria"), "region"), states=STATES)
EVERY_ORDER = [sign + order for order in ORDERS for sign in ("", "-")]
FEW, MANY = 500, 10_000


def fill(session: Session, number: int) -> None:
    """Add so many cases, most of them closed, with answers of an ordinary size."""
    ids = [(new_id(), new_id()) for _ in range(number)]
    clear = {"unit": "adult", "principal": "region", "priority": 3, "language": "sv", "door": "self"}
    row = clear | {"definition": "d", "received_hour": MONDAY, "opened_at": MONDAY}
    session.execute(insert(Inbox), [row | {"id": inbox, "draft_id": inbox, "lookup": inbox} for inbox, _ in ids])
    row = clear | {"received_at": MONDAY, "state_at": MONDAY, "summary": b"s", "contact": b"c", "answers": bytes(3000)}
    session.execute(
        insert(Case),
        [
            row | {"id": id_, "inbox_id": inbox, "lookup": inbox, "reference": f"{n:07}", "state": STATES[-(n % 5 > 0)]}
            for n, (inbox, id_) in enumerate(ids, start=number)
        ],
    )
    session.commit()


def sqlite_steps(session: Session, order: str) -> int:
    """How many hundreds of steps SQLite's machine takes to answer for a page."""
    connection = cast("sqlite3.Connection", session.connection().connection.dbapi_connection)
    steps: list[None] = []
    connection.set_progress_handler(lambda: steps.append(None), 100)
    queue_page(session, replace(EVERYTHING, order=order))
    connection.set_progress_handler(None, 0)
    return len(steps)


def postgres_rows(session: Session, order: str) -> int:
    """How many rows PostgreSQL reads, at all levels of its plans, to answer for a page."""
    asked: list[Any] = []

    def listen(*seen: object) -> None:
        asked.append(seen[2:4])

    event.listen(session.get_bind(), "before_cursor_execute", listen)
    queue_page(session, replace(EVERYTHING, order=order))
    event.remove(session.get_bind(), "before_cursor_execute", listen)
    cursor = session.connection().connection.cursor()
    plans = []
    for statement, values in asked:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statement, values)
        plans += [plan[0]["Plan"] for (plan,) in cursor.fetchall()]
    assert len(plans) > 1
    return sum(rows_in(plan) for plan in plans)


def rows_in(plan: dict[str, Any]) -> int:
    here = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return int(here) + sum(rows_in(part) for part in plan.get("Plans", []))


def test_a_page_takes_no_more_steps_in_a_large_sqlite(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.writing() as session:
        fill(session, FEW)
        before = {order: sqlite_steps(session, order) for order in EVERY_ORDER}
        fill(session, MANY)
        after = {order: sqlite_steps(session, order) for order in EVERY_ORDER}
    database.close()

    assert {order: after[order] <= before[order] * 1.1 for order in EVERY_ORDER} == dict.fromkeys(EVERY_ORDER, True)


def test_a_page_reads_few_rows_of_a_large_postgresql(postgres_url: str) -> None:
    database = Database(postgres_url)
    with database.writing() as session:
        fill(session, MANY)
        session.execute(text("ANALYZE"))
        read = {order: postgres_rows(session, order) for order in EVERY_ORDER}
    database.close()

    assert {order: rows for order, rows in read.items() if rows > MANY / 6} == {}


def test_no_state_is_counted_to_its_end(database: Database) -> None:
    with database.writing() as session:
        fill(session, COUNT_LIMIT * 2)

        assert counts_by_state(session, EVERYTHING.desk, STATES) == {"received": 400, "read": 0, "closed": COUNT_LIMIT}
