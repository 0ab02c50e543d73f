"""Writing to the clinic: stored once, sealed, never lost from the page, and never without bound."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from intake.records.database import Database
from tests.mailbox.kim import Kim
from tests.public.words import said
from tests.records.parallel import at_once
from tests.staff.people import Clinic

CANARY = "KANARIE-4711"
TOO_LONG = 2001


def test_a_message_is_stored_and_shown(kim: Kim) -> None:
    kim.write(CANARY)

    assert said("mailbox.told.message") in kim.page
    assert CANARY in kim.page
    assert [letter.sender for letter in kim.letters()] == ["person"]


def test_it_is_said_once_that_it_was_sent(kim: Kim) -> None:
    assert said("mailbox.told.message") not in kim.write(CANARY).go().page


def test_nothing_of_a_message_is_in_clear(kim: Kim) -> None:
    (letter,) = kim.write(CANARY).letters()

    stored = [str(getattr(letter, column.key)) for column in letter.__table__.columns]
    assert CANARY not in "".join(stored)
    assert (letter.written_hour.minute, letter.content) == (0, None)


def test_the_same_words_sent_twice_are_stored_once(kim: Kim) -> None:
    fields = {**kim.person.seen.fields, "text": CANARY}
    answers = [kim.client.post(kim.address, data=fields) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {303}
    assert len(kim.letters()) == 1


def test_two_sends_at_the_same_moment_store_one(kim: Kim, clinic: Clinic) -> None:
    fields = {**kim.person.seen.fields, "text": CANARY}
    cookie = kim.client.get_cookie("visit", path="/".join(kim.address.split("/")[:3]) + "/")
    assert cookie is not None

    def send(_: object) -> int:
        client = clinic.app.test_client()
        client.set_cookie("visit", cookie.value, path=cookie.path)
        return client.post(kim.address, data=fields).status_code

    assert at_once(clinic.parts.database, send, requests=4) == [303] * 4
    assert len(kim.letters()) == 1


def test_words_changed_after_going_back_are_a_letter_of_their_own(kim: Kim) -> None:
    fields = dict(kim.person.seen.fields)
    for text in ("Först", "Sedan"):
        kim.client.post(kim.address, data={**fields, "text": text})

    assert len(kim.letters()) == 2
    assert kim.go().page.index("Först") < kim.page.index("Sedan")


@pytest.mark.parametrize(
    "text", ["", "   ", "x" * TOO_LONG, "med \x00 noll", "\x1b[31m", "\ufffd", ["två", "svar"]], ids=repr
)
def test_a_bad_text_is_refused_and_stays_on_the_page(kim: Kim, text: str | list[str]) -> None:
    kim.press(text=text)

    assert kim.status == 422
    assert 'id="text-error"' in kim.page
    assert kim.letters() == []


def test_what_was_too_long_is_there_again_after_going_back(kim: Kim) -> None:
    kim.press(text=f"{CANARY} {'lång ' * 420}")

    assert kim.status == 422
    assert CANARY in kim.page
    assert CANARY in kim.go().page


def test_what_was_sent_is_not_offered_again(kim: Kim) -> None:
    kim.press(text=CANARY * 200).press(text=CANARY)

    assert kim.go().person.seen.fields["text"] in ([], [""])


def test_bytes_that_are_no_text_are_told(kim: Kim) -> None:
    token = kim.person.seen.fields["csrf_token"][0]
    kim.person.post_raw(f"csrf_token={token}&text=".encode() + b"%FF%FE")

    assert kim.status == 422


@pytest.mark.parametrize("token", ["", "x"])
def test_an_old_page_keeps_what_was_written_and_then_sends_it(kim: Kim, token: str) -> None:
    kim.press(text=CANARY, csrf_token=token)

    assert kim.status == 400
    assert said("mailbox.problem.token") in kim.page
    assert CANARY in kim.page
    assert kim.letters() == []
    assert len(kim.press().letters()) == 1


def test_when_the_time_is_over_the_code_is_asked_for_beside_what_was_written(clinic: Clinic) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 10, tzinfo=UTC), tick=False) as clock:
        kim = Kim.sent(clinic).open_mailbox()
        clock.shift(timedelta(minutes=25))
        kim.press(text=CANARY)
        locked = (kim.status, CANARY in kim.page, len(kim.letters()))
        kim.press(code="0000-0000-0000-0000")
        wrong = (kim.status, CANARY in kim.page, len(kim.letters()))
        kim.press(code=kim.code)

    assert (locked, wrong) == ((400, True, 0), (422, True, 0))
    assert CANARY in kim.page
    assert len(kim.letters()) == 1


def test_another_language_takes_along_what_is_being_written(kim: Kim) -> None:
    other = kim.address.replace("/sv/", "/en/")
    answer = kim.client.post(other, data={**kim.person.seen.fields, "text": CANARY, "switch": "en"})

    assert answer.location == other
    assert CANARY in kim.client.get(other).text
    assert kim.letters() == []


def test_twenty_unread_messages_are_enough_for_now(kim: Kim) -> None:
    for number in range(20):
        kim.write(f"nummer {number}")
    kim.write(CANARY)

    assert kim.status == 429
    assert said("mailbox.problem.full") in kim.page
    assert CANARY in kim.page
    assert "tel:0313900601" in kim.page
    assert len(kim.letters()) == 20


def test_what_protects_somebody_still_gets_in_where_no_message_does(kim: Kim) -> None:
    for number in range(20):
        kim.write(f"nummer {number}")
    kim.go("contact").press(contact__ways=["email"], contact__email="kim@example.org")

    assert said("mailbox.told.contact") in kim.page


def test_without_the_database_nothing_is_sent_and_nothing_lost(kim: Kim, whole_app: Flask) -> None:
    parts = whole_app.extensions["intake"]
    whole_app.extensions["intake"] = replace(parts, database=Database("sqlite:////nowhere/at/all.db"))
    kim.press(text=CANARY)
    whole_app.extensions["intake"] = parts

    assert kim.status == 503
    assert CANARY in kim.page
    assert "tel:0313900601" in kim.page
    assert len(kim.press().letters()) == 1


def test_a_code_that_cannot_be_looked_up_is_still_in_its_field(clinic: Clinic, whole_app: Flask) -> None:
    kim, parts = Kim.sent(clinic), whole_app.extensions["intake"]
    whole_app.extensions["intake"] = replace(parts, database=Database("sqlite:////nowhere/at/all.db"))
    kim.open_mailbox()
    whole_app.extensions["intake"] = parts

    assert kim.status == 503
    assert "tel:0313900601" in kim.page
    assert kim.press().status == 200


def test_a_large_body_is_refused(kim: Kim) -> None:
    assert kim.client.post(kim.address, data={"text": "x" * 70_000}).status_code == 413


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "{{7*7}}", "'\"><svg onload=x>"])
def test_what_somebody_wrote_is_only_ever_text(kim: Kim, evil: str) -> None:
    kim.write(evil)

    assert "<script>alert" not in kim.page
    assert "<svg onload" not in kim.page
    assert "49" not in kim.page.partition('class="letters"')[2].partition("</ol>")[0].replace(":49", "")
