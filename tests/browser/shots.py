"""`make shots`: a picture of every page into shots/, on a phone and a desk, light and dark, and some in each language.

Open them and look: no test knows whether a page is calm.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pyotp
from playwright.sync_api import Browser, Page

from intake import clock
from intake.config import content_root
from intake.demonstration.sign_in import file_in, kept
from intake.i18n import read_catalogs
from tests.browser.walking import ANNA, begin, press, walk
from tests.fixtures.browser import DESK, PHONE, chromium
from tests.fixtures.installation import intake
from tests.fixtures.server import Server, start_server

SHOTS = Path(__file__).parent.parent.parent / "shots"
SIZES = {"phone": PHONE, "desk": DESK}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = ("sv", "en")
DOORS = ("professional", "relative", "screening", "self")  # the last receipt's code opens every paper
STANDING = ("", *DOORS, "code", "help", "privacy", "accessibility", "no-such-page")
LOOKED_AT = {"audit.q2", "phq4.q1", "contact.ways", "consent.share", "needs.interpreter"}
CASES_SHOWN = 3
COLLEAGUES = {
    "reception": ("account", "assist"),
    "coordinator-alingsas": ("alarms", "links", "overrides"),
    "auditor": ("audit", "audit/reviews"),
}


class Album:
    """The pictures of one walk, numbered in the order they were taken."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._numbers = count(1)

    def take(self, page: Page) -> None:
        """Take the page as it stands, whole, in both schemes."""
        number = next(self._numbers)
        for scheme in SCHEMES:
            # Without reduced motion, the colours would be caught on their way from one scheme to the other.
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.screenshot(path=SHOTS / scheme / f"{self._name}-{number:02}.png", full_page=True)


def main() -> None:
    """Serve the demonstration and walk through all of it."""
    shutil.rmtree(SHOTS, ignore_errors=True)
    with demonstration() as server, chromium() as browser:
        for size in SIZES:
            for language in LANGUAGES:
                form(browser, server, size, language)
            staff(browser, server, size)
        for language in read_catalogs(content_root() / "translations").languages:
            in_language(browser, server, language)
    print(f"{len(list(SHOTS.rglob('*.png')))} pictures in {SHOTS}")


@contextmanager
def demonstration() -> Iterator[Server]:
    """A service with the demonstration in it, in a folder that goes away."""
    with TemporaryDirectory() as folder:
        environ = {"INTAKE_HOME": f"{folder}/home"}
        intake(environ, "init")
        intake(environ, "demo")
        server = start_server(environ, Path(folder) / "log")
        try:
            yield server
        finally:
            server.kill()


def form(browser: Browser, server: Server, size: str, language: str) -> None:
    """The standing pages, every door to the receipt, and a page with an error."""
    with browser.new_context(**SIZES[size]) as context:
        page = context.new_page()
        standing = Album(f"{size}-{language}-standing")
        for name in STANDING:
            page.goto(f"{server.url}/{language}/{name}")
            standing.take(page)
        for door in DOORS:
            begin(page, server.url, language, door)
            walk(page, ANNA, Album(f"{size}-{language}-{door}").take)
        behind_the_code(page, server, language, Album(f"{size}-{language}-code"))
        begin(page, server.url, language, "self")
        while not page.locator("#errors").count():
            press(page)
        Album(f"{size}-{language}-error").take(page)


def in_language(browser: Browser, server: Server, language: str) -> None:
    """The pages every language is looked at on: start, error, each page with a text of its own, review, receipt."""
    with browser.new_context(**PHONE) as context:
        page, album = context.new_page(), Album(f"language-{language}")
        page.goto(f"{server.url}/{language}/")
        album.take(page)
        begin(page, server.url, language, "self")
        press(page)
        album.take(page)
        walk(page, ANNA, lambda shown: album.take(shown) if _is_looked_at(shown) else None)


def _is_looked_at(page: Page) -> bool:
    """A page of questions is, where it asks one of those that are easily got wrong; any other page is."""
    asked = page.eval_on_selector_all("main input", "all => all.map(field => field.name)")
    return not page.locator("form#page").count() or bool(LOOKED_AT & {*asked})


def behind_the_code(page: Page, server: Server, language: str, album: Album) -> None:
    """What the code on the receipt that is shown opens: the letters and every paper, and a code that opens nothing."""
    code = page.locator("bdi.code").inner_text()
    for written in ("0000", code):
        page.goto(f"{server.url}/{language}/code")
        page.locator("#code").fill(written)
        press(page)
        album.take(page)
    page.locator("#text").fill("Kan jag komma utan tid?")
    press(page)
    album.take(page)
    mailbox = page.url
    for kind in ("contact", "consent", "withdrawal"):
        page.goto(f"{mailbox}{kind}")
        album.take(page)


def staff(browser: Browser, server: Server, size: str) -> None:
    """Signing in as each colleague: their own pages, and the first cases in their queue with what belongs to them."""
    known = kept(file_in(Path(server.environ["INTAKE_HOME"])))
    for username, standing in COLLEAGUES.items():
        album = Album(f"{size}-staff-{username}")
        with browser.new_context(**SIZES[size]) as context:
            page = context.new_page()
            page.goto(f"{server.url}/staff/")
            album.take(page)
            page.locator("[name=username]").fill(username)
            page.locator("[name=password]").fill(known.password)
            press(page)
            album.take(page)
            page.locator("[name=code]").fill(unused_code(known.secret, size))
            press(page)
            album.take(page)
            found = page.locator("main a[href*='/staff/case/']").evaluate_all("all => all.map(link => link.href)")
            cases = list(dict.fromkeys(found))[:CASES_SHOWN]
            beside = [f"{case}/{name}" for case in cases[:1] for name in ("consent", "person")]
            for address in [*cases, *beside, *(f"{server.url}/staff/{name}" for name in standing)]:
                page.goto(address)
                album.take(page)


def unused_code(secret: str, size: str) -> str:
    """A code that works, another one for each sign-in: a code is good once, and the next one is already taken."""
    ahead = list(SIZES).index(size)
    return pyotp.TOTP(secret).at(clock.now(), counter_offset=ahead)


if __name__ == "__main__":
    main()
