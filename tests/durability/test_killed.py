"""Whoever was shown a receipt is in the inbox, once, whatever was killed in between."""

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from intake.config import Settings
from intake.ingest import open_everything, prepare
from intake.records.database import Database
from intake.records.models import Case, Inbox
from intake.submission import lookup_id
from tests.durability.service import Service
from tests.durability.visitor import Visitor

SENDS = 200
VISITORS_AT_ONCE = 4
KILLED_AFTER = (30, 90, 150)
PATIENCE = 60.0


class Crowd:
    """Visitors who all send a request, and who each press Send once more when they have their receipt."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.receipts: dict[str, tuple[str, str]] = {}
        self._changed = threading.Condition()

    def send(self, _number: int) -> None:
        """Send one request, and the very same again."""
        visitor = Visitor(self.port, PATIENCE).fill_in()
        again = visitor.twin()
        receipt = visitor.receipt()
        with self._changed:
            self.receipts[visitor.draft] = (receipt, again.receipt())
            self._changed.notify()

    def wait_for(self, receipts: int) -> None:
        """Wait until so many have their receipt."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.receipts) >= receipts, PATIENCE)

    def codes(self) -> Iterable[str]:
        """The code of each, as it was shown first."""
        return (first for first, _ in self.receipts.values())


@pytest.fixture
def crowd(service: Service) -> Crowd:
    """The crowd has been there, and the server was killed three times while it sent."""
    crowd = Crowd(service.port)
    with ThreadPoolExecutor(VISITORS_AT_ONCE) as pool:
        sending = [pool.submit(crowd.send, number) for number in range(SENDS)]
        for receipts in KILLED_AFTER:
            crowd.wait_for(receipts)
            service.kill()
            service.start()
        for each in sending:
            each.result()
    return crowd


@pytest.mark.slow
def test_killing_the_server_loses_and_doubles_no_receipt(crowd: Crowd, settings: Settings, database: Database) -> None:
    shown = {lookup_id(code, settings.receipt_pepper) for code in crowd.codes()}
    with database.session() as session:
        rows = session.execute(select(Inbox.draft_id, Inbox.lookup)).all()
    assert len(crowd.receipts) == SENDS
    assert [pair for pair in crowd.receipts.values() if len(set(pair)) != 1] == []
    assert sorted(draft for draft, _ in rows) == sorted(crowd.receipts)
    assert {lookup for _, lookup in rows} == shown

    assert open_everything(database, prepare(database, settings)).opened == SENDS
    with database.session() as session:
        assert set(session.scalars(select(Case.lookup))) == shown
