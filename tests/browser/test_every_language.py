"""Every language from start page to mailbox: nothing foreign, too wide or heavy, no barrier, and answers that stay."""

import pytest
from playwright.sync_api import Page, ViewportSize

from intake.config import content_root
from intake.i18n import read_catalogs
from tests.browser.test_weight import weight
from tests.browser.walking import ANNA, FIELDS, answer, begin, press, walk
from tests.fixtures.browser import PHONE, Visit, barriers
from tests.fixtures.server import Server
from tests.languages.own_words import foreign_texts

pytestmark = pytest.mark.browser

LANGUAGES = tuple(read_catalogs(content_root() / "translations").languages)
NARROW = ViewportSize(width=320, height=640)
FIRST_VIEW = 14 * 1024
BEFORE = ("", "self", "help", "no/such/page")
WIDE = ViewportSize(width=390, height=844)


# A page is built like another when it has the same elements with the same classes and kinds, whatever its words.
BUILD = """
    () => [...document.querySelectorAll("body *")]
        .map(each => `${each.tagName}.${each.className}:${each.type}`)
        .join(" ")
"""


class Look:
    """Looks at every page of a walk, at both widths, and keeps what is wrong.

    A walk leads through forty questions of instruments that are built alike: axe, which takes longest, judges how a
    page is built, so each build is judged once.
    """

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}
        self._judged: set[str] = set()

    def __call__(self, page: Page) -> None:
        """Look at one page."""
        if wrong := [*self._foreign(page), *self._too_wide(page), *self._barriers(page)]:
            self.found[f"{page.url} {page.locator('h1').inner_text()}"] = wrong

    def _foreign(self, page: Page) -> list[str]:
        return [f"foreign: {text}" for text in foreign_texts(page.content())]

    def _too_wide(self, page: Page) -> list[str]:
        """The page as it came, then at the other width, in which the next page comes: half the resizing."""
        found = []
        for size in (page.viewport_size, NARROW if page.viewport_size == WIDE else WIDE):
            assert size is not None
            page.set_viewport_size(size)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"wider than {size['width']} pixels")
        return found

    def _barriers(self, page: Page) -> list[str]:
        build = page.evaluate(BUILD)
        if build in self._judged:
            return []
        self._judged.add(build)
        return barriers(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_view_fits_the_first_flight(visit: Visit, server: Server, language: str) -> None:
    with visit(**PHONE) as page:
        page.goto(f"{server.url}/{language}/")

        assert 0 < weight(page) <= FIRST_VIEW


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_before_a_form_are_whole_in_each_language(visit: Visit, server: Server, language: str) -> None:
    look = Look()
    with visit(**PHONE) as page:
        for path in BEFORE:
            page.goto(f"{server.url}/{language}/{path}")
            look(page)

    assert look.found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_door_for_oneself_is_whole_in_each_language(visit: Visit, server: Server, language: str) -> None:
    look = Look()
    with visit(**PHONE) as page:
        begin(page, server.url, language, "self")
        press(page)
        assert page.locator("#errors").count() == 1
        look(page)
        walk(page, ANNA, look)
        code = page.locator("bdi.code").inner_text()
        page.goto(f"{server.url}/{language}/code")
        page.locator("#code").fill(code)
        press(page)
        look(page)

    assert look.found == {}


def test_another_language_at_every_step_keeps_every_answer(phone_without_script: Page, server: Server) -> None:
    page = phone_without_script
    begin(page, server.url, LANGUAGES[0], "self")
    turn = 0
    while not page.url.endswith("/review"):
        turn += 1
        answer(page, ANNA)
        before = written(page)
        switch(page, LANGUAGES[turn % len(LANGUAGES)])
        assert written(page) == before, page.url
        press(page)

    answers = page.locator("main dd").count()
    for language in LANGUAGES:
        page.goto(page.url.replace(page.url.split("/")[-2], language))
        assert page.locator("main dd").count() == answers, language
    press(page)
    assert page.url.endswith("/done")


def switch(page: Page, language: str) -> None:
    """Press the language in the switcher, opening it where it is folded."""
    if page.locator("nav.languages details:not([open])").count():
        page.locator("nav.languages summary").click()
    with page.expect_navigation():
        page.locator(f"nav.languages [lang='{language}']").click()
    assert page.locator("html").get_attribute("lang") == language


def written(page: Page) -> list[tuple[str, str, bool]]:
    """What is filled in and chosen on the page, the token and the hidden fields apart."""
    script = "all => all.map(field => [field.name, field.value, field.checked || false])"
    return sorted((name, value, chosen) for name, value, chosen in page.eval_on_selector_all(FIELDS, script))
