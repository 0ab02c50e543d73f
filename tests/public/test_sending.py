"""Sending: once, sealed, with a receipt, or not at all."""

import json
import re
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from intake import drafts
from tests.public.person import ADULT, AUDIT, REACH, Person
from tests.public.sealed import Rows, opened
from tests.public.words import as_read

ALL = {**ADULT, "audit_offer": "now", **AUDIT, **REACH, "story": "KANARIE-4711"}


@pytest.fixture
def at_review(person: Person) -> Person:
    person.begin().walk(ALL)
    return person


def test_the_review_says_what_goes_to_whom(at_review: Person) -> None:
    assert "Skicka till Socialmedicinska mottagningen Alingsås" in as_read(at_review.page.text)
    assert "KANARIE-4711" in at_review.page.text
    assert "+46701740605" in at_review.page.text


def test_the_review_says_who_answers_for_the_clinic(at_review: Person) -> None:
    assert "Alingsås kommun ansvarar för mottagningen" in as_read(at_review.page.text)


def test_each_change_link_says_what_it_changes(at_review: Person) -> None:
    assert 'Ändra<span class="vh">: Hur gammal är du?</span>' in at_review.page.text


def test_sending_stores_one_sealed_row_and_shows_a_code(at_review: Person, rows: Rows) -> None:
    at_review.press()

    assert at_review.address.endswith("/sv/done")
    assert at_review.code
    assert len(rows.of(at_review.draft)) == 1


def test_what_is_stored_in_clear_says_little(at_review: Person, rows: Rows) -> None:
    row = rows.of(at_review.press().draft)[0]
    clear = {
        name: value for name, value in row.items() if name not in ("id", "draft_id", "lookup", "sealed", "definition")
    }
    hour = str(clear.pop("received_hour"))

    assert re.search(r":00:00", hour)
    assert clear == {
        "unit": "socialmedicin-alingsas",
        "principal": "alingsas",
        "priority": 2,
        "language": "sv",
        "door": "self",
        "opened_at": None,
        "failed": None,
    }


def test_only_the_private_key_opens_what_was_sent(at_review: Person, rows: Rows, pristine: Path) -> None:
    content = opened(rows.of(at_review.press().draft)[0], pristine)

    assert content["v"] == 1
    assert content["language"] == "sv"
    assert content["demonstration"] is False
    assert content["answers"]["story"] == "KANARIE-4711"
    assert content["facts"]["audit.total"] == 20
    assert content["route"]["unit"] == "socialmedicin-alingsas"


def test_answers_of_a_hidden_branch_are_not_sent(at_review: Person, rows: Rows, pristine: Path) -> None:
    at_review.open("1").press({"concerns": ["gambling"]}).walk(ALL).press()
    content = opened(rows.of(at_review.draft)[0], pristine)

    assert content["scores"] == []
    assert "audit" not in json.dumps(content["answers"]) + json.dumps(content["facts"])


def test_the_database_holds_neither_the_words_nor_the_code(at_review: Person, public_home: Path) -> None:
    code = at_review.press().code
    stored = b"".join(path.read_bytes() for path in public_home.glob("intake.db*"))

    assert b"KANARIE" not in stored
    assert code.encode() not in stored
    assert code.replace("-", "").encode() not in stored


def test_the_public_process_holds_no_key_that_opens_it(public_app: Flask, public_home: Path) -> None:
    assert public_app.extensions["intake"].settings.private_key is None
    assert list((public_home / "keys").glob("*.private")) == []


def test_the_receipt_survives_a_reload_and_another_language(at_review: Person) -> None:
    code = at_review.press().code

    assert at_review.open("done").code == code
    assert at_review.open(at_review.address.replace("/sv/", "/en/")).code == code


def test_the_receipt_holds_nothing_about_the_person(at_review: Person) -> None:
    html = at_review.press().page.text

    assert [word for word in ("KANARIE", "070-174", "+4670", "AUDIT", "Kim") if word in html] == []


def test_what_is_sent_tells_the_exact_words_that_were_read(at_review: Person, rows: Rows, pristine: Path) -> None:
    at_review.press()
    told = opened(rows.of(at_review.draft)[0], pristine)["wordings"]
    library = at_review.client.application.extensions["intake"].library

    assert told == library.doors["self"].wordings("sv", {})
    assert told != library.doors["self"].wordings("en", {})


def test_a_sent_draft_keeps_no_answers_in_the_browser(at_review: Person) -> None:
    kept = at_review.press().client.get_cookie("draft", path=f"/f/{at_review.draft}/")
    assert kept is not None
    with at_review.client.application.test_request_context(
        at_review.address, headers={"Cookie": f"draft={kept.value}"}
    ):
        draft = drafts.load(at_review.draft)

    assert draft is not None
    assert draft.sent
    assert (draft.answers, draft.done) == ({}, frozenset())


def test_the_receipt_names_the_day_by_which_somebody_gets_in_touch(person: Person) -> None:
    with time_machine.travel("2026-12-23T09:00:00Z", tick=False):
        promised = person.begin(start="contact").walk(REACH).press().page.text
    with time_machine.travel("2026-12-24T08:00:00Z", tick=False):
        reloaded = person.open("done").page.text

    assert "tisdag 29 december" in promised
    assert "tisdag 29 december" in reloaded


@pytest.mark.parametrize("page", ["1", "review"])
def test_every_page_of_a_sent_draft_leads_to_the_receipt(at_review: Person, page: str) -> None:
    assert at_review.press().open(page).address.endswith("/done")


def test_sending_again_gives_the_same_receipt_and_no_second_row(at_review: Person, rows: Rows) -> None:
    name, path = "draft", f"/f/{at_review.draft}/"
    before = at_review.client.get_cookie(name, path=path)
    values, address = at_review.seen.fields, at_review.address
    code = at_review.press().code
    assert before is not None
    at_review.client.set_cookie(name, before.value, path=path)
    at_review.client.post(address, data=values)

    assert at_review.open("done").code == code
    assert len(rows.of(at_review.draft)) == 1


def test_a_wrong_token_sends_nothing_and_shows_the_review_again(at_review: Person, rows: Rows) -> None:
    at_review.press({"csrf_token": "x"})

    assert at_review.page.status_code == 400
    assert "KANARIE-4711" in at_review.page.text
    assert rows.of(at_review.draft) == []
    assert at_review.press().address.endswith("/done")


def test_sending_what_is_gone_says_that_nothing_was_sent(at_review: Person, rows: Rows) -> None:
    at_review.client.delete_cookie("draft", path=f"/f/{at_review.draft}/")
    at_review.press()

    assert at_review.page.status_code == 400
    assert "Inget har skickats till oss" in at_review.page.text
    assert rows.of(at_review.draft) == []
