import base64
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from intake.errors import NotFound
from intake.records.queries.cases import Desk
from intake.records.queries.queue import ORDERS, QueueFilter, QueueRow, counts_by_state, queue_page
from tests.records.people import case, employ

HERE = Desk(("adult", "mini_maria"), "region")
OPEN = QueueFilter(desk=HERE, states=("received", "read"))
EVERY_ORDER = pytest.mark.parametrize("order", [sign + order for order in ORDERS for sign in ("", "-")])

KEYS: dict[str, Callable[[QueueRow], object]] = {
    "urgency": lambda row: (row.priority, row.received_at, row.id),
    "received": lambda row: (row.received_at, row.id),
    "waiting": lambda row: (row.state_at, row.id),
    "reference": lambda row: row.reference,
    "language": lambda row: (row.language, row.priority, row.received_at, row.id),
    "door": lambda row: (row.door, row.priority, row.received_at, row.id),
    "state": lambda row: (OPEN.states.index(row.state), row.received_at, row.id),
}


@pytest.fixture
def queue(session: Session) -> Session:
    """Thirty cases in two units and two states, some received at the same instant, and two that are elsewhere."""
    for n in range(30):
        case(
            session,
            hours=n // 2,
            unit=("adult", "mini_maria")[n % 2],
            state=("received", "read")[n % 3 == 0],
            priority=n % 4 % 3 + 1,
            language=("sv", "en", "ti")[n % 5 % 3],
            door=("self", "screening")[n % 7 % 2],
        )
    case(session, unit="elsewhere")
    case(session, state="closed")
    session.commit()
    return session


def pages(session: Session, wanted: QueueFilter) -> list[list[str]]:
    """The ids on every page of seven, from the first to the last."""
    found = [queue_page(session, wanted, 7)]
    while found[-1].next is not None:
        found.append(queue_page(session, replace(wanted, cursor=found[-1].next), 7))
    return [[row.id for row in page.rows] for page in found]


def pages_backward(session: Session, wanted: QueueFilter) -> list[list[str]]:
    """The same, from the last page to the first."""
    page = queue_page(session, wanted, 7)
    while page.next is not None:
        page = queue_page(session, replace(wanted, cursor=page.next), 7)
    found = [page]
    while found[-1].previous is not None:
        found.append(queue_page(session, replace(wanted, cursor=found[-1].previous), 7))
    return [[row.id for row in page.rows] for page in found]


def test_the_most_urgent_come_first_and_then_those_who_waited_longest(session: Session) -> None:
    for hours, priority, reference in ((1, 3, "c"), (2, 1, "b"), (3, 2, "x"), (0, 3, "d"), (1, 1, "a")):
        case(session, hours, priority=priority).door = reference
    session.flush()

    assert [row.door for row in queue_page(session, OPEN).rows] == ["a", "b", "x", "d", "c"]


@EVERY_ORDER
def test_every_order_sorts_as_it_says(queue: Session, order: str) -> None:
    rows = queue_page(queue, replace(OPEN, order=order)).rows

    assert len(rows) == 30
    assert list(rows) == sorted(rows, key=KEYS[order.removeprefix("-")], reverse=order.startswith("-"))  # type: ignore[arg-type]  # keys of many types


@EVERY_ORDER
def test_the_pages_hold_everybody_once_in_the_same_order(queue: Session, order: str) -> None:
    wanted = replace(OPEN, order=order)
    found = pages(queue, wanted)

    assert [len(page) for page in found] == [7, 7, 7, 7, 2]
    assert [row for page in found for row in page] == [row.id for row in queue_page(queue, wanted).rows]


@EVERY_ORDER
def test_going_back_leads_through_the_same_rows(queue: Session, order: str) -> None:
    wanted = replace(OPEN, order=order)
    backward = [row for page in pages_backward(queue, wanted) for row in page]

    assert backward[2:] == [row for page in reversed(pages(queue, wanted)[:-1]) for row in page]


@pytest.mark.parametrize(
    "wanted",
    [
        replace(OPEN, desk=replace(HERE, units=("adult",))),
        replace(OPEN, states=("read",)),
        replace(OPEN, door="screening"),
        replace(OPEN, language="ti"),
        replace(OPEN, urgent=True),
    ],
)
def test_a_filter_shows_exactly_those_it_names(queue: Session, wanted: QueueFilter) -> None:
    def named(row: QueueRow) -> bool:
        urgent = row.priority == 1 or not wanted.urgent
        place = row.unit in wanted.desk.units and row.state in wanted.states
        return urgent and place and wanted.door in (None, row.door) and wanted.language in (None, row.language)

    rows = queue_page(queue, wanted).rows

    assert 0 < len(rows) < 30
    assert rows == tuple(filter(named, queue_page(queue, OPEN).rows))


