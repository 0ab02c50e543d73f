"""Eleven languages on a phone: folded away without script, each named in itself, and nothing written is lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walking import begin, in_language
from tests.fixtures.browser import PHONE, barriers
from tests.fixtures.server import Server
from tests.fixtures.speaking import ALL

pytestmark = pytest.mark.browser

SMALLEST = 44
PAGES = ["", "self", "code", "help", "privacy", "accessibility", "nothing-here", "paper/self"]
SIZES = """
    () => [...document.querySelectorAll("nav.languages :is(summary, li > *)")].map(each => {
        const box = each.getBoundingClientRect();
        return [each.textContent, Math.min(box.width, box.height), box.left, innerWidth - box.right];
    })
"""


@pytest.mark.parametrize("path", PAGES)
def test_every_page_offers_all_languages(phone_without_script: Page, polyglot: Server, path: str) -> None:
    page = phone_without_script
    page.goto(f"{polyglot.url}/ar/{path}")
    languages = page.locator("nav.languages")
    languages.locator("summary").click()

    assert languages.locator("li").count() == len(ALL) + 2
    expect(languages.get_by_text("Lätt svenska", exact=True)).to_have_attribute("lang", "sv-x-lattlast")
    expect(languages.get_by_text("فارسی / دری", exact=True)).to_have_attribute("dir", "rtl")


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_the_question_stays_on_the_first_screen_and_every_language_can_be_hit(
    phone: Page, polyglot: Server, language: str
) -> None:
    begin(phone, polyglot.url, language, "self")
    top = phone.locator("h1").evaluate("heading => heading.getBoundingClientRect().top")
    phone.locator("nav.languages summary").click()
    opened = phone.locator("h1").evaluate("heading => heading.getBoundingClientRect().top")
    sizes = phone.evaluate(SIZES)

    assert opened == top < PHONE["viewport"]["height"] / 3
    assert [each for each in sizes if each[1] < SMALLEST or min(each[2:]) < 0] == []
    # The list is measured above; what it lies over can be reached when it is closed again.
    assert [each for each in barriers(phone) if not each.startswith("target-size")] == []


def test_the_keyboard_opens_the_list_and_chooses(phone: Page, polyglot: Server) -> None:
    phone.goto(f"{polyglot.url}/sv/help")
    phone.locator("nav.languages summary").focus()
    phone.keyboard.press("Enter")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Tab")
    with phone.expect_navigation():
        phone.keyboard.press("Enter")

    expect(phone).to_have_url(re.compile("/sv-x-lattlast/help$"))


def test_what_was_chosen_comes_along_to_a_language_written_the_other_way(
    phone_without_script: Page, polyglot: Server
) -> None:
    page = phone_without_script
    begin(page, polyglot.url, "sv", "self")
    page.get_by_label("Alkohol", exact=True).check()
    in_language(page, "العربية")

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("input[value=alcohol]")).to_be_checked()
