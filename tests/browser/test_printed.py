"""What is printed, as Chromium prints it: the size of the page, how many there are, and a code that can be read."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pyotp
import pytest
import segno
from playwright.sync_api import Page

from intake import clock
from intake.demonstration.sign_in import file_in, kept
from tests.browser.walking import BRIEF, press, walk
from tests.fixtures.browser import DESK, PHONE, Visit, barriers
from tests.fixtures.installation import intake
from tests.fixtures.server import Serve, Server

pytestmark = pytest.mark.browser

POINTS = {"a4": (595, 842), "a5": (420, 595)}
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"
MODULES = """
    ([picture, size]) => new Promise(resolve => {
        const drawn = new Image();
        drawn.onload = () => {
            const canvas = Object.assign(document.createElement("canvas"), {width: size * 8, height: size * 8});
            const context = canvas.getContext("2d");
            context.drawImage(drawn, 0, 0, size * 8, size * 8);
            const dark = (row, column) => context.getImageData(column * 8 + 4, row * 8 + 4, 1, 1).data[0] < 128;
            const places = [...Array(size).keys()];
            resolve(places.map(row => places.map(column => Number(dark(row, column)))));
        };
        drawn.src = picture;
    })
"""


@pytest.fixture(scope="module")
def clinic_server(serve: Serve, pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A service with the demonstration in it."""
    home = copytree(pristine, tmp_path_factory.mktemp("printed") / "home")
    intake({"INTAKE_HOME": str(home)}, "demo")
    return serve({"INTAKE_HOME": str(home)})


@pytest.fixture(scope="module")
def state(browser: object, clinic_server: Server) -> Iterator[dict[str, object]]:
    """The coordinator's sign-in, for every page of this module: a code is good once."""
    with browser.new_context() as context:  # type: ignore[attr-defined]  # Playwright's browser
        page = context.new_page()
        known = kept(file_in(Path(clinic_server.environ["INTAKE_HOME"])))
        page.goto(f"{clinic_server.url}/staff/")
        page.locator("[name=username]").fill("coordinator")
        page.locator("[name=password]").fill(known.password)
        press(page)
        page.locator("[name=code]").fill(pyotp.TOTP(known.secret).at(clock.now()))
        press(page)
        yield context.storage_state()


def poster(page: Page, server: Server, language: str) -> str:
    """Make a poster and return the address of its link at the staff side."""
    page.goto(f"{server.url}/staff/links")
    page.locator("#poster-place").fill("Biblioteket")
    page.locator("#poster-language").select_option(language)
    with page.expect_navigation():
        page.locator("section[aria-labelledby=poster-heading] button").click()
    return page.url


def pages(pdf: bytes) -> list[tuple[int, int]]:
    """The size of every page of a PDF, in whole points."""
    streams = (inflated(found) for found in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL))
    whole = b"".join([pdf, *streams])
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", whole)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_poster_is_one_page_of_its_size(
    visit: Visit, clinic_server: Server, state: dict[str, object], language: str
) -> None:
    with visit(**DESK, storage_state=state) as page:
        made = poster(page, clinic_server, language)
        for size, points in POINTS.items():
            page.goto(f"{made}/poster/{size}")
            assert pages(page.pdf(prefer_css_page_size=True)) == [points]


def test_nothing_of_a_poster_is_cut_off(visit: Visit, clinic_server: Server, state: dict[str, object]) -> None:
    with visit(storage_state=state) as page:
        made = poster(page, clinic_server, "sv")
        page.emulate_media(media="print")
        for size, (width, height) in POINTS.items():
            page.set_viewport_size({"width": width * 4 // 3, "height": height * 4 // 3})
            page.goto(f"{made}/poster/{size}")
            over = page.evaluate(
                "() => [document.documentElement.scrollWidth, document.querySelector('.sheet').scrollHeight]"
            )
            assert over[0] <= width * 4 // 3 + 1
            assert over[1] <= height * 4 // 3 + 1


def test_the_code_on_a_poster_is_that_of_the_links_address(
    visit: Visit, clinic_server: Server, state: dict[str, object]
) -> None:
    with visit(**DESK, storage_state=state) as page:
        made = poster(page, clinic_server, "sv")
        address = page.locator("code.address").inner_text()
        expected = [
            [int(dark) for dark in row] for row in segno.make(address, error="m", micro=False).matrix_iter(border=4)
        ]
        page.goto(f"{made}/poster/a4")
        picture = page.locator(".scan img").get_attribute("src")
        seen = page.evaluate(MODULES, [picture, len(expected)])

    assert seen == expected


def test_the_address_on_a_poster_leads_to_the_receipt(
    visit: Visit, clinic_server: Server, state: dict[str, object]
) -> None:
    with visit(**DESK, storage_state=state) as page:
        poster(page, clinic_server, "en")
        address = page.locator("code.address").inner_text()
    with visit(**PHONE, java_script_enabled=False) as phone:
        phone.goto(address)
        assert "/en/self/from/" in phone.url
        with phone.expect_navigation():
            phone.locator("button[name=start][value=questions]").click()
        walk(phone, BRIEF, lambda _page: None)


@pytest.mark.parametrize("device", [DESK, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_links_has_a_barrier(
    visit: Visit, clinic_server: Server, state: dict[str, object], device: dict[str, object], scheme: str
) -> None:
    found: dict[str, object] = {}
    with visit(**device, color_scheme=scheme, storage_state=state) as page:
        made = poster(page, clinic_server, "sv").removeprefix(clinic_server.url)
        page.goto(f"{clinic_server.url}/staff/links")
        with page.expect_navigation():
            page.locator("section[aria-labelledby=referrer-heading] button").click()
        for address in ("/staff/links", made, "/staff/assist", f"{made}/poster/a4", f"{made}/poster/a5"):
            page.goto(clinic_server.url + address)
            page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
            seen = (barriers(page), page.evaluate(TOO_WIDE) > 0, page.locator("h1").count())
            if seen != ([], False, 1):
                found[address] = seen

    assert found == {}


@pytest.mark.parametrize("device", [DESK, PHONE])
def test_no_page_of_an_assisted_form_has_a_barrier(
    visit: Visit, clinic_server: Server, state: dict[str, object], device: dict[str, object]
) -> None:
    found: dict[str, object] = {}

    def look(page: Page) -> None:
        seen = (barriers(page), page.evaluate(TOO_WIDE) > 0, page.locator(".assisted").count())
        if seen != ([], False, 1):
            found[page.url] = seen

    with visit(**device, storage_state=state) as page:
        page.goto(f"{clinic_server.url}/staff/assist")
        page.locator("[name=channel][value=drop_in]").check()
        page.locator("[name=door][value=self]").check()
        page.locator("[name=start][value=contact]").check()
        press(page)
        walk(page, BRIEF, look)

    assert found == {}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", ["self", "screening", "audit", "dudit"])
def test_a_paper_has_no_barrier_and_prints_on_a4(visit: Visit, clinic_server: Server, name: str, language: str) -> None:
    with visit(**PHONE) as page:
        page.goto(f"{clinic_server.url}/{language}/paper/{name}")
        assert (barriers(page), page.evaluate(TOO_WIDE)) == ([], 0)

        sizes = pages(page.pdf(prefer_css_page_size=True))
    assert set(sizes) == {POINTS["a4"]}
    assert len(sizes) <= {"audit": 3, "dudit": 3}.get(name, 12)
