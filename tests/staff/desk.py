"""A desk in the clinic: a browser worked by keys, and whoever sits there signed in."""

from collections.abc import Callable
from pathlib import Path

import pyotp
from playwright.sync_api import Page, expect

from intake import clock
from intake.demonstration.sign_in import file_in, kept
from tests.fixtures.server import Server

MOST_TABS = 200
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"
FOCUSED = "document.activeElement.name || document.activeElement.innerText || ''"


def tab_to(page: Page, what: Callable[[str], bool]) -> None:
    """Press Tab until the focus is on something whose text or name is what is looked for."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if what(page.evaluate(FOCUSED).strip()):
            return
    raise AssertionError("the keyboard never got there")


def sign_in(page: Page, server: Server, username: str, ahead: int = 0) -> None:
    """Sign in with keys alone; by a code some half minutes `ahead` (-1 to 1) where the one of now has been used."""
    known = kept(file_in(Path(server.environ["INTAKE_HOME"])))
    page.goto(f"{server.url}/staff/")
    tab_to(page, lambda name: name == "username")
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(known.password)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server.url}/staff/second-factor")
    tab_to(page, lambda name: name == "code")
    page.keyboard.type(pyotp.TOTP(known.secret).at(clock.now(), counter_offset=ahead))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{server.url}/staff/")
