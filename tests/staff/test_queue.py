"""The queue as reception sees it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from intake.records.box import Encrypted
from intake.records.models import Case
from tests.staff.colleague import Colleague
from tests.staff.people import KIM, Answers, Clinic

MORNING = datetime(2026, 11, 23, 7, 0, 5, tzinfo=UTC)
AUDIT: Answers = {"audit_offer": "now", **{f"audit.q{number}": "2" for number in range(1, 11)}}
URGENT = KIM | {"danger": "yes"}
YOUNG = KIM | {"about.age": "17"}


def cells(colleague: Colleague, case: Case) -> str:
    """The text of a case's line."""
    line = colleague.page.partition(case.reference)[2].partition("</tr>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", line).split())


def test_the_most_urgent_come_first_and_then_those_who_have_waited_longest(anna: Colleague, clinic: Clinic) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        wrote = []
        for answers in (KIM, KIM, URGENT):
            wrote.append(clinic.receive(answers))
            clock.shift(timedelta(hours=1))
        anna.sign_in().get("/staff/")

    first, second, urgent = (clinic.case(case).reference for case in wrote)
    assert anna.references() == [urgent, first, second]


def test_a_line_shows_what_is_needed_to_choose(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.case(clinic.receive(KIM | AUDIT | {"needs.interpreter": "ti"}, language="en"))
    anna.sign_in().get("/staff/")

    line = cells(anna, case)
    for words in (
        "mindre än en timme",
        "Inkommen",
        "Hjälp för mig själv",
        "Alingsås",
        "25–44",
        "Alkohol, Spel om pengar",
    ):
        assert words in line
    assert "AUDIT 20" in line
    assert "engelska" in line
    assert "tolk: tigrinja" in line


def test_an_unfinished_test_shows_its_limits_and_says_so(anna: Colleague, clinic: Clinic) -> None:
    unfinished: Answers = {fact: answer for fact, answer in AUDIT.items() if fact != "audit.q10"}
    case = clinic.case(clinic.receive(KIM | unfinished))
    anna.sign_in().get("/staff/")

    assert "AUDIT 18–22" in cells(anna, case)
    assert "Ofullständig" in cells(anna, case)


def test_a_band_that_depends_on_something_unknown_is_not_guessed(anna: Colleague, clinic: Clinic) -> None:
    answers = {fact: answer for fact, answer in KIM.items() if fact != "about.sex"}
    low: Answers = AUDIT | {f"audit.q{number}": "0" for number in range(4, 11)}
    case = clinic.case(clinic.receive(answers | low))
    anna.sign_in().get("/staff/")

    assert "AUDIT 6 Låg eller Risk Osäker nivå" in cells(anna, case)


def test_nobodys_name_or_number_is_in_the_queue(anna: Colleague, clinic: Clinic) -> None:
    clinic.receive(KIM | {"story": "CANARY"})
    anna.sign_in().get("/staff/")

    assert not any(word in anna.page for word in ("Kim", "0705", "70174", "CANARY"))


def test_a_colleague_sees_only_the_own_clinics_cases(anna: Colleague, bo: Colleague, clinic: Clinic) -> None:
    here = clinic.case(clinic.receive())
    there = clinic.case(clinic.receive(KIM | {"about.town": "lerum"}))
    anna.sign_in().get("/staff/")
    bo.sign_in().get("/staff/")

    assert (anna.references(), bo.references()) == ([here.reference], [there.reference])


def test_a_line_that_cannot_be_opened_says_so_and_hides_no_other(anna: Colleague, clinic: Clinic) -> None:
    broken, whole = (clinic.case(clinic.receive()) for _ in range(2))
    with clinic.records() as records, records.begin():
        records.execute(update(Case).where(Case.id == broken.id).values(summary=b"noise"))
    anna.sign_in().get("/staff/")

    assert "Kan inte visas" in cells(anna, broken)
    assert "Alkohol" in cells(anna, whole)


def test_codes_nobody_knows_any_more_are_shown_as_they_are(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.case(clinic.receive())
    summary = {"town": "gone", "interpreter": "zzz", "concerns": ["gone"], "age_group": "25_44", "scores": []}
    clinic.spoil(case.id, summary=clinic.box.close(Encrypted.SUMMARY, case.id, summary), door="gone")
    anna.sign_in().get("/staff/")

    assert "gone gone 25–44 gone – svenska · tolk: zzz" in cells(anna, case)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(minutes=59), "mindre än en timme"),
        (timedelta(minutes=61), "1 timme"),
        (timedelta(hours=47), "47 timmar"),
        (timedelta(hours=49), "2 dygn"),
    ],
)
def test_waiting_is_told_in_hours_and_then_in_days(
    anna: Colleague, clinic: Clinic, passed: timedelta, words: str
) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        case = clinic.case(clinic.receive())
        clock.shift(passed)
        anna.sign_in().get("/staff/")

    assert words in cells(anna, case)


def test_looking_at_the_queue_opens_what_has_come_in(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in()
    clinic.send()

    assert len(anna.references("/staff/")) == 1


def test_looking_at_its_head_opens_nothing(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in()
    clinic.send()
    anna.client.head("/staff/")

    with clinic.records() as records:
        assert records.scalars(select(Case)).all() == []


def test_a_title_names_nobody(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.case(clinic.receive())
    anna.sign_in().get(f"/staff/case/{case.id}")

    assert re.findall(r"<title>(.*?)</title>", anna.page) == [f"{case.reference} · Vägen in · mottagning"]


def test_the_queue_speaks_english_to_whoever_chose_it(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.case(clinic.receive())
    anna.sign_in().get("/staff/")
    answer = anna.post("/staff/language", language="en", here="/staff/?urgent=")
    anna.get("/staff/")

    assert answer.location == "/staff/?urgent="
    assert "Help for myself" in cells(anna, case)
    assert clinic.user("anna").language == "en"


def test_the_counts_say_how_many_stand_where_now(anna: Colleague, clinic: Clinic) -> None:
    first = clinic.receive()
    anna.sign_in().get(f"/staff/case/{first}")
    anna.move(first, "claim")
    clinic.receive()

    counted = anna.client.get("/staff/counts").get_json()
    assert {state: count for state, count in counted.items() if count != "0"} == {"received": "1", "claimed": "1"}
