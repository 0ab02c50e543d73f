from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError
from sqlalchemy.orm import Session

from intake.errors import SettingsError
from intake.records.database import Database, read_url
from intake.records.models import Membership, Throttle

CANARY = "CANARY-41c7"


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("secure_delete", 1),
        ("trusted_schema", 0),
    ],
)
def test_sqlite_runs_with_its_safety_on(sqlite_url: str, pragma: str, value: object) -> None:
    database = Database(sqlite_url)
    with database.session() as session:
        assert session.scalar(text(f"PRAGMA {pragma}")) == value
    database.close()


@pytest.mark.parametrize("url", ["postgres://u@host/db", "postgresql://u@host/db", "postgresql+psycopg://u@host/db"])
def test_every_spelling_of_postgresql_uses_the_same_driver(url: str) -> None:
    assert read_url(url).drivername == "postgresql+psycopg"


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://user:CANARY-41c7@host/db"])
def test_other_databases_are_refused_without_printing_a_password(url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL") as raised:
        read_url(url)

    assert CANARY not in repr(raised.value)


def test_an_error_shows_no_value_of_the_row(session: Session) -> None:
    with pytest.raises(IntegrityError) as raised:
        session.execute(insert(Membership).values(user_id=CANARY, unit="adult"))

    assert CANARY not in str(raised.value)
    assert CANARY not in repr(raised.value.orig)


def test_an_instant_comes_back_aware_and_in_utc(session: Session) -> None:
    summer = datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    session.add(Throttle(key="k", failures=0, updated_at=summer))
    session.commit()

    stored = session.scalars(select(Throttle.updated_at)).one()
    assert (stored, stored.tzinfo) == (datetime(2026, 7, 1, 10, 0, 0, 123456, tzinfo=UTC), UTC)


def test_an_instant_without_a_zone_is_refused(session: Session) -> None:
    session.add(Throttle(key="k", failures=0, updated_at=datetime(2026, 7, 1)))  # noqa: DTZ001  # the point

    with pytest.raises(StatementError, match="without a time zone"):
        session.flush()


def test_a_writer_that_read_first_is_not_overtaken(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.writing() as first, database.session() as second:
        first.execute(select(Throttle)).all()
        second.execute(text("PRAGMA busy_timeout = 1"))
        with pytest.raises(OperationalError, match="locked"):
            second.execute(text("DELETE FROM throttles"))
        first.execute(text("DELETE FROM throttles"))
        first.commit()
    database.close()


def test_readers_do_not_wait_for_a_writer(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.writing() as writer, database.session() as reader:
        writer.execute(text("DELETE FROM throttles"))

        assert reader.scalars(select(Throttle)).all() == []
    database.close()


def test_a_deleted_value_is_gone_from_the_sqlite_file(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    with database.writing() as session:
        session.execute(text("INSERT INTO installation VALUES ('name', :value)"), {"value": CANARY})
        session.commit()
        session.execute(text("DELETE FROM installation"))
        session.commit()
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
        connection.exec_driver_sql("BEGIN")
    database.close()

    assert not any(CANARY.encode() in path.read_bytes() for path in tmp_path.iterdir())
