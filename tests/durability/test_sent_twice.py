"""The same answers sent many times at the same moment are one request with one receipt."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from intake.records.database import Database
from intake.records.models import Inbox
from tests.durability.service import Service
from tests.durability.visitor import Visitor

CLICKS = 12


def test_clicking_again_and_again_makes_one_request(service: Service, database: Database) -> None:
    visitor = Visitor(service.port).fill_in()
    twins = [visitor.twin() for _ in range(CLICKS)]
    with ThreadPoolExecutor(CLICKS) as pool:
        receipts = list(pool.map(Visitor.receipt, twins))
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Inbox)) == 1
    assert len(set(receipts)) == 1


def test_two_people_at_the_same_moment_have_two_receipts(service: Service, database: Database) -> None:
    people = [Visitor(service.port).fill_in(name) for name in ("Kim", "Alex")]
    with ThreadPoolExecutor(2) as pool:
        receipts = list(pool.map(Visitor.receipt, people))
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Inbox)) == 2
    assert len(set(receipts)) == 2
