"""Links and posters as a coordinator has them: made, printed, counted, withdrawn, and told of in the case."""

import io
import re
from datetime import UTC, datetime

import pytest
import segno
import time_machine

from intake.config import content_root
from intake.i18n import read_catalogs
from intake.links import Link, sign
from intake.records.link_models import IssuedLink
from tests.languages.own_words import foreign_texts
from tests.public.person import REACH, Person
from tests.public.words import said
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, LERUM, Clinic

POSTER = {"kind": "poster", "unit": ALINGSAS, "door": "self", "language": "sv", "place": "Biblioteket"}
REFERRER = {"kind": "referrer", "unit": ALINGSAS, "door": "professional", "referrer": "school_lerum_upper"}
ANSWERS = {"about.age": "34", "about.town": "alingsas", "about.sex": "female", **REACH}


@pytest.fixture
def sam(either_clinic: Clinic) -> Colleague:
    """The coordinator of Alingsås, signed in."""
    return either_clinic.employ("sam", "coordinator", ALINGSAS).sign_in()


def make(sam: Colleague, **fields: str) -> str:
    """Make a link, look at it and return its address at the staff side."""
    sam.get("/staff/links")
    answer = sam.post("/staff/links", **(POSTER | fields))
    assert answer.status_code == 303
    sam.get(answer.location)
    return str(answer.location)


def address(sam: Colleague) -> str:
    """The address of the link that is open, without its host."""
    found = re.search(r"http://127.0.0.1:8000(/r/[^<]+)<", sam.page)
    assert found is not None
    return found[1]


def send_through(sam: Colleague, link: str) -> Person:
    """Somebody follows the link and sends what they have to say."""
    person = Person(sam.client.application.test_client())
    person.open(person.client.get(link).location).press({"start": "questions"}).walk(ANSWERS).press()
    assert person.code
    return person


def case_page(sam: Colleague) -> str:
    """The newest case, as text."""
    sam.get("/staff/?order=-received")
    found = re.search(r'href="(/staff/case/[0-9a-f]+)"', sam.page)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", sam.get(found[1]).text).split())


def sent(sam: Colleague) -> list[str]:
    """What the list says of the first link: lately and in all."""
    sam.get("/staff/links")
    return re.findall(r'data-label="(?:30 dagar|Sammanlagt)">(\d+)<', sam.page)[:2]


def test_what_comes_through_a_poster_is_counted_and_told(sam: Colleague) -> None:
    make(sam)
    link = address(sam)
    send_through(sam, link)
    send_through(sam, link)

    assert sent(sam) == ["2", "2"]
    assert "Kom via affischen: Biblioteket" in case_page(sam)


def test_each_day_has_its_own_count(sam: Colleague) -> None:
    made = make(sam)
    with time_machine.travel(datetime(2031, 12, 24, 23, 30, tzinfo=UTC)):
        sam.sign_in().get(made)
        send_through(sam, address(sam))
        sam.get(made)

    assert 'datetime="2031-12-25"' in sam.page


def test_sending_twice_counts_once(sam: Colleague) -> None:
    make(sam)
    person = Person(sam.client.application.test_client())
    person.open(person.client.get(address(sam)).location).press({"start": "questions"}).walk(ANSWERS)
    kept = person.client.get_cookie("draft", path=f"/f/{person.draft}/")
    assert kept is not None
    at_review = dict(person.seen.fields), person.seen.actions[-1]
    person.press()
    person.client.set_cookie("draft", kept.value, path=f"/f/{person.draft}/")
    person.client.post(at_review[1], data=at_review[0])

    assert sent(sam) == ["1", "1"]


def test_opening_a_link_is_not_counted(sam: Colleague) -> None:
    make(sam)
    sam.client.application.test_client().get(address(sam), follow_redirects=True)

    assert sent(sam) == ["0", "0"]


def test_a_withdrawn_link_refuses_nobody_and_counts_nothing(sam: Colleague) -> None:
    made = make(sam)
    link = address(sam)
    assert sam.post(f"{made}/withdraw", sure="yes").status_code == 303
    send_through(sam, link)

    assert sent(sam) == ["0", "0"]
    assert "Kom via affischen: Biblioteket Länken var återkallad" in case_page(sam)


def test_what_a_withdrawn_link_filled_in_is_to_be_asked_about(sam: Colleague, either_clinic: Clinic) -> None:
    made = make(sam)
    link = filled_in(either_clinic, made, '{"about.sex": "female"}')
    sam.post(f"{made}/withdraw", sure="yes")
    send_through(sam, link)

    assert "Ifyllt av en återkallad länk, så fråga om det stämmer:" in case_page(sam)


