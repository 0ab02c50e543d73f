"""A unit that is paused, in a real browser without script, from the start page to the receipt."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.browser.walking import BRIEF, begin, walk
from tests.fixtures.browser import barriers
from tests.fixtures.pausing import WORDS, going_by, paused_definitions
from tests.fixtures.serving import Quiet

pytestmark = pytest.mark.browser

CLINIC = "Socialmedicinska mottagningen Lerum"


@pytest.fixture
def site(app: Flask, tmp_path: Path) -> Iterator[str]:
    """The address of the service while the clinic in Lerum is paused."""
    with going_by(app, paused_definitions(tmp_path / "paused", "socialmedicin-lerum")):
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


def test_people_are_told_on_the_way_and_their_request_goes_on(phone_without_script: Page, site: str) -> None:
    page, seen = phone_without_script, dict[str, str]()
    begin(page, site, "sv", "self")
    walk(page, BRIEF, lambda shown: seen.update({shown.url.rpartition("/")[2]: shown.locator("main").inner_text()}))
    page.goto(f"{site}/sv/")

    assert f"{CLINIC} har paus just nu. {WORDS['sv']}" in seen["review"]
    assert f"{CLINIC} har paus. Det du skickade gick därför till Vägen in." in seen["done"]
    assert WORDS["sv"] in page.locator("#call").inner_text()


def test_no_page_that_tells_of_a_pause_has_a_barrier(phone: Page, site: str) -> None:
    found: dict[str, list[str]] = {}
    phone.goto(f"{site}/sv/help")
    found["help"] = barriers(phone)
    begin(phone, site, "sv", "self")
    walk(phone, BRIEF, lambda shown: found.update({shown.url: barriers(shown)}))

    assert {address: problems for address, problems in found.items() if problems} == {}
