"""Several processes add to one log, and one of them is killed in the middle: one gapless chain all the same."""

import json
import subprocess
import sys
import time
from itertools import pairwise

from sqlalchemy import func, select

from intake.records.audit_models import AuditEntry
from intake.records.database import Database
from tests.records.log import add, begin, kept, verified
from tests.records.people import BOX

EACH = 60


def writer(url: str, times: str) -> "subprocess.Popen[bytes]":
    keys = json.dumps({number: key.hex() for number, key in BOX.fields.keys.items()})
    return subprocess.Popen([sys.executable, "-m", "tests.records.writer_process", url, keys, times])


def count(database: Database) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_processes_that_add_at_once_make_one_chain(database: Database, database_url: str) -> None:
    begin(database)
    writers = [writer(database_url, str(EACH)) for _ in range(2)]

    assert [each.wait() for each in writers] == [0, 0]
    rows = kept(database)
    turns = sum(before.codes >= after.codes for before, after in pairwise(rows[1:]))
    assert (len(rows), verified(database).broken) == (1 + 2 * EACH, None)
    assert turns > 1


def test_a_process_killed_in_the_middle_leaves_a_chain_that_goes_on(database: Database, database_url: str) -> None:
    begin(database)
    for killed_after in (20, 60, 100):
        with writer(database_url, "forever") as process:
            while count(database) < killed_after and process.poll() is None:
                time.sleep(0.01)
            process.kill()
        assert verified(database).broken is None
    add(database)

    assert verified(database).broken is None
    assert count(database) == verified(database).rows > 100
