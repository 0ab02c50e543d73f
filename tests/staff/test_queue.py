"""The queue as reception sees it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from intake.records.models import Case
from tests.staff.people import ALINGSAS, KIM, LERUM, Answers, Clinic, Colleague

MORNING = datetime(2026, 11, 23, 7, 0, 5, tzinfo=UTC)
AUDIT: Answers = {"audit_offer": "now", **{f"audit.q{number}": "2" for number in range(1, 11)}}
URGENT = KIM | {"danger": "yes"}
YOUNG = KIM | {"about.age": "17"}


def references(colleague: Colleague) -> list[str]:
    return re.findall(r'<bdi dir="ltr">([0-9A-Z]{3}-[0-9A-Z]{3})</bdi></a>', colleague.page)


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
    assert references(anna) == [urgent, first, second]


def test_a_line_shows_what_is_needed_to_choose(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.case(clinic.receive(KIM | AUDIT | {"needs.interpreter": "ti"}, language="en"))
    anna.sign_in().get("/staff/")

    line = cells(anna, case)
    for words in (
        "Mindre än en timme",
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

    assert (references(anna), references(bo)) == ([here.reference], [there.reference])


def test_a_line_that_cannot_be_opened_says_so_and_hides_no_other(anna: Colleague, clinic: Clinic) -> None:
    broken, whole = (clinic.case(clinic.receive()) for _ in range(2))
    with clinic.records() as records, records.begin():
        records.execute(update(Case).where(Case.id == broken.id).values(summary=b"noise"))
    anna.sign_in().get("/staff/")

    assert "Kan inte visas" in cells(anna, broken)
    assert "Alkohol" in cells(anna, whole)


def test_looking_at_the_queue_opens_what_has_come_in(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in()
    clinic.send()

    assert len(references_after(anna, "/staff/")) == 1


def test_looking_at_its_head_opens_nothing(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in()
    clinic.send()
    anna.client.head("/staff/")

    with clinic.records() as records:
        assert records.scalars(select(Case)).all() == []


def test_fifty_stand_on_a_page_and_the_rest_on_the_next(anna: Colleague, clinic: Clinic) -> None:
    clinic.multiply(clinic.receive(), 52)
    anna.sign_in()

    first = references_after(anna, "/staff/")
    second = references_after(anna, follow(anna, "next"))
    assert (len(first), len(second)) == (50, 3)
    assert not set(first) & set(second)
    assert references_after(anna, follow(anna, "prev")) == first


def test_each_state_is_counted_and_can_be_looked_at_alone(anna: Colleague, clinic: Clinic) -> None:
    read = clinic.receive()
    clinic.receive()
    anna.sign_in().get(f"/staff/case/{read}")
    anna.get("/staff/")

    counts = re.findall(r'state=(\w+)"[^>]*>[^<]*<b>(\d+)</b>', anna.page)
    assert {state: int(count) for state, count in counts if count != "0"} == {"received": 1, "read": 1}
    assert references_after(anna, "/staff/?state=read") == [clinic.case(read).reference]


def test_closed_cases_are_shown_only_when_asked_for(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.receive()
    with clinic.records() as records, records.begin():
        records.execute(update(Case).values(state="closed"))
    anna.sign_in()

    assert references_after(anna, "/staff/") == []
    assert "Ingen väntar här just nu" in anna.page
    assert references_after(anna, "/staff/?state=closed") == [clinic.case(case).reference]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("door=self", 3),
        ("door=screening", 0),
        ("language=en", 1),
        ("urgent=1", 1),
        ("mine=1", 0),
        (f"unit={ALINGSAS}", 3),
        (f"unit={LERUM}", 3),
        ("state=nonsense&door=nonsense&language=nonsense&order=nonsense&urgent=2", 3),
    ],
)
def test_filters_narrow_the_queue_and_nonsense_is_ignored(
    anna: Colleague, clinic: Clinic, asked: str, found: int
) -> None:
    clinic.receive()
    clinic.receive(language="en")
    clinic.receive(URGENT)
    anna.sign_in()

    assert len(references_after(anna, f"/staff/?{asked}")) == found


@pytest.mark.parametrize("cursor", ["nonsense", "x" * 1000, "W10", "%00"])
def test_a_cursor_we_did_not_write_leads_nowhere(anna: Colleague, cursor: str) -> None:
    assert anna.sign_in().get(f"/staff/?cursor={cursor}").status_code == 404


@pytest.mark.parametrize("order", ["reference", "received", "state", "door", "language"])
def test_a_heading_sorts_and_the_second_time_turns_round(anna: Colleague, clinic: Clinic, order: str) -> None:
    for answers in (KIM, URGENT, KIM):
        clinic.receive(answers)
    anna.sign_in()

    rising = references_after(anna, f"/staff/?order={order}")
    assert 'aria-sort="ascending"' in anna.page
    assert f"order=-{order}" in anna.page
    assert references_after(anna, f"/staff/?order=-{order}") == rising[::-1]


def test_links_keep_what_else_was_asked_for(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in().get("/staff/?door=self&language=en&order=-received")

    assert "/staff/?state=read&amp;door=self&amp;language=en&amp;order=-received" in anna.page


def test_the_queue_speaks_english_to_whoever_chose_it(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.case(clinic.receive())
    anna.sign_in().get("/staff/")
    answer = anna.post("/staff/language", language="en", here="/staff/?urgent=")
    anna.get("/staff/")

    assert answer.location == "/staff/?urgent="
    assert "Help for myself" in cells(anna, case)
    assert clinic.user("anna").language == "en"


@pytest.mark.parametrize("here", ["https://evil.example/staff/", "//evil.example/staff/", "/staff/\\evil", "/sv/", ""])
def test_choosing_a_language_never_leads_away(anna: Colleague, here: str) -> None:
    anna.sign_in().get("/staff/")

    assert anna.post("/staff/language", language="en", here=here).location == "/staff/"


def test_a_language_that_does_not_exist_changes_nothing(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in().get("/staff/")
    anna.post("/staff/language", language="tlh", here="/staff/")

    assert clinic.user("anna").language == "sv"


def test_a_title_names_nobody(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.case(clinic.receive())
    anna.sign_in().get(f"/staff/case/{case.id}")

    assert re.findall(r"<title>(.*?)</title>", anna.page) == [f"{case.reference} · Vägen in · mottagning"]


def test_either_database_shows_the_queue(either_clinic: Clinic) -> None:
    either_clinic.receive()
    anna = either_clinic.employ("anna", "reception", ALINGSAS).sign_in()

    assert len(references_after(anna, "/staff/")) == 1


def references_after(colleague: Colleague, address: str) -> list[str]:
    assert colleague.get(address).status_code == 200
    return references(colleague)


def follow(colleague: Colleague, relation: str) -> str:
    found = re.search(rf'href="([^"]+)" rel="{relation}"', colleague.page)
    assert found
    return found[1].replace("&amp;", "&")