def test_what_a_link_in_use_filled_in_is_told(sam: Colleague, either_clinic: Clinic) -> None:
    send_through(sam, filled_in(either_clinic, make(sam), '{"about.sex": "female"}'))

    assert "Länken fyllde i:" in case_page(sam)


def filled_in(clinic: Clinic, made: str, answers: str) -> str:
    """The address of a link after it was given answers to begin with."""
    link_id = made.rpartition("/")[2]
    with clinic.records() as records, records.begin():
        records.get_one(IssuedLink, link_id).answers = answers
    token = sign(clinic.parts.settings.link_secrets, Link(link_id, "self", "sv", {"about.sex": "female"}))
    return f"/r/{token}"


def test_a_link_nobody_knows_any_more_refuses_nobody(sam: Colleague, either_clinic: Clinic) -> None:
    link = sign(either_clinic.parts.settings.link_secrets, Link("NEVER123", "self"))
    send_through(sam, f"/r/{link}")

    assert "Kom via en länk som inte finns här." in case_page(sam)


def test_withdrawing_asks_first(sam: Colleague) -> None:
    made = make(sam)

    assert sam.post(f"{made}/withdraw").status_code == 422
    assert said("links.not_sure") in sam.page
    assert address(sam)


def test_a_referrer_gets_a_link_under_its_name(sam: Colleague) -> None:
    make(sam, **REFERRER)

    assert "Elevhälsan, gymnasiet i Lerum" in sam.page
    assert "Affisch i A4" not in sam.page


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": " "},
        {"place": "x" * 61},
        {"place": "\x00"},
        {"language": "xx"},
        {"door": "gone"},
        {"unit": LERUM},
        {"kind": "else"},
        REFERRER | {"referrer": "nobody"},
    ],
)
def test_what_cannot_be_a_link_is_not_made_and_nothing_is_lost(sam: Colleague, wrong: dict[str, str]) -> None:
    sam.get("/staff/links")

    assert sam.post("/staff/links", **(POSTER | wrong)).status_code == 422
    assert 'id="errors"' in sam.page
    assert said("links.none") in sam.page


def test_another_units_link_does_not_exist(sam: Colleague, either_clinic: Clinic) -> None:
    made = make(sam)
    kim = either_clinic.employ("kim", "coordinator", LERUM).sign_in()
    kim.get("/staff/links")

    assert "Biblioteket" not in kim.page
    for page in (made, f"{made}/code", f"{made}/poster/a4", "/staff/links/%00", "/staff/links/" + "0" * 5000):
        assert kim.get(page).status_code == 404
    assert kim.post(f"{made}/withdraw", sure="yes").status_code == 404


def test_somebody_in_no_unit_can_make_none(either_clinic: Clinic) -> None:
    nobody = either_clinic.employ("nobody", "coordinator").sign_in()
    nobody.get("/staff/links")

    assert said("links.new.poster") not in nobody.page
    assert nobody.post("/staff/links", **POSTER).status_code == 422


def test_the_code_is_that_of_the_address(sam: Colleague) -> None:
    made = make(sam)
    expected = io.BytesIO()
    code = segno.make(f"http://127.0.0.1:8000{address(sam)}", error="m", micro=False)
    code.save(expected, kind="svg", omitsize=True, xmldecl=False, dark="#000", light="#fff")

    assert sam.get(f"{made}/code").data == expected.getvalue()


def test_a_poster_speaks_its_own_language(sam: Colleague) -> None:
    made = make(sam, language="en")
    page = sam.get(f"{made}/poster/a5").text

    assert '<html lang="en"' in page
    assert said("poster.heading", "en") in page
    assert "031-390 06 01" in page
    assert said("poster.hint.a5") in page


def test_a_poster_mixes_no_languages(sam: Colleague) -> None:
    languages = [tag for tag in read_catalogs(content_root() / "translations").languages if tag != "sv"]
    posters = [sam.get(f"{make(sam, language=tag)}/poster/a5").text for tag in languages]

    assert [text for poster in posters for text in foreign_texts(poster)] == []


@pytest.mark.parametrize("size", ["a3", "A4", "%00"])
def test_there_is_no_poster_of_another_size(sam: Colleague, size: str) -> None:
    assert sam.get(f"{make(sam)}/poster/{size}").status_code == 404


def test_a_withdrawn_poster_is_not_printed_again(sam: Colleague) -> None:
    made = make(sam)
    sam.post(f"{made}/withdraw", sure="yes")

    assert sam.get(f"{made}/poster/a4").status_code == 404
    assert "/r/" not in sam.get(made).text
