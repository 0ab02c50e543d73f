import base64
import json
import subprocess
import sys

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.ingest import Keyring, Opened, open_inbox
from intake.records.box import Encrypted
from intake.records.models import Case
from tests.ingest.requests import CANARY, payload


@pytest.fixture
def told(database_url: str, public_key: bytes) -> str:
    """All that a public process gets to see of the database it stored a request in."""
    words = [database_url, base64.b64encode(public_key).decode(), json.dumps(payload())]
    command = [sys.executable, "-m", "tests.ingest.public_process", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_public_process_cannot_read_what_it_stored(told: str) -> None:
    assert told.count('["inbox"') == 1
    assert not any(word in told for word in (CANARY, "Kim", "070-174", "lerum", "gambling"))


def test_the_staff_side_reads_what_the_public_process_stored(told: str, session: Session, keyring: Keyring) -> None:
    assert open_inbox(session, keyring) == Opened(1, 0)

    case = session.scalars(select(Case)).one()
    assert keyring.box.open(Encrypted.ANSWERS, case.id, case.answers) == payload()
