"""The whole form on a phone: without script in each language, and with axe on every page."""

from itertools import product

import pytest
from playwright.sync_api import Page

from tests.browser.walking import ANNA, BRIEF, FIELDS, answer, begin, press, walk
from tests.fixtures.browser import PHONE, Visit, barriers
from tests.fixtures.server import Server

pytestmark = pytest.mark.browser

DOORS = ["self", "screening", "relative", "professional"]
LANGUAGES = ["sv", "en"]
SMALL = """
    () => [...document.querySelectorAll("main label:has(input), main .button")]
        .filter(each => each.offsetHeight > 0 && each.getBoundingClientRect().height < 44)
        .map(each => `${each.innerText} is small`)
"""
TELLING = ("alkohol", "alcohol", "drog", "drug", "audit", "dudit", "spel", "gambl", "beroende", "addict")


def looks_right(page: Page) -> None:
    """What is true of every page, whatever it asks."""
    title = page.title().casefold()
    assert page.locator("h1").count() == 1, page.url
    assert page.locator("html[lang][dir]").count() == 1, page.url
    assert not any(word in title or word in page.url for word in TELLING), f"{page.url}: {title}"


def asks_without_choosing(page: Page) -> None:
    looks_right(page)
    if page.locator(FIELDS).count():
        assert page.locator("main input:checked").count() == 0, f"{page.url}: something is chosen beforehand"


@pytest.mark.parametrize(
    ("door", "language"), [("self", "sv"), ("screening", "en"), ("relative", "ar"), ("professional", "fi")]
)
def test_a_door_leads_to_a_receipt_without_script(
    phone_without_script: Page, server: Server, language: str, door: str
) -> None:
    page = phone_without_script
    begin(page, server.url, language, door)
    walk(page, BRIEF, asks_without_choosing)

    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("bdi[dir=ltr]").first.inner_text().replace("-", "").isalnum()


@pytest.mark.parametrize("door", DOORS)
def test_no_page_of_a_door_has_a_barrier_in_the_dark(visit: Visit, server: Server, door: str) -> None:
    found: dict[str, list[str]] = {}

    def look(page: Page) -> None:
        looks_right(page)
        if problems := barriers(page):
            found[page.url] = problems

    with visit(**PHONE, color_scheme="dark") as page:
        begin(page, server.url, "sv", door)
        walk(page, BRIEF, look)

    assert found == {}


STANDING = ["", *DOORS, "paper/self", "code", "help", "privacy", "accessibility", "nowhere/at/all"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_standing_page_has_a_barrier(visit: Visit, server: Server, language: str, scheme: str) -> None:
    with visit(**PHONE, color_scheme=scheme) as page:
        for name in STANDING:
            page.goto(f"{server.url}/{language}/{name}")
            looks_right(page)
            assert barriers(page) == [], name


NO_NAME = {**ANNA, "referral.informed": ("no",), "someone.age": ("40",)}
CHILDREN = {
    "self": {**ANNA, "about.age": ("12",)},
    "screening": {**ANNA, "about.age": ("12",)},
    "relative": {**ANNA, "about.age": ("12",)},
    "professional": {**ANNA, "someone.age": ("12",)},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_consultation_without_a_name_leads_to_a_receipt_without_script(
    phone_without_script: Page, server: Server, language: str
) -> None:
    page = phone_without_script
    begin(page, server.url, language, "professional")
    asked: list[str] = []
    walk(page, NO_NAME, lambda shown: asked.append(shown.content()))

    assert [html for html in asked if 'name="someone.name"' in html] == []
    assert page.url.endswith("/done")


@pytest.mark.parametrize("door", DOORS)
def test_a_form_that_ends_for_a_child_has_numbers_and_no_barrier(phone: Page, server: Server, door: str) -> None:
    begin(phone, server.url, "sv", door)
    while phone.locator("form#page").count():
        answer(phone, CHILDREN[door])
        press(phone)

    looks_right(phone)
    assert barriers(phone) == []
    assert phone.locator("main a[href='tel:112']").count() == 1
    assert "/f/" in phone.url


def test_an_error_has_no_barrier_and_is_in_reach(phone: Page, server: Server) -> None:
    begin(phone, server.url, "sv", "self")
    phone.locator("main form button").first.click()
    phone.locator("main form button").first.click()
    summary = phone.locator("#errors")

    assert barriers(phone) == []
    assert phone.title().startswith("Fel")
    assert summary.evaluate("summary => summary === document.activeElement")


def test_an_error_link_leads_to_its_field_without_script(phone_without_script: Page, server: Server) -> None:
    page = phone_without_script
    begin(page, server.url, "sv", "self")
    page.locator("main form button").first.click()
    page.locator("main form button").first.click()
    target = page.locator("#errors a").first.get_attribute("href") or ""

    assert page.locator(target).first.evaluate("field => ['INPUT', 'TEXTAREA'].includes(field.tagName)")


def test_nothing_is_wider_than_the_screen_nor_smaller_than_a_thumb(visit: Visit, server: Server) -> None:
    wrong: list[str] = []

    def look(page: Page) -> None:
        for width, text in product((320, 390), ("100%", "200%")):
            page.set_viewport_size({"width": width, "height": 700})
            page.evaluate("size => { document.documentElement.style.fontSize = size }", text)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(f"{page.url} is wider than {width} pixels at {text}")
            wrong.extend(f"{page.url}: {small}" for small in page.evaluate(SMALL))

    with visit(**PHONE) as page:
        begin(page, server.url, "sv", "self")
        walk(page, BRIEF, look)

    assert wrong == []


def test_the_keyboard_alone_gets_through(desk: Page, server: Server) -> None:
    page = desk
    page.goto(f"{server.url}/sv/self")
    _tab_to(page, "button[value=contact]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/f/**")
    _tab_to(page, "[name=skip]")
    page.keyboard.press("Enter")
    _tab_to(page, "[name='contact.ways'][value=call]")
    page.keyboard.press("Space")
    _tab_to(page, "[name='contact.phone']")
    page.keyboard.type("070-174 06 10")
    for _ in range(3):
        left = page.url
        _press_on(page)
        page.wait_for_function("left => location.href !== left", arg=left)
    _press_on(page)
    page.wait_for_url("**/done")

    assert page.locator("h1").count() == 1


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, which must be visible."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.locator(f"{selector}:focus")
        if focused.count():
            assert focused.evaluate("element => element.matches(':focus-visible')")
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def _press_on(page: Page) -> None:
    """Reach the form's first button by keyboard and press it; a choice that must be made is made on the way."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator("main input[type=radio]:focus").count():
            page.keyboard.press("Space")
        if page.locator("main form button:focus").count():
            page.keyboard.press("Enter")
            return
    raise AssertionError("no button can be reached by keyboard")
