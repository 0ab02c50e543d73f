"""Filling in for somebody: the same form and the same score, marked as what it is, and nobody else can mark one so."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from intake import clock, create_app, drafts
from intake.config import Settings
from intake.origin import Assisted, Origin
from intake.sealing.vouching import vouch
from tests.public.person import ADULT, AUDIT, REACH, Given, Person
from tests.public.test_professional import ASKS, NAMED, YES
from tests.public.test_relative import TOLD
from tests.public.words import said
from tests.staff.colleague import Colleague
from tests.staff.people import Clinic

ALL = {**ADULT, "audit_offer": "now", **AUDIT, **REACH}
PHONE = {"channel": "phone", "door": "self", "language": "sv", "start": "questions"}

IN_ANNAS_UNIT: dict[str, Given] = {"about.town": "alingsas", "someone.town": "alingsas", "someone.age": "24"}


def begin(anna: Colleague, **fields: str) -> Person:
    """Begin a form for somebody, in the same browser."""
    anna.get("/staff/assist")
    answer = anna.post("/staff/assist", **(PHONE | fields))
    assert answer.status_code == 303
    return Person(anna.client).open(answer.location)


def case_page(anna: Colleague, *seen: str) -> str:
    """The only case whose page was not seen before, as text."""
    anna.get("/staff/")
    (address,) = {*re.findall(r'href="(/staff/case/[0-9a-f]+)"', anna.page)} - {*seen}
    return " ".join(re.sub(r"<[^>]+>", " ", anna.get(address).text).split())


def test_every_page_says_that_staff_fill_it_in(anna: Colleague) -> None:
    person = begin(anna.sign_in())
    while not person.address.endswith("/review"):
        assert said("assisted.banner.phone") in person.page.text
        asked = [name for name in person.seen.fields if name in ALL]
        person.press({name: ALL[name] for name in asked}, skip=not asked and "skip" in person.seen.buttons)

    assert said("assisted.banner.phone") in person.page.text
    assert said("assisted.code") in person.press().page.text


@pytest.mark.parametrize(("channel", "told"), [("phone", "telefon"), ("drop_in", "på plats"), ("paper", "från papper")])
def test_the_case_and_the_queue_say_who_filled_it_in(anna: Colleague, clinic: Clinic, channel: str, told: str) -> None:
    begin(anna.sign_in(), channel=channel).walk(ALL).press()

    assert f"ifylld av personal, {told} Anna" in case_page(anna)
    assert f"ifylld av personal, {told}" in anna.get("/staff/").text


def test_the_first_line_of_the_timeline_names_the_colleague(anna: Colleague) -> None:
    begin(anna.sign_in()).walk(ALL).press()
    case_page(anna)

    assert "ifylld av personal i telefon · Anna" in anna.section("timeline")


def test_the_score_is_the_one_the_person_would_have_had(anna: Colleague, clinic: Clinic) -> None:
    begin(anna.sign_in()).walk(ALL).press()
    helped = case_page(anna), anna.section("scores")
    (seen,) = re.findall(r'href="(/staff/case/[0-9a-f]+)"', anna.get("/staff/").text)
    Person(clinic.app.test_client()).begin().walk(ALL).press()
    alone = case_page(anna, seen), anna.section("scores")

    assert helped[1] == alone[1]
    assert "AUDIT av 40" in helped[1]
    assert "ifylld av personal" not in alone[0]


@pytest.mark.parametrize(("door", "answers"), [("relative", TOLD), ("professional", {**ASKS, **YES, **NAMED})])
def test_what_a_caller_tells_of_another_is_kept_apart_too(
    anna: Colleague, door: str, answers: dict[str, Given]
) -> None:
    begin(anna.sign_in(), door=door).walk({**answers, **IN_ANNAS_UNIT}).press()
    page = case_page(anna)

    assert "ifylld av personal, telefon Anna" in page
    assert said("third_party.heading") in page


def test_it_can_begin_at_how_to_reach_the_person_in_another_language(anna: Colleague) -> None:
    person = begin(anna.sign_in(), start="contact", language="en")

    assert "/en/" in person.address
    assert said("assisted.banner.phone", "en") in person.page.text
    assert "contact.ways" in person.press(skip=True).seen.fields


@pytest.mark.parametrize("wrong", [{"channel": "fax"}, {"door": "gone"}, {"language": "xx"}, {"start": ""}])
def test_what_was_not_chosen_is_asked_for(anna: Colleague, wrong: dict[str, str]) -> None:
    anna.sign_in().get("/staff/assist")

    assert anna.post("/staff/assist", **(PHONE | wrong)).status_code == 422
    assert said("links.choose") in anna.page


def test_cancelling_forgets_the_answers_and_keeps_the_sign_in(anna: Colleague) -> None:
    person = begin(anna.sign_in()).press({"concerns": ["alcohol"]})
    answer = person.client.post(f"{person.place}leave")

    assert answer.location == "/staff/assist"
    assert "Clear-Site-Data" not in answer.headers
    assert person.client.get(f"{person.place}2").location == "/sv/"
    assert anna.get("/staff/assist").status_code == 200


def test_a_draft_left_behind_is_gone_after_some_hours_and_what_is_on_the_page_stays(anna: Colleague) -> None:
    person = begin(anna.sign_in())
    with time_machine.travel(clock.now() + timedelta(hours=drafts.ASSISTED_HOURS, minutes=1)):
        person.press({"concerns": ["alcohol"]})

    assert person.page.status_code == 400
    assert person.seen.fields["concerns"] == ["alcohol"]
    assert said("assisted.expired") in person.page.text
    assert said("assisted.banner.phone") in person.page.text


def test_a_draft_left_at_the_review_leads_back_to_the_staff_side(anna: Colleague) -> None:
    person = begin(anna.sign_in()).walk(ALL)
    with time_machine.travel(clock.now() + timedelta(hours=drafts.ASSISTED_HOURS, minutes=1)):
        person.press()

    assert person.page.status_code == 400
    assert "/staff/assist" in person.seen.links


def test_nothing_that_is_posted_makes_a_draft_assisted(anna: Colleague, clinic: Clinic) -> None:
    person = Person(clinic.app.test_client())
    forged = {"start": "questions", "assisted": "phone", "origin": "phone", "channel": "phone", "by": "anna"}
    person._arrive(person.client.post("/sv/self", data=forged))  # noqa: SLF001  # what no button of the page posts
    person.walk(ALL).press({"assisted": "phone"})

    assert said("assisted.banner.phone") not in person.page.text
    assert "personal" not in case_page(anna.sign_in())


def test_a_visitor_reaches_no_page_to_begin_one(clinic: Clinic) -> None:
    outsider = clinic.outsider()

    assert outsider.client.get("/staff/assist").location == "/staff/sign-in"
    assert outsider.client.post("/staff/assist", data=PHONE).status_code == 303


@pytest.fixture
def public_only(home: Path) -> Iterator[Flask]:
    """A public process by itself."""
    (home / "keys" / "inbox.private").unlink()
    app = create_app(Settings.read({"INTAKE_HOME": str(home), "INTAKE_SERVE": "public", "INTAKE_HOSTS": "localhost"}))
    yield app
    app.extensions["intake"].database.close()


def test_a_public_process_has_no_page_to_begin_one(public_only: Flask) -> None:
    client = public_only.test_client()

    assert client.get("/staff/assist").status_code == 404
    assert client.post("/staff/assist", data=PHONE).status_code == 404


@pytest.mark.parametrize("key", [b"a key of our own", None])
def test_a_public_process_that_was_taken_over_cannot_name_a_colleague(
    anna: Colleague, clinic: Clinic, key: bytes | None
) -> None:
    by, sent_before = clinic.user("anna").id, "0" * 32
    private = clinic.parts.settings.private_key or b""
    proof = vouch(key, "draft", "phone", by) if key else vouch(private, sent_before, "phone", by)
    send_claiming(clinic, Assisted("phone", by, proof))

    shown = case_page(anna.sign_in())
    assert "Sägs vara ifylld av personal, men det går inte att bekräfta" in shown
    assert "ifylld av personal i telefon" not in anna.section("timeline")
    assert "ifylld av personal" not in anna.get("/staff/").text


def send_claiming(clinic: Clinic, assisted: Assisted) -> None:
    """Send what says that it was filled in by staff, as only a process of ours could write it."""
    person = Person(clinic.app.test_client()).begin().walk(ALL)
    with clinic.app.test_request_context(f"{person.place}review", headers={"Cookie": cookie_of(person)}):
        draft = drafts.load(person.draft)
        assert draft is not None
        drafts.save(replace(draft, origin=Origin(assisted=assisted)))
        answer = clinic.app.process_response(clinic.app.make_response(""))
    written = answer.headers["Set-Cookie"].partition(";")[0].partition("=")[2]
    person.client.set_cookie("draft", written, path=f"/f/{person.draft}/")
    person.open("review").press()


def cookie_of(person: Person) -> str:
    kept = person.client.get_cookie("draft", path=f"/f/{person.draft}/")
    assert kept is not None
    return f"draft={kept.value}"


def test_a_staff_process_by_itself_serves_the_whole_form_to_staff(anna: Colleague, clinic: Clinic, home: Path) -> None:
    url = clinic.parts.database.url.render_as_string(hide_password=False)
    environ = {"INTAKE_HOME": str(home), "INTAKE_SERVE": "staff", "INTAKE_HOSTS": "localhost", "DATABASE_URL": url}
    app = create_app(Settings.read(environ))
    lena = Colleague("anna", app.test_client()).sign_in()
    person = begin(lena).walk(ALL).press()
    code = person.code

    assert "ifylld av personal, telefon Anna" in case_page(lena)
    for page in ("/sv/help", "/sv/privacy", "/sv/accessibility", "/sv/code", "/sv/paper/self"):
        assert lena.client.get(page).status_code == 200
    assert lena.client.post("/sv/code", data={"code": code}, follow_redirects=True).status_code == 200
    app.extensions["intake"].database.close()
