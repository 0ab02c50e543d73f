"""The watch the browser tests stand on: it notices what it should."""

import pytest
from playwright.sync_api import Page

from tests.fixtures.browser import Visit, barriers

pytestmark = pytest.mark.browser

PAGE = "<!doctype html><html lang='sv'><title>Sida</title><main><h1>Rubrik</h1>{}</main></html>"


def test_a_request_to_somebody_else_fails_the_visit(visit: Visit) -> None:
    with pytest.raises(AssertionError, match="ERR_NAME_NOT_RESOLVED"), visit() as page:
        page.set_content(PAGE.format("<img alt='' src='http://somebody.example/picture.png'>"))


def test_an_error_on_the_console_fails_the_visit(visit: Visit) -> None:
    with pytest.raises(AssertionError, match="console: out of tea"), visit() as page:
        page.set_content(PAGE.format("<script>console.error('out of tea')</script>"))


def test_a_script_that_breaks_fails_the_visit(visit: Visit) -> None:
    with pytest.raises(AssertionError, match=r"script: .*nothing"), visit() as page:
        page.set_content(PAGE.format("<script>nothing.there()</script>"))


def test_a_barrier_is_found_and_named(phone: Page) -> None:
    phone.set_content(PAGE.format("<img src='data:,'>"))
    assert [found.split(":")[0] for found in barriers(phone)] == ["image-alt"]


def test_a_page_without_barriers_has_none(phone: Page) -> None:
    phone.set_content(PAGE.format("<p>Text</p>"))
    assert barriers(phone) == []


def test_a_phone_without_script_runs_none(phone_without_script: Page) -> None:
    phone_without_script.set_content(PAGE.format("<script>document.title = 'script'</script>"))
    assert phone_without_script.title() == "Sida"
