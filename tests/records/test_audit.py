"""The audit log in the database: gapless, sealed, only ever added to, on either database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from intake.audit.entry import Entry
from intake.audit.verify import Broken, Fault
from intake.errors import SettingsError
from intake.records.box import Encrypted
from intake.records.database import Database
from intake.records.queries import audit
from intake.sealing.fields import Place
from intake.sealing.unseal import generate_keypair
from tests.records.log import ENTRY, add, begin, kept, unguarded, verified
from tests.records.parallel import at_once
from tests.records.people import BOX

MORNING = datetime(2026, 11, 23, 7, 0, 5, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def state(session: Session) -> tuple[int, bytes]:
    day, closed = session.execute(text("SELECT day, state FROM audit_chain")).one()
    return day, closed


def test_a_log_begins_with_a_row_that_says_so(database: Database) -> None:
    begin(database)

    assert [(row.seq, row.action, row.actor) for row in kept(database)] == [(1, "audit.begin", "worker")]


def test_beginning_again_changes_nothing(database: Database) -> None:
    begin(database, entries=2)
    begin(database)

    assert len(kept(database)) == 3


def test_many_may_begin_at_once(database: Database) -> None:
    at_once(database, lambda _: begin(database))

    assert len(kept(database)) == 1


def test_a_log_begun_for_one_auditor_is_not_gone_on_with_for_another(session: Session, database: Database) -> None:
    begin(database)

    with pytest.raises(SettingsError, match="auditor's public key"):
        audit.begin(session, BOX, generate_keypair()[0])


def test_nothing_is_noted_before_the_log_begins(database: Database) -> None:
    with pytest.raises(SettingsError, match="no audit log"):
        add(database)


def test_an_entry_is_kept_as_it_was_given(database: Database) -> None:
    begin(database)
    add(
        database, Entry("queue.read", "worker", codes=("state=read",), rows=1, shown=("ef" * 16,), request_id="12" * 16)
    )

    row = kept(database)[1]
    assert (row.action, row.codes, row.rows, row.shown, row.result) == ("queue.read", "state=read", 1, "ef" * 6, "done")
    assert verified(database).broken is None


def test_an_entry_goes_with_the_transaction_it_tells_of(database: Database) -> None:
    begin(database)
    with database.writing() as session:
        audit.note(session, BOX, ENTRY)
        session.rollback()

    assert len(kept(database)) == 1
    add(database)
    assert verified(database).rows == 2


def test_rows_added_at_once_make_one_chain(database: Database) -> None:
    begin(database)
    together = 8
    with_lock = [row for _ in range(3) for row in at_once_writing(database, together)]

    assert sorted(with_lock) == list(range(2, 2 + 3 * together))
    assert verified(database).broken is None


def at_once_writing(database: Database, requests: int) -> list[int]:
    return at_once(database, lambda _: add(database), requests)


def test_the_log_cannot_be_changed(database: Database) -> None:
    begin(database, entries=3)
    with database.writing() as session, pytest.raises(DBAPIError, match="only ever added to"):
        session.execute(text("UPDATE audit_log SET actor = 'x' WHERE seq = 2"))


@pytest.mark.parametrize("table", ["audit_log", "audit_chain"])
def test_the_log_cannot_be_emptied(database: Database, table: str) -> None:
    begin(database, entries=3)
    with database.writing() as session, pytest.raises(DBAPIError, match="only ever added to"):
        session.execute(text(f"DELETE FROM {table}"))  # one of two names above


def test_postgresql_does_not_truncate_the_log(postgres_url: str) -> None:
    database = Database(postgres_url)
    begin(database)
    with database.writing() as session, pytest.raises(DBAPIError, match="only ever added to"):
        session.execute(text("TRUNCATE audit_log"))
    database.close()


RENUMBER = "UPDATE audit_log SET seq = {new} WHERE seq = {old}"
PUT_IN = """
    INSERT INTO audit_log SELECT 4, day, at, 'worker', role, units, action, case_id, codes, rows, shown, result,
    request_id, mac FROM audit_log WHERE seq = 5
