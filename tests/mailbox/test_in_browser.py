"""Behind a receipt code in Chromium, on a phone: from the receipt to the withdrawal, and no barrier on the way."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_journey import ELSEWHERE, catch_elsewhere
from tests.browser.walking import press
from tests.fixtures.browser import DESK, PHONE, Visit, barriers
from tests.fixtures.installation import intake
from tests.fixtures.server import Serve, Server
from tests.public.words import said
from tests.staff.desk import TOO_WIDE, sign_in

pytestmark = pytest.mark.browser

QUESTION, ANSWER = "Kan jag komma utan tid?", "Ja, kom klockan tio på torsdag."
WITHOUT_SCRIPT = {**PHONE, "java_script_enabled": False}


@pytest.fixture(scope="module")
def clinic_server(serve: Serve, pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A service with the demonstration in it, for its colleagues."""
    home = copytree(pristine, tmp_path_factory.mktemp("letters") / "home")
    intake({"INTAKE_HOME": str(home)}, "demo")
    return serve({"INTAKE_HOME": str(home)})


def receipt(page: Page, server: Server, language: str) -> str:
    """Ask to be called, and read the code on the receipt."""
    page.goto(f"{server.url}/{language}/self")
    page.locator("button[value=contact]").click()
    page.locator("[name=skip]").click()
    page.locator("[name='contact.ways'][value=call]").check()
    page.locator("[name='contact.phone']").fill("070-174 06 10")
    for _ in range(4):
        press(page)
    return page.locator("bdi.code").inner_text()


def open_mailbox(page: Page, server: Server, language: str, code: str) -> None:
    page.goto(f"{server.url}/{language}/code")
    page.locator("#code").fill(code)
    press(page)


def go(page: Page, kind: str) -> None:
    page.locator(f"main a[href$='/{kind}']").click()


def answer(page: Page, server: Server) -> None:
    """Let reception find the newest letter in the queue, read it and write back."""
    page.goto(f"{server.url}/staff/?order=-received")
    marked = page.locator("tbody tr", has=page.locator(".badge.warn", has_text="nytt meddelande"))
    marked.first.locator("th a").click()
    expect(page.locator("#letters")).to_contain_text(QUESTION)
    page.locator("#letter").fill(ANSWER)
    page.locator("form[action$='/letter'] button").click()
    expect(page.locator("#letters")).to_contain_text(ANSWER)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_from_receipt_to_withdrawal_without_script(visit: Visit, clinic_server: Server, language: str) -> None:
    with visit(**WITHOUT_SCRIPT) as page, visit(**DESK) as desk:
        code = receipt(page, clinic_server, language)
        open_mailbox(page, clinic_server, language, code)
        expect(page.locator("h1")).to_have_text(said("standing.received.heading", language))
        page.locator("#text").fill(QUESTION)
        press(page)
        expect(page.locator(".letters")).to_contain_text(QUESTION)

        sign_in(desk, clinic_server, "reception" if language == "sv" else "coordinator")
        answer(desk, clinic_server)

        page.reload()
        expect(page.locator(".letters .theirs")).to_contain_text(ANSWER)
        go(page, "contact")
        page.locator("[name='contact.ways'][value=email]").check()
        page.locator("[name='contact.email']").fill("kim@example.org")
        press(page)
        expect(page.locator(".notice[role=status]")).to_have_text(said("mailbox.told.contact", language))
        go(page, "withdrawal")
        press(page)
        expect(page.locator("h1")).to_have_text(said("withdrawn.heading", language))

        open_mailbox(page, clinic_server, language, "0000-0000-0000-0000")
        wrong = page.locator("main").inner_html()
        open_mailbox(page, clinic_server, language, code)
        assert page.locator("main").inner_html() == wrong


@pytest.mark.parametrize("script", [False, True])
def test_back_after_a_quick_exit_shows_nothing(visit: Visit, server: Server, *, script: bool) -> None:
    with visit(**PHONE, java_script_enabled=script) as page:
        catch_elsewhere(page)
        open_mailbox(page, server, "sv", receipt(page, server, "sv"))
        inside = page.url
        page.locator(".exit button").click()
        expect(page).to_have_url(ELSEWHERE)
        page.goto(inside)
        expect(page).to_have_url(f"{server.url}/sv/code")

        assert [cookie for cookie in page.context.cookies() if "visit" in cookie.get("name", "")] == []
        assert page.locator("#code").input_value() == ""


def test_back_after_a_refusal_still_has_the_words(visit: Visit, server: Server) -> None:
    with visit(**WITHOUT_SCRIPT) as page:
        open_mailbox(page, server, "sv", receipt(page, server, "sv"))
        page.locator("#text").fill("lång " * 450)
        press(page)
        assert page.locator("#text-error").count() == 1
        page.go_back()

        assert page.locator("#text").input_value().startswith("lång lång")


def test_a_reload_sends_nothing_again(visit: Visit, server: Server) -> None:
    with visit(**WITHOUT_SCRIPT) as page:
        open_mailbox(page, server, "sv", receipt(page, server, "sv"))
        page.locator("#text").fill(QUESTION)
        press(page)
        page.reload()

        assert page.locator(".letters li").count() == 1


def every_page(page: Page) -> Iterator[str]:
    """Lead through everything that a code opens, each time with the name of the page that is shown."""
    yield "empty"
    press(page)
    yield "missing"
    page.locator("#text").fill(QUESTION)
    press(page)
    yield "sent"
    for kind in ("contact", "consent"):
        go(page, kind)
        yield kind
        press(page)
        yield f"{kind} missing"
        page.locator(".back").click()
    go(page, "withdrawal")
    yield "withdrawal"
    page.context.clear_cookies()
    press(page)
    yield "locked"
    page.locator("#code").fill("0000000000000000")
    press(page)
    yield "unknown"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_page_behind_a_code_has_a_barrier_or_is_too_wide(
    visit: Visit, server: Server, language: str, scheme: str
) -> None:
    found: dict[str, object] = {}
    with visit(**PHONE, color_scheme=scheme) as page:
        open_mailbox(page, server, language, receipt(page, server, language))
        for name in every_page(page):
            seen = (barriers(page), page.evaluate(TOO_WIDE) > 0, page.locator("h1").count())
            if seen != ([], False, 1):
                found[name] = seen

    assert found == {}


@pytest.mark.parametrize(("username", "device"), [("clinician", DESK), ("coordinator", PHONE)])
def test_a_case_with_letters_has_no_barrier(
    visit: Visit, clinic_server: Server, username: str, device: dict[str, object]
) -> None:
    with visit(**PHONE) as page:
        open_mailbox(page, clinic_server, "sv", receipt(page, clinic_server, "sv"))
        page.locator("#text").fill(QUESTION)
        press(page)
    with visit(**device) as page:
        sign_in(page, clinic_server, username)
        page.goto(f"{clinic_server.url}/staff/?order=-received")
        queue = (barriers(page), page.evaluate(TOO_WIDE) > 0)
        page.locator("tbody th a").first.click()
        page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")

        assert (barriers(page), page.evaluate(TOO_WIDE) > 0) == queue == ([], False)
