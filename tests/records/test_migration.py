import multiprocessing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from intake.records.database import Database
from intake.records.migration import is_current, migrate
from intake.records.models import Table
from tests.fixtures.postgres import Cluster


def test_the_migrations_make_the_tables_and_indexes_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, Table.metadata) == []


def test_the_migrations_make_every_constraint_by_its_name(database: Database) -> None:
    tables = inspect(database.engine)
    made = set()
    for name in Table.metadata.tables:
        made |= {c["name"] for c in tables.get_check_constraints(name)}
        made |= {c["name"] for c in tables.get_unique_constraints(name)}
        made |= {c["name"] for c in tables.get_foreign_keys(name)}
        made.add(tables.get_pk_constraint(name)["name"])

    assert made == {c.name for table in Table.metadata.sorted_tables for c in table.constraints}


def test_migrating_again_changes_nothing(database: Database, database_url: str) -> None:
    migrate(database_url)

    with database.engine.connect() as connection:
        assert is_current(connection)


def test_many_may_migrate_an_empty_sqlite_at_once(tmp_path: Path) -> None:
    assert _migrate_from_many_processes(f"sqlite:///{tmp_path / 'new.db'}")


def test_many_may_migrate_an_empty_postgresql_at_once(cluster: Cluster) -> None:
    assert _migrate_from_many_processes(cluster.create("raced", template="template1"))


def test_a_new_sqlite_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / 'home' / 'intake.db'}")

    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "home").iterdir()} == {0o600}


def test_a_folder_with_a_percent_sign_does_no_harm(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / '100%s' / 'intake.db'}")

    assert (tmp_path / "100%s" / "intake.db").exists()


def test_an_empty_database_is_not_current(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}")

    with database.engine.connect() as connection:
        assert not is_current(connection)
    database.close()


def _migrate_from_many_processes(url: str) -> bool:
    """Whether every process came to its end without an error, and the tables are there."""
    processes = [multiprocessing.get_context("spawn").Process(target=migrate, args=(url,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    database = Database(url)
    with database.engine.connect() as connection:
        current = is_current(connection)
    database.close()
    return current and all(process.exitcode == 0 for process in processes)
