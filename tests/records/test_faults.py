import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import InternalError, OperationalError

from intake.records.database import Database
from intake.records.models import Inbox
from intake.records.queries import inbox
from tests.records.people import submission


def stored(database: Database) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(Inbox)) or 0


def test_on_a_full_disk_nothing_is_half_stored_and_it_recovers_by_itself(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.session() as session:
        inbox.insert(session, submission())
        session.commit()
        full = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count = {full}"))
        with pytest.raises(OperationalError, match="full"):
            inbox.insert(session, submission(sealed=bytes(100_000)))
        session.rollback()
        assert stored(database) == 1

        session.execute(text("PRAGMA max_page_count = 100000"))
        assert inbox.insert(session, submission(sealed=bytes(100_000)))
        session.commit()
    assert stored(database) == 2
    database.close()


def test_a_database_locked_too_long_refuses_and_stores_nothing(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.writing() as holder, database.session() as session:
        holder.execute(text("DELETE FROM throttles"))
        session.execute(text("PRAGMA busy_timeout = 50"))
        with pytest.raises(OperationalError, match="locked"):
            inbox.insert(session, submission())
    assert stored(database) == 0
    database.close()


def test_a_postgresql_that_only_reads_refuses_and_stores_nothing(postgres_url: str) -> None:
    database = Database(postgres_url)
    with database.session() as session:
        session.execute(text("SET TRANSACTION READ ONLY"))
        with pytest.raises(InternalError, match="read-only"):
            inbox.insert(session, submission())
    assert stored(database) == 0
    database.close()


def test_a_connection_the_server_cut_is_replaced(postgres_url: str) -> None:
    database = Database(postgres_url)
    assert stored(database) == 0
    killer = Database(postgres_url)
    with killer.session() as session:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        session.execute(text(others + " AND datname = current_database()"))
    killer.close()

    assert stored(database) == 0
    database.close()
