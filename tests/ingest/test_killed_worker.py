import base64
import subprocess
import sys
import time

from sqlalchemy import func, select

from intake.ingest import Keyring, open_everything
from intake.records.database import Database
from intake.records.models import Case, CaseEvent, Inbox
from tests.ingest.requests import receive, submission

ROWS = 300


def count(database: Database, table: type[Case | CaseEvent]) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(
    database: Database, database_url: str, keyring: Keyring, public_key: bytes
) -> None:
    with database.session() as session:
        receive(session, *(submission(public_key) for _ in range(ROWS)))
    command = [sys.executable, "-m", "tests.ingest.worker_process", database_url]
    with subprocess.Popen([*command, base64.b64encode(keyring.private_key)]) as worker:
        while count(database, Case) < 5 and worker.poll() is None:
            time.sleep(0.01)
        worker.kill()
    opened_before = count(database, Case)

    rest = open_everything(database, keyring)

    assert 0 < opened_before < ROWS
    assert (rest.opened, rest.failed) == (ROWS - opened_before, 0)
    assert count(database, Case) == count(database, CaseEvent) == ROWS
    with database.session() as session:
        assert session.scalars(select(Inbox.id).where(Inbox.sealed.is_not(None))).all() == []
