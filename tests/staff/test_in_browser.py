"""The staff side in Chromium: by keyboard alone, without script, in both schemes, on a narrow screen."""

import pytest
from playwright.sync_api import expect

from tests.fixtures.browser import DESK, PHONE, Visit, barriers
from tests.fixtures.server import Server
from tests.staff.desk import TOO_WIDE, sign_in, tab_to

pytestmark = pytest.mark.browser

PAGES = ("/staff/", "/staff/?state=closed&order=-received", "/staff/account", "/staff/alarms", "/staff/case/nowhere")


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
        expect(page.locator("ol.timeline")).to_contain_text("Togs")
        tab_to(page, lambda name: name == "note")
        page.keyboard.type("Ringer imorgon.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("ol.timeline")).to_contain_text("Ringer imorgon.")


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


def test_the_counts_renew_themselves_and_the_lines_wait_until_asked_for(visit: Visit, clinic_server: Server) -> None:
    with visit(**DESK) as page:
        page.clock.install()
        sign_in(page, clinic_server, "reception", ahead=1)
        received = page.locator("[data-count=received]")
        before, lines = received.inner_text(), page.locator("tbody tr").count()
        other = page.context.new_page()
        other.goto(f"{clinic_server.url}/staff/?state=received")
        other.locator("tbody th a").first.click()
        other.get_by_role("button", name="Ta ärendet").click()
        expect(other.locator("ol.timeline")).to_contain_text("Togs")
        expect(page.locator("#changed")).to_be_hidden()
        page.clock.run_for(61_000)

        expect(received).to_have_text(str(int(before) - 1))
        expect(page.locator("#changed")).to_be_visible()
        assert page.locator("tbody tr").count() == lines
        page.locator("#changed").click()
        expect(page.locator("#changed")).to_be_hidden()
