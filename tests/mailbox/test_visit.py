"""Getting in with a code, staying in for a while, and getting out."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.mailbox.kim import Kim
from tests.public.words import said
from tests.staff.people import Clinic


def cookie(kim: Kim) -> object:
    return kim.client.get_cookie("visit", path="/".join(kim.address.split("/")[:3]) + "/")


def test_a_right_code_leads_to_an_address_that_says_nothing(kim: Kim) -> None:
    assert kim.status == 200
    assert re.fullmatch("/code/[0-9a-f]{32}/sv/", kim.address)
    assert kim.code not in kim.page
    assert kim.code.replace("-", "") not in kim.page


def test_the_code_is_in_no_cookie(kim: Kim) -> None:
    assert kim.code not in str(cookie(kim))
    assert "HttpOnly" in kim.client.post("/sv/code", data={"code": kim.code}).headers["Set-Cookie"]


def test_the_cookie_goes_only_to_this_visit_and_with_the_browser(kim: Kim) -> None:
    header = kim.client.post("/sv/code", data={"code": kim.code}).headers["Set-Cookie"]

    assert re.search("Path=/code/[0-9a-f]{32}/;", header)
    assert "Max-Age" not in header
    assert "SameSite=Lax" in header


@pytest.mark.parametrize(("minutes", "inside"), [(19, True), (21, False)])
def test_a_visit_ends_twenty_minutes_after_its_last_page(clinic: Clinic, minutes: int, inside: bool) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 10, tzinfo=UTC), tick=False) as clock:
        kim = Kim.sent(clinic).open_mailbox()
        clock.shift(timedelta(minutes=19))
        kim.go()
        clock.shift(timedelta(minutes=minutes))
        kim.go()

    assert kim.person.address.startswith("/code/") == inside
    assert kim.person.address.endswith("/sv/code") != inside


def test_leaving_forgets_the_visit_and_goes_elsewhere(kim: Kim) -> None:
    answer = kim.client.post(f"{kim.address}leave")

    assert answer.headers["Refresh"].startswith("0; url=https://")
    assert cookie(kim) is None
    assert kim.client.get(kim.address).location == "/sv/code"


def test_every_page_behind_a_code_has_the_quick_way_out(kim: Kim) -> None:
    for kind in ("", "contact", "consent", "withdrawal"):
        assert f'action="{kim.address}leave"' in kim.go(kind).page


def test_two_codes_in_two_tabs_do_not_mix(clinic: Clinic) -> None:
    kim, robin = Kim.sent(clinic).open_mailbox(), Kim.sent(clinic)
    robin.client = robin.person.client = kim.client
    robin.open_mailbox().write("Från Robin")
    kim.write("Från Kim")

    assert "Från Robin" not in kim.page
    assert "Från Kim" not in robin.go().page


def test_nothing_behind_a_code_may_be_kept_by_anybody(kim: Kim) -> None:
    for kind in ("", "contact", "consent", "withdrawal"):
        assert kim.go(kind).person.page.headers["Cache-Control"] == "no-store"


def test_titles_and_addresses_say_nothing(kim: Kim) -> None:
    for kind in ("", "contact", "consent", "withdrawal"):
        assert kim.go(kind).person.seen.title.strip() == "Din kod · Vägen in"


@pytest.mark.parametrize("visit", ["x", "0" * 32, "%00"])
def test_an_address_without_a_visit_leads_to_the_code(clinic: Clinic, visit: str) -> None:
    client = clinic.app.test_client()

    assert client.get(f"/code/{visit}/sv/").location == "/sv/code"
    assert client.get(f"/code/{visit}/sv/nowhere").status_code == 404


def test_a_code_is_taken_as_people_write_it(clinic: Clinic) -> None:
    kim = Kim.sent(clinic)
    kim.code = f" {kim.code.lower().replace('-', ' ')} "

    assert kim.open_mailbox().status == 200


@pytest.mark.parametrize(("language", "by"), [("sv", "tisdag 24 november"), ("en", "Tuesday, 24 November")])
def test_the_promised_day_is_told_while_it_is_to_come(clinic: Clinic, language: str, by: str) -> None:
    with time_machine.travel(datetime(2026, 11, 19, 10, tzinfo=UTC), tick=False) as clock:
        kim = Kim.sent(clinic)
        clock.shift(timedelta(days=4))
        kim.open_mailbox(language)

    assert by in kim.page


def test_a_promise_that_was_not_kept_is_admitted(clinic: Clinic) -> None:
    with time_machine.travel(datetime(2026, 11, 19, 10, tzinfo=UTC), tick=False) as clock:
        kim = Kim.sent(clinic)
        clock.shift(timedelta(days=9))
        kim.open_mailbox()

    assert said("standing.late") in kim.page


@pytest.mark.parametrize("state", ["consulting", "handed_over", "returned", "claimed"])
def test_a_state_the_page_does_not_know_means_that_somebody_has_it(clinic: Clinic, state: str) -> None:
    kim = Kim.sent(clinic)
    clinic.spoil(kim.case().id, state=state)

    assert said("standing.in_hand.heading") in kim.open_mailbox().page
