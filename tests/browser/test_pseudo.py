"""A language nobody speaks, some 40 per cent longer than English: every page still fits the narrowest phone."""

from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Page

from intake.config import content_root
from intake.translating.pseudo import TAG, write_content
from intake.translating.texts import Content
from tests.browser.walking import BRIEF, begin, walk
from tests.fixtures.browser import Visit
from tests.fixtures.server import Serve, Server

pytestmark = pytest.mark.browser

NARROWEST = {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True}
TOO_WIDE = "document.documentElement.scrollWidth - 320"


@pytest.fixture(scope="module")
def pseudo_server(serve: Serve, pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A service that speaks it besides its own languages."""
    folder = tmp_path_factory.mktemp("pseudo")
    write_content(Content(content_root()), folder / "content")
    home = copytree(pristine, folder / "home")
    return serve({"INTAKE_HOME": str(home), "INTAKE_CONTENT": str(folder / "content")})


@pytest.mark.parametrize("page_of", ["", "self", "screening", "relative", "professional", "help", "privacy", "code"])
def test_a_page_fits(visit: Visit, pseudo_server: Server, page_of: str) -> None:
    with visit(**NARROWEST) as page:
        page.goto(f"{pseudo_server.url}/{TAG}/{page_of}")

        assert page.locator("h1").inner_text().startswith("[")
        assert page.evaluate(TOO_WIDE) <= 0


@pytest.mark.parametrize("door", ["self", "professional"])
def test_every_question_up_to_the_receipt_fits(visit: Visit, pseudo_server: Server, door: str) -> None:
    wide: dict[str, int] = {}

    def look(page: Page) -> None:
        over = page.evaluate(TOO_WIDE)
        if over > 0:
            wide[page.locator("h1").inner_text()] = over

    with visit(**NARROWEST) as page:
        begin(page, pseudo_server.url, TAG, door)
        walk(page, BRIEF, look)

    assert wide == {}
