"""Signed links in the database: whose they are, what came through, and that a day is counted right by many at once."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from intake.records.database import Database
from intake.records.link_models import IssuedLink
from intake.records.queries import links
from tests.records.parallel import at_once
from tests.records.people import employ

TODAY = date(2026, 11, 25)


def issue(session: Session, unit: str = "adult", place: str = "The library") -> IssuedLink:
    """A poster of a unit, committed."""
    by = employ(session, f"user{len(links.links_of(session, ('adult', 'youth'), TODAY))}").id
    made = links.issue(session, links.NewLink(unit, "poster", "self", "sv", "", place, {"about.town": "lerum"}, by))
    session.commit()
    return made


def test_a_link_is_found_by_its_unit_and_by_no_other(session: Session) -> None:
    made = issue(session)

    assert links.link_in_units(session, made.id, ["adult"]) is made
    assert links.link_in_units(session, made.id, ["youth"]) is None
    assert links.links_of(session, ["youth"], TODAY) == []


def test_a_link_keeps_what_a_form_begins_with(session: Session) -> None:
    assert links.answers_of(issue(session)) == {"about.town": "lerum"}


def test_each_day_is_counted_by_itself(session: Session) -> None:
    made = issue(session)
    for day in (TODAY, TODAY, TODAY - timedelta(days=1)):
        links.count(session, made.id, day)
    session.refresh(made)

    assert links.days_of(session, made.id, TODAY - timedelta(days=30)) == [(TODAY, 2), (TODAY - timedelta(days=1), 1)]
    assert made.sent == 3


def test_the_list_tells_what_came_lately(session: Session) -> None:
    made = issue(session)
    links.count(session, made.id, TODAY)
    links.count(session, made.id, TODAY - timedelta(days=31))
    session.commit()
    session.expire_all()

    (listed,) = links.links_of(session, ["adult"], TODAY - timedelta(days=30))
    assert (listed.lately, listed.link.sent) == (1, 2)


def test_many_requests_at_once_are_all_counted(database: Database, session: Session) -> None:
    made = issue(session).id
    session.rollback()

    def send(each: Session) -> None:
        links.count(each, made, TODAY)
        each.commit()

    at_once(database, send, requests=8)
    assert links.days_of(session, made, TODAY) == [(TODAY, 8)]


def test_a_link_is_withdrawn_once(session: Session) -> None:
    made, by = issue(session), employ(session, "sam").id

    assert [links.withdraw(session, made.id, by), links.withdraw(session, made.id, by)] == [True, False]


def test_links_in_use_stand_before_those_that_were_withdrawn(session: Session) -> None:
    first, second = issue(session, place="first"), issue(session, place="second")
    links.withdraw(session, second.id, second.created_by)

    assert [each.link.id for each in links.links_of(session, ["adult"], TODAY)] == [first.id, second.id]


@pytest.mark.parametrize("odd", ["", "never", "0" * 5000])
def test_a_link_nobody_made_is_not_there(session: Session, odd: str) -> None:
    assert links.link_by_id(session, odd) is None
