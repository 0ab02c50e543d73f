"""Whoever was shown a receipt is in the inbox, once, whatever was killed in between."""

import threading
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
    """Visitors who all send a request; `receipts` are the codes they were shown, by draft."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.receipts: dict[str, str] = {}
        self.unsure: list[Visitor] = []
        self._changed = threading.Condition()

    def send(self, _number: int) -> None:
        """Send one request, and remember the moment before."""
        visitor = Visitor(self.port, PATIENCE).fill_in()
        before = visitor.twin()
        receipt = visitor.receipt()
        with self._changed:
            self.unsure.append(before)
            self.receipts[visitor.draft] = receipt
            self._changed.notify()

    def wait_for(self, receipts: int) -> None:
        """Wait until so many have their receipt."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.receipts) >= receipts, PATIENCE)


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


def stored(database: Database) -> dict[str, str]:
    """The lookup id of every request in the inbox, by draft."""
    with database.session() as session:
        rows = session.execute(select(Inbox.draft_id, Inbox.lookup)).all()
    return {row.draft_id: row.lookup for row in rows}


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_killing_the_server_loses_and_doubles_no_receipt(crowd: Crowd, settings: Settings, database: Database) -> None:
    shown = {draft: lookup_id(code, settings.receipt_pepper) for draft, code in crowd.receipts.items()}
    assert len(shown) == SENDS
    assert stored(database) == shown

    # Whoever is not sure that it was sent, and sends it again, is shown the same receipt and is in the inbox once.
    assert {each.draft: each.receipt() for each in crowd.unsure[::20]}.items() <= crowd.receipts.items()
    assert stored(database) == shown

    assert open_everything(database, prepare(database, settings)).opened == SENDS
    with database.session() as session:
        assert sorted(session.scalars(select(Case.lookup))) == sorted(shown.values())
