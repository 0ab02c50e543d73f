"""The same person twice in Chromium: by keys alone, two at once, and in every shape the pages can have."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browser import DESK, PHONE, Visit, barriers
from tests.fixtures.server import Server
from tests.staff.desk import FOCUSED, TOO_WIDE, sign_in, tab_to

pytestmark = pytest.mark.browser

MOST_KEYS = 20
Desk = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def signed_in() -> dict[str, Any]:
    """The cookies of those who have signed in: a code is good once."""
    return {}


@pytest.fixture
def desk_of(visit: Visit, clinic_server: Server, signed_in: dict[str, Any]) -> Desk:
    """Give somebody a browser in which they are signed in."""

    def sit_down(username: str, **options: Any) -> AbstractContextManager[Page]:  # noqa: ANN401  # Playwright's
        if username not in signed_in:
            with visit() as page:
                sign_in(page, clinic_server, username)
                signed_in[username] = page.context.storage_state()
        return visit(storage_state=signed_in[username], base_url=clinic_server.url, **options)

    return sit_down


class Keys:
    """A keyboard that counts: every press, and every Enter that decides something rather than skips."""

    def __init__(self, page: Page) -> None:
        self._page, self.pressed, self.decisions = page, 0, 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.decisions += key == "Enter" and "Hoppa" not in self.focused
            self._page.keyboard.press(key)
            self.pressed += 1

    @property
    def focused(self) -> str:
        """What has the focus, by its name or text."""
        return str(self._page.evaluate(FOCUSED)).strip()


def with_suggestion(page: Page) -> str:
    """Open a case in the queue that may be the same person as another; return its address."""
    page.goto("/staff/")
    for address in page.locator("tbody th a").evaluate_all("all => all.map(link => link.getAttribute('href'))"):
        page.goto(address)
        if page.locator("#kin-heading").count():
            return str(address)
    raise AssertionError("nobody wrote twice")


def test_three_decisions_lead_from_the_queue_to_a_saved_move(desk_of: Desk) -> None:
    with desk_of("reception", **DESK, java_script_enabled=False) as page:
        page.goto("/staff/?state=claimed")
        keys, reference = Keys(page), page.locator("tbody th a").first.inner_text()
        keys.press("Tab", "Tab", "Enter", "Tab")
        assert keys.focused == reference
        keys.press("Enter")
        expect(page.locator("h1")).to_contain_text(reference)
        keys.press("Tab", "Enter", "Tab")
        assert keys.focused == "Jag har försökt få kontakt"
        keys.press("Enter", "Tab", "Space", "Enter")
        expect(page.locator("ol.timeline")).to_contain_text("Kontaktförsök: Inget svar")
    assert (keys.decisions, keys.pressed <= MOST_KEYS) == (3, True)


def test_what_to_do_next_comes_first_after_the_heading(desk_of: Desk) -> None:
    with desk_of("reception-alingsas", **DESK, java_script_enabled=False) as page:
        with_suggestion(page)
        first = page.locator("main :is(a, button, summary, input, textarea)").first

        assert first.evaluate("each => each.closest('section').id") == "moves"
        assert page.locator("main").inner_text().index("Nästa steg") < page.locator("main").inner_text().index("Så når")


def test_two_are_joined_and_taken_apart_by_keys_alone(desk_of: Desk) -> None:
    with desk_of("reception-alingsas", **DESK, java_script_enabled=False) as page:
        with_suggestion(page)
        tab_to(page, lambda name: name == "Jämför")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("Samma person?")
        tab_to(page, lambda name: name == "way")
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.locator("ol.timeline")).to_contain_text("Disa, receptionen i Alingsås")
        tab_to(page, lambda name: name == "Har samma person skrivit i ett annat ärende?")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("Samma person?")
        tab_to(page, lambda name: name == "Ta isär igen")
        page.keyboard.press("Enter")
        expect(page.locator("ol.timeline")).to_contain_text("Togs isär")


def test_the_second_of_two_browsers_is_told_and_keeps_what_was_written(desk_of: Desk) -> None:
    with desk_of("reception-alingsas", **DESK) as mine, desk_of("coordinator-alingsas", **DESK) as theirs:
        address = with_suggestion(mine)
        for page in (mine, theirs):
            page.goto(f"{address}/person")
            page.locator("[name=way]").first.check()
        theirs.locator("[name=note]").first.fill("Samma röst i telefon.")
        mine.locator("main form .button").first.click()
        expect(mine.locator("ol.timeline")).to_be_visible()
        theirs.locator("main form .button").first.click()
        expect(theirs.locator("#errors")).to_contain_text("Någon annan har ändrat ett av ärendena")
        expect(theirs.locator("[name=note]").first).to_have_value("Samma röst i telefon.")
        theirs.get_by_text("Ta isär igen").click()
        expect(theirs.locator("ol.timeline")).to_contain_text("Togs isär")


@pytest.mark.parametrize(
    ("username", "device", "scheme"), [("reception-alingsas", PHONE, "dark"), ("clinician-alingsas", DESK, "light")]
)
def test_no_page_of_theirs_has_a_barrier_or_is_too_wide(
    desk_of: Desk, username: str, device: dict[str, object], scheme: str
) -> None:
    with desk_of(username, **device, color_scheme=scheme) as page:
        address = with_suggestion(page)
        seen = [looked_at(page, each) for each in (address, f"{address}/person", f"{address}/person?reference=000-000")]
        page.goto(f"{address}/person")
        page.locator("[name=way]").first.check()
        page.locator("main form .button").first.click()
        main = page.url
        seen += [looked_at(page, each) for each in (main, f"{main}/person", address)]
        page.goto(f"{main}/person")
        page.get_by_text("Ta isär igen").click()

    assert seen == [([], 0, 1)] * 6


def looked_at(page: Page, address: str) -> tuple[list[str], int, int]:
    """What stands in the way on a page, by how much it is too wide, and how many headings of the first rank it has."""
    page.goto(address)
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    return barriers(page), page.evaluate(TOO_WIDE), page.locator("h1").count()
