"""What comes over the wire, as the browser counts it: headers, pages, style, script and pictures."""

import pytest
from playwright.sync_api import Page

from tests.browser.walking import ANNA, begin, walk
from tests.fixtures.browser import PHONE, Visit
from tests.fixtures.server import Server

pytestmark = pytest.mark.browser

LATER_PAGE = 8 * 1024
# Nothing is counted for what the browser still had.
TRANSFERRED = """
    () => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .reduce((bytes, entry) => bytes + entry.transferSize, 0)
"""


def weight(page: Page) -> int:
    """The bytes this page cost, everything included."""
    page.wait_for_load_state("load")
    counted: int = page.evaluate(TRANSFERRED)
    return counted


@pytest.mark.parametrize("door", ["self", "screening", "relative", "professional"])
def test_every_later_page_is_light_and_asks_nobody_else(visit: Visit, server: Server, door: str) -> None:
    heavy: dict[str, int] = {}
    asked: set[str] = set()

    def look(page: Page) -> None:
        if weight(page) > LATER_PAGE:
            heavy[f"{page.url} {page.locator('h1').inner_text()}"] = weight(page)

    with visit(**PHONE) as page:
        page.on("request", lambda request: asked.add(request.url.split("/")[2]))
        begin(page, server.url, "sv", door)
        walk(page, ANNA, look)

    assert heavy == {}
    assert asked == {server.url.removeprefix("http://")}
