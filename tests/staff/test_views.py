"""Views of the queue that somebody keeps for themselves."""

import re

from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, Clinic


def keep(colleague: Colleague, name: str, **asked: str) -> None:
    colleague.get("/staff/")
    assert colleague.post("/staff/views", name=name, **asked).status_code == 303
    colleague.get("/staff/")


def kept(colleague: Colleague) -> dict[str, str]:
    """The views on the page by name, each with its address."""
    nav = colleague.page.partition('class="views"')[2].partition("</nav>")[0]
    return {name: address.replace("&amp;", "&") for address, name in re.findall(r'href="([^"]+)"><bdi>([^<]+)', nav)}


def test_a_view_is_kept_under_a_name_and_shows_what_it_did(anna: Colleague, clinic: Clinic) -> None:
    english = clinic.receive(language="en")
    clinic.receive()
    keep(anna.sign_in(), "Engelska", language="en", order="-received")

    assert kept(anna) == {"Engelska": "/staff/?language=en&order=-received"}
    assert anna.references(kept(anna)["Engelska"]) == [clinic.case(english).reference]


def test_a_view_is_for_oneself_alone(anna: Colleague, clinic: Clinic) -> None:
    keep(anna.sign_in(), "Mitt", urgent="1")
    eva = clinic.employ("eva", "reception", ALINGSAS).sign_in()
    eva.get("/staff/")

    assert kept(eva) == {}
    assert b"Mitt" not in clinic.file_bytes()


def test_what_a_view_cannot_mean_is_not_kept(anna: Colleague) -> None:
    keep(anna.sign_in(), "Allt", state="nonsense", evil="x", order="DROP")

    assert kept(anna) == {"Allt": "/staff/?"}


def test_a_view_is_forgotten_by_whoever_kept_it(anna: Colleague, clinic: Clinic) -> None:
    keep(anna.sign_in(), "Mitt")
    forget = re.search(r"/staff/views/\w+/forget", anna.page)
    assert forget
    eva = clinic.employ("eva", "reception", ALINGSAS).sign_in()
    eva.get("/staff/")
    eva.post(forget[0])
    anna.get("/staff/")
    assert list(kept(anna)) == ["Mitt"]
    anna.post(forget[0])
    anna.get("/staff/")

    assert kept(anna) == {}


def test_twenty_views_are_enough(anna: Colleague) -> None:
    anna.sign_in()
    for number in range(20):
        keep(anna, f"Vy {number}")

    assert anna.post("/staff/views", name="En till").status_code == 409
