"""The auditor's pages in Chromium: no barrier, nothing too wide, and a spot check by keys alone without script."""

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
from tests.staff.desk import TOO_WIDE, tab_to

pytestmark = pytest.mark.browser

PAGES = (
    "/staff/audit",
    "/staff/audit?case=nowhere&since=x",
    "/staff/audit?action=case.receive",
    "/staff/audit/reviews",
)


@pytest.fixture(scope="module")
def clinic_server(serve: Serve, pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A service with the demonstration in it."""
    home = copytree(pristine, tmp_path_factory.mktemp("audited") / "home")
    intake({"INTAKE_HOME": str(home)}, "demo")
    return serve({"INTAKE_HOME": str(home)})


def sign_in(page: Page, server: Server, username: str, ahead: int) -> None:
    """Sign in; a code is good once, so each sign-in takes one of its own."""
    known = kept(file_in(Path(server.environ["INTAKE_HOME"])))
    page.goto(f"{server.url}/staff/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(known.password)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server.url}/staff/second-factor")
    page.locator("[name=code]").fill(pyotp.TOTP(known.secret).at(clock.now(), counter_offset=ahead))
    page.keyboard.press("Enter")
    expect(page.locator(".signed-in")).to_be_visible()


def read_some_cases(page: Page, server: Server, ahead: int) -> None:
    """Let reception read three cases, so that there is something to look at, and go."""
    sign_in(page, server, "reception", ahead)
    for address in page.locator("tbody th a").evaluate_all("all => all.slice(0, 3).map(link => link.href)"):
        page.goto(address)
    page.locator(".signed-in button").click()


def test_a_spot_check_is_made_by_keys_alone_and_without_script(visit: Visit, clinic_server: Server) -> None:
    with visit(**DESK, java_script_enabled=False) as page:
        read_some_cases(page, clinic_server, -1)
        sign_in(page, clinic_server, "auditor", -1)
        page.goto(f"{clinic_server.url}/staff/audit/reviews")
        tab_to(page, lambda name: name == "Dra")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text("Stickprov ur loggen")
        tab_to(page, lambda name: name == "verdict")
        page.keyboard.press("Space")
        tab_to(page, lambda name: name == "Spara")
        page.keyboard.press("Enter")
        expect(page.locator("#item-1")).to_contain_text("Inget att anmärka")


@pytest.mark.parametrize(("device", "scheme", "ahead"), [(DESK, "light", 0), (PHONE, "dark", 1)])
def test_no_page_of_the_log_has_a_barrier_or_is_too_wide(
    visit: Visit, clinic_server: Server, device: dict[str, object], scheme: str, ahead: int
) -> None:
    found: dict[str, object] = {}
    with visit(**device, color_scheme=scheme) as page:
        read_some_cases(page, clinic_server, ahead)
        sign_in(page, clinic_server, "auditor", ahead)
        page.goto(f"{clinic_server.url}/staff/audit/reviews")
        page.get_by_role("button", name="Dra").click()
        expect(page.locator(".drawn")).to_be_visible()
        review = page.url.removeprefix(clinic_server.url)
        for address in (*PAGES, review, f"{review}/protocol"):
            page.goto(clinic_server.url + address)
            page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
            seen = (barriers(page), page.evaluate(TOO_WIDE) > 0, page.locator("h1").count())
            if seen != ([], False, 1):
                found[address] = seen

    assert found == {}
