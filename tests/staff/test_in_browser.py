"""The staff side in Chromium: by keyboard alone, without script, in both schemes, on a narrow screen."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pyotp
import pytest
from playwright.sync_api import Page, expect

from intake import clock
from intake.demonstration.sign_in import file_in, kept
from tests.fixtures.browser import DESK, PHONE, Visit, barriers
from tests.fixtures.installation import intake
from tests.fixtures.server import Serve, Server

pytestmark = pytest.mark.browser

MOST_TABS = 200
PAGES = ("/staff/", "/staff/?state=closed&order=-received", "/staff/account", "/staff/alarms", "/staff/case/nowhere")
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture(scope="module")
def clinic_server(serve: Serve, pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A service with the demonstration in it."""
    home = copytree(pristine, tmp_path_factory.mktemp("clinic") / "home")
    intake({"INTAKE_HOME": str(home)}, "demo")
    return serve({"INTAKE_HOME": str(home)})


def tab_to(page: Page, what: Callable[[str], bool]) -> None:
    """Press Tab until the focus is on something whose text or name is what is looked for."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if what(page.evaluate("document.activeElement.name || document.activeElement.innerText || ''").strip()):
            return
    raise AssertionError("the keyboard never got there")


def sign_in(page: Page, server: Server, username: str) -> None:
    """Sign in with keys alone."""
    known = kept(file_in(Path(server.environ["INTAKE_HOME"])))
    page.goto(f"{server.url}/staff/")
    tab_to(page, lambda name: name == "username")
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(known.password)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server.url}/staff/second-factor")
    tab_to(page, lambda name: name == "code")
    page.keyboard.type(pyotp.TOTP(known.secret).at(clock.now()))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server.url}/staff/")


def test_a_case_is_claimed_and_written_on_by_keys_alone_and_without_script(visit: Visit, clinic_server: Server) -> None:
    with visit(**DESK, java_script_enabled=False) as page:
        sign_in(page, clinic_server, "reception")
        page.goto(f"{clinic_server.url}/staff/?state=received")
        reference = page.locator("tbody th a").first.inner_text()
        tab_to(page, lambda name: name == reference)
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text(reference)
        tab_to(page, lambda name: name == "Ta ärendet")
        page.keyboard.press("Enter")
        expect(page.locator(".timeline")).to_contain_text("Togs")
        tab_to(page, lambda name: name == "note")
        page.keyboard.type("Ringer imorgon.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".timeline")).to_contain_text("Ringer imorgon.")


@pytest.mark.parametrize(
    ("username", "device", "scheme"), [("clinician", DESK, "light"), ("coordinator", PHONE, "dark")]
)
def test_no_page_has_a_barrier_or_is_too_wide(
    visit: Visit, clinic_server: Server, username: str, device: dict[str, object], scheme: str
) -> None:
    found: dict[str, object] = {}
    with visit(**device, color_scheme=scheme) as page:
        sign_in(page, clinic_server, username)
        cases = page.locator("tbody th a").evaluate_all("all => all.map(link => link.getAttribute('href'))")
        for address in (*PAGES, cases[0], cases[-1]):
            page.goto(clinic_server.url + address)
            page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
            seen = (barriers(page), page.evaluate(TOO_WIDE) > 0, page.locator("h1").count())
            if seen != ([], False, 1):
                found[address] = seen

    assert found == {}


@pytest.mark.parametrize("address", ["/staff/sign-in", "/staff/nowhere"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_before_signing_in_has_a_barrier(
    visit: Visit, clinic_server: Server, address: str, scheme: str
) -> None:
    with visit(viewport={"width": 320, "height": 640}, color_scheme=scheme) as page:
        page.goto(clinic_server.url + address)

        assert (barriers(page), page.evaluate(TOO_WIDE)) == ([], 0)