def test_somebodys_own_cases_can_be_shown_with_their_name(session: Session) -> None:
    anna, bo = employ(session, "anna"), employ(session, "bo")
    case(session, claimed_by=bo.id)
    case(session)
    mine = case(session, claimed_by=anna.id)

    (row,) = queue_page(session, replace(OPEN, claimed_by=anna.id)).rows
    assert (row.id, row.claimed_name) == (mine.id, "Anna")


@pytest.mark.parametrize(
    "wanted",
    [
        replace(OPEN, desk=replace(HERE, units=())),
        replace(OPEN, states=()),
        replace(OPEN, desk=replace(HERE, units=("x",))),
    ],
)
def test_without_a_unit_or_a_state_there_is_nothing(queue: Session, wanted: QueueFilter) -> None:
    page = queue_page(queue, wanted)

    assert (page.rows, page.next, page.previous) == ((), None, None)


def test_one_page_needs_no_cursor(queue: Session) -> None:
    page = queue_page(queue, OPEN)

    assert (len(page.rows), page.next, page.previous) == (30, None, None)


def test_a_page_before_the_first_is_the_first(queue: Session) -> None:
    second = replace(OPEN, cursor=queue_page(queue, OPEN, 7).next)
    back = replace(OPEN, cursor=queue_page(queue, second, 7).previous)

    assert queue_page(queue, back, 10) == queue_page(queue, OPEN, 10)


def test_a_page_that_emptied_meanwhile_is_the_first(queue: Session) -> None:
    wanted = replace(
        OPEN, cursor=queue_page(queue, OPEN, 29).next, desk=replace(HERE, units=("mini_maria",)), urgent=True
    )

    assert queue_page(queue, wanted).rows == queue_page(queue, replace(wanted, cursor=None)).rows


@pytest.mark.parametrize("order", ["", "-", "summary", "--received", "received; --"])
def test_an_order_we_do_not_have_is_not_found(session: Session, order: str) -> None:
    with pytest.raises(NotFound):
        queue_page(session, replace(OPEN, order=order))


@pytest.mark.parametrize(
    "said",
    [
        None,
        [],
        ["received", False, 0, 0, "a"],
        ["urgency", 0, 0, 1, 0, "a"],
        ["urgency", False, 0, 1, 0],
        ["urgency", False, 0, 1, 0, "a", "b"],
        ["urgency", False, 0, "1", 0, "a"],
        ["urgency", False, 0, 1, "now", "a"],
        ["urgency", False, 0, 1, 0, "a\x00"],
        ["urgency", False, 0, 1, 0, "\ud800"],
        ["urgency", False, 0, 1, 10**30, "a"],
        ["urgency", False, 0, -1, 0, "a"],
        ["urgency", False, 10**30, 1, 0, "a"],
        ["urgency", False, 0, True, 0, "a"],
        ["urgency", False, 0, 1.5, 0, "a"],
        ["urgency", False, 0, 1, 0, ["a"]],
    ],
)
def test_a_cursor_we_did_not_write_is_not_found(session: Session, said: object) -> None:
    forged = base64.urlsafe_b64encode(json.dumps(said).encode()).decode()

    with pytest.raises(NotFound):
        queue_page(session, replace(OPEN, cursor=forged))


@pytest.mark.parametrize("noise", ["%", "a", "é", "ab\x00", "W10" * 400, base64.b64encode(b"[" * 200).decode()])
def test_noise_for_a_cursor_is_not_found(session: Session, noise: str) -> None:
    with pytest.raises(NotFound):
        queue_page(session, replace(OPEN, cursor=noise))


def test_a_cursor_says_nothing_about_the_person(queue: Session) -> None:
    cursor = queue_page(queue, OPEN, 7).next or ""

    order, backward, rank, *keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    assert (order, backward, rank, len(keys)) == ("urgency", False, 0, 5)


def test_the_cases_of_ones_units_are_counted_by_state(queue: Session) -> None:
    assert counts_by_state(queue, replace(HERE, units=("adult",)), ["received", "read", "closed", "tried"]) == {
        "received": 10,
        "read": 5,
        "closed": 1,
        "tried": 0,
    }


def test_nothing_is_counted_where_nobody_works(queue: Session) -> None:
    assert counts_by_state(queue, replace(HERE, units=()), ["read"]) == {"read": 0}
