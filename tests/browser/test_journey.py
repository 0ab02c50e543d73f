"""What a phone without script shows on the way through the form, and what it shows after leaving it."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.walking import in_language
from tests.fixtures.browser import PHONE, Visit
from tests.fixtures.server import Server

pytestmark = pytest.mark.browser

ELSEWHERE = "https://www.smhi.se/"


def answer(page: Page, *answers: str) -> None:
    """Choose these answers and press Continue."""
    for each in answers:
        page.get_by_label(each, exact=True).check()
    page.get_by_role("button", name=re.compile("Fortsätt|Continue")).click()


def begin(page: Page, server: Server, language: str = "sv") -> None:
    page.goto(f"{server.url}/{language}/self")
    page.locator("button[value=questions]").click()


def catch_elsewhere(page: Page) -> None:
    """Answer for the harmless site, which the tests do not visit."""

    def harmless(route: Route) -> None:
        route.fulfill(body="<title>Väder</title><h1>Väder</h1>", content_type="text/html; charset=utf-8")

    page.route(f"{ELSEWHERE}**", harmless)


def test_a_change_of_language_keeps_page_and_answers(phone_without_script: Page, server: Server) -> None:
    page = phone_without_script
    begin(page, server)
    answer(page, "Alkohol", "Spel om pengar")
    page.get_by_role("link", name="Tillbaka").click()
    in_language(page, "English")

    expect(page.get_by_label("Alcohol", exact=True)).to_be_checked()
    expect(page.get_by_label("Gambling for money", exact=True)).to_be_checked()
    expect(page.get_by_label("I am not sure", exact=True)).not_to_be_checked()
    expect(page).to_have_url(re.compile("/en/1$"))


def test_a_change_of_language_keeps_what_is_being_written(phone_without_script: Page, server: Server) -> None:
    page = phone_without_script
    begin(page, server)
    page.get_by_label("Alkohol", exact=True).check()
    in_language(page, "English")

    expect(page).to_have_url(re.compile("/en/1$"))
    expect(page.get_by_label("Alcohol", exact=True)).to_be_checked()


def test_enter_goes_on_and_does_not_change_the_language(phone_without_script: Page, server: Server) -> None:
    page = phone_without_script
    begin(page, server)
    answer(page, "Alkohol")
    answer(page, "Nej")
    page.get_by_role("textbox").fill("34")
    page.get_by_role("textbox").press("Enter")

    expect(page).to_have_url(re.compile("/sv/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("I vilken kommun bor du?")


def test_a_reload_after_an_error_keeps_what_was_saved(phone_without_script: Page, server: Server) -> None:
    page = phone_without_script
    begin(page, server)
    answer(page, "Alkohol")
    answer(page)
    expect(page.locator("#errors")).to_be_visible()
    page.goto(page.url)

    expect(page.locator("#errors")).to_have_count(0)
    expect(page.get_by_label("Nej", exact=True)).not_to_be_checked()


@pytest.mark.parametrize("script", [False, True])
def test_the_quick_exit_leaves_and_forgets(visit: Visit, server: Server, *, script: bool) -> None:
    with visit(**PHONE, java_script_enabled=script) as page:
        catch_elsewhere(page)
        begin(page, server)
        answer(page, "Alkohol")
        inside = page.url
        page.get_by_role("button", name="Lämna sidan snabbt").click()
        expect(page).to_have_url(ELSEWHERE)

        assert [cookie for cookie in page.context.cookies() if "draft" in cookie.get("name", "")] == []
        page.goto(inside)
        expect(page).to_have_url(f"{server.url}/sv/")


@pytest.mark.parametrize("script", [False, True])
def test_going_back_after_the_quick_exit_shows_no_answers(visit: Visit, server: Server, *, script: bool) -> None:
    with visit(**PHONE, java_script_enabled=script) as page:
        catch_elsewhere(page)
        begin(page, server)
        answer(page, "Alkohol")
        answer(page, "Nej")
        page.get_by_role("button", name="Lämna sidan snabbt").click()
        expect(page).to_have_url(ELSEWHERE)
        page.go_back()

        assert page.locator("main :checked").count() == 0
        expect(page).to_have_url(f"{server.url}/sv/")


def test_two_tabs_hold_two_forms(phone_without_script: Page, server: Server) -> None:
    first, second = phone_without_script, phone_without_script.context.new_page()
    begin(first, server)
    begin(second, server)
    answer(first, "Alkohol")
    answer(second, "Spel om pengar")
    first.get_by_role("link", name="Tillbaka").click()

    expect(first.get_by_label("Alkohol", exact=True)).to_be_checked()
    expect(first.get_by_label("Spel om pengar", exact=True)).not_to_be_checked()


def test_going_back_after_sending_shows_the_receipt(phone_without_script: Page, server: Server) -> None:
    page = phone_without_script
    page.goto(f"{server.url}/sv/self")
    page.locator("button[value=contact]").click()
    page.locator("[name=skip]").click()
    page.get_by_label("Ring mig").check()
    page.locator("input[type=tel]").fill("070-174 06 05")
    answer(page)
    answer(page)
    answer(page)
    page.get_by_role("button", name=re.compile("Skicka till")).click()
    expect(page).to_have_url(re.compile("/done$"))
    page.go_back()

    expect(page).to_have_url(re.compile("/done$"))


def test_the_receipt_prints_without_buttons(phone_without_script: Page, server: Server) -> None:
    page = phone_without_script
    begin(page, server)
    page.emulate_media(media="print")

    expect(page.get_by_role("button", name="Lämna sidan snabbt")).to_be_hidden()