"""
TAMPERED = {
    "a changed field": (["UPDATE audit_log SET actor = 'worker' WHERE seq = 4"], 4, Fault.CHANGED),
    "a changed time": (["UPDATE audit_log SET at = '2026-11-23 07:00:06+00:00' WHERE seq = 4"], 4, Fault.CHANGED),
    "a missing row": (["DELETE FROM audit_log WHERE seq = 5"], 5, Fault.MISSING),
    "a missing first row": (["DELETE FROM audit_log WHERE seq = 1"], 1, Fault.MISSING),
    "rows that changed places": (
        [RENUMBER.format(new=new, old=old) for old, new in ((3, 99), (6, 3), (99, 6))],
        3,
        Fault.MOVED,
    ),
    "a row put in": (
        [
            "UPDATE audit_log SET seq = -seq + 1000 WHERE seq > 3",
            "UPDATE audit_log SET seq = 1001 - seq WHERE seq > 3",
            PUT_IN,
        ],
        4,
        Fault.INSERTED,
    ),
    "another first key": (["UPDATE audit_chain SET base_mac = mac FROM audit_log WHERE seq = 3"], 1, Fault.CHANGED),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_is_done_by_sql_is_found(database: Database, clock: time_machine.Traveller, what: str) -> None:
    begin(database, entries=8)
    statements, seq, fault = TAMPERED[what]
    with unguarded(database) as session:
        for statement in statements:
            session.execute(text(statement))

    assert verified(database).broken == Broken(seq, fault)


def test_a_cut_tail_is_found_by_an_anchor(database: Database, clock: time_machine.Traveller) -> None:
    begin(database, entries=8)
    anchor = {row.seq: row.mac for row in kept(database)[6:7]}
    with unguarded(database) as session:
        session.execute(text("DELETE FROM audit_log WHERE seq > 5"))
    add(database)

    assert verified(database).broken is None
    assert verified(database, anchor).broken == Broken(7, Fault.CUT)


def test_a_tail_cut_into_an_earlier_day_is_found_without_an_anchor(
    database: Database, clock: time_machine.Traveller
) -> None:
    begin(database, entries=3)
    clock.shift(timedelta(days=1))
    add(database)
    with unguarded(database) as session:
        session.execute(text("DELETE FROM audit_log WHERE seq > 3"))
    add(database)

    assert verified(database).broken == Broken(4, Fault.CHANGED)


def test_a_new_day_takes_a_new_key_and_the_old_one_is_gone(database: Database, clock: time_machine.Traveller) -> None:
    begin(database, entries=1)
    with database.session() as session:
        before = audit.today_of(session, BOX)
        closed = state(session)[1]
    clock.shift(timedelta(days=1))
    add(database)

    with database.session() as session:
        after = audit.today_of(session, BOX)
        assert (before.day, after.day, after.after) == (0, 1, 2)
        assert after.key != before.key
        assert closed not in [value for row in session.execute(text("SELECT state FROM audit_chain")) for value in row]
    assert verified(database).broken is None


def test_the_key_lies_in_the_database_only_closed(session: Session, database: Database) -> None:
    begin(database)
    day, closed = state(session)
    key = audit.today_of(session, BOX).key

    assert key not in closed
    assert BOX.fields.open(Place(*Encrypted.AUDIT_STATE.value, str(day)), closed)


def test_a_day_nobody_works_has_its_key_taken_away_all_the_same(
    database: Database, clock: time_machine.Traveller
) -> None:
    begin(database, entries=1)
    turned = []
    for days in (0, 1, 0):
        clock.shift(timedelta(days=days))
        with database.writing() as session, session.begin():
            turned.append(audit.turn_day(session, BOX))

    assert turned == [False, True, False]
    assert kept(database)[-1].action == "audit.day"


def test_a_clock_set_back_brings_no_old_key_back_and_is_told(database: Database, clock: time_machine.Traveller) -> None:
    begin(database, entries=1)
    for days in (1, -1, 0, 2):
        clock.shift(timedelta(days=days))
        add(database)
    report = verified(database)

    assert [row.day for row in kept(database)] == [0, 0, 1, 2, 2, 3]
    assert (report.broken, [each.seq for each in report.went_back]) == (None, [4])


def test_a_case_shown_twice_in_a_day_is_found_by_its_first_entry(
    database: Database, clock: time_machine.Traveller
) -> None:
    begin(database)
    for days in (0, 0, 1):
        clock.shift(timedelta(days=days))
        add(database, Entry("queue.read", "worker", shown=("ef" * 16, "ab" * 16)))

    with database.session() as session:
        found = session.execute(text("SELECT case_id, seq FROM audit_shown ORDER BY case_id, seq")).all()
    assert [tuple(row) for row in found] == [(id_ * 16, seq) for id_ in ("ab", "ef") for seq in (2, 4)]
