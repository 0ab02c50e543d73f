"""The pages around the form: start, doors, what people should know, the quick exit."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from intake import create_app
from intake.config import Settings
from tests.public.person import ADULT, REACH, Person

PAGES = [
    "/sv/",
    "/en/",
    "/sv/self",
    "/en/self",
    "/sv/screening",
    "/sv/relative",
    "/en/professional",
    "/sv/help",
    "/sv/privacy",
    "/sv/accessibility",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_needs_no_cookie_and_sets_none(client: FlaskClient, page: str) -> None:
    answer = client.get(page)

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_nothing_of_the_subject_in_its_title(client: FlaskClient, page: str) -> None:
    title = re.search("<title>(.*)</title>", client.get(page).text)

    assert title is not None
    assert not re.search("alkohol|drog|spel|missbruk|beroende|alcohol|drug|gambl|addict", title[1], re.IGNORECASE)


@pytest.mark.parametrize(
    ("accepted", "address"),
    [
        ("sv", "/sv/"),
        ("en-GB,en;q=0.8", "/en/"),
        ("de,en;q=0.5", "/en/"),
        ("de", "/sv/"),
        ("", "/sv/"),
        ("x;q=z", "/sv/"),
    ],
)
def test_the_front_address_leads_to_the_browsers_language(client: FlaskClient, accepted: str, address: str) -> None:
    answer = client.get("/", headers={"Accept-Language": accepted})

    assert answer.location == address
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("page", ["/xx/", "/sv/nowhere", "/sv/staff", "/sv/1", "/f/x", "/f/x/sv/"])
def test_what_does_not_exist_is_not_found(client: FlaskClient, page: str) -> None:
    assert client.get(page).status_code == 404


def test_a_door_that_does_not_exist_cannot_be_opened(client: FlaskClient) -> None:
    assert client.post("/sv/nowhere", data={"start": "questions"}).status_code == 404


@pytest.mark.parametrize("start", ["", "x", "questions"])
def test_a_door_begins_with_its_questions_unless_contact_is_wanted(person: Person, start: str) -> None:
    assert "concerns" in person.begin(start=start).seen.fields


def test_leaving_forgets_the_answers_and_goes_elsewhere(person: Person) -> None:
    person.begin().press({"concerns": ["alcohol"]})
    answer = person.client.post(f"{person.place}leave")

    assert answer.headers["Refresh"] == "0; url=https://www.smhi.se/"
    assert person.client.get_cookie("draft", path=f"/f/{person.draft}/") is None
    assert person.client.get(person.address).location == "/sv/"


def test_leaving_twice_or_from_nowhere_works_as_well(client: FlaskClient) -> None:
    assert client.post(f"/f/{'0' * 32}/sv/leave").status_code == 200
    assert client.post("/f/x/sv/leave").status_code == 200


def test_leaving_is_not_a_link(client: FlaskClient) -> None:
    assert client.get(f"/f/{'0' * 32}/sv/leave").status_code in (404, 405)


@pytest.fixture
def over_https(public_home: Path) -> Iterator[FlaskClient]:
    """A browser that reaches us over HTTPS."""
    environ = {
        "INTAKE_HOME": str(public_home),
        "INTAKE_SERVE": "public",
        "INTAKE_BASE_URL": "https://intake.example.org",
    }
    app = create_app(Settings.read(environ))
    app.testing = True
    app.config["SERVER_NAME"], app.config["PREFERRED_URL_SCHEME"] = "intake.example.org", "https"
    yield app.test_client()
    app.extensions["intake"].database.close()


def test_over_https_leaving_clears_the_site_and_the_cookie_is_secure(over_https: FlaskClient) -> None:
    began = over_https.post("/sv/self", data={"start": "questions"})
    left = over_https.post(f"{began.location}/../leave".replace("1/../", ""))

    assert began.headers["Set-Cookie"].startswith("__Secure-draft=")
    assert '"cookies"' in left.headers["Clear-Site-Data"]


def test_a_form_can_be_filled_in_over_https(over_https: FlaskClient) -> None:
    assert Person(over_https).begin().walk({**ADULT, **REACH}).page.status_code == 200


@pytest.mark.parametrize("page", ["1", "review", "done"])
def test_no_page_of_a_form_may_be_kept_by_anybody(person: Person, page: str) -> None:
    person.begin().walk({**ADULT, **REACH})
    if page == "done":
        person.press()

    assert person.open(page).page.headers["Cache-Control"] == "no-store"


def test_a_page_of_questions_is_small(person: Person) -> None:
    person.begin().walk({**ADULT, "audit_offer": "now"}, until="audit.q1")

    assert len(person.page.data) < 8 * 1024
