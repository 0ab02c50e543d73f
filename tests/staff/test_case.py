"""One case: what is shown of it, and that one bad part hides no other."""

import re

import pytest

from intake.records.box import Encrypted
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, KIM, Answers, Clinic

AUDIT: Answers = {"audit_offer": "now", **{f"audit.q{number}": "2" for number in range(1, 11)}}


def text(colleague: Colleague) -> str:
    """What the page says."""
    return " ".join(re.sub(r"<[^>]+>", " ", colleague.page).split())


def kinds(clinic: Clinic, case: str) -> list[str]:
    return [entry.kind for entry in clinic.timeline(case)]


@pytest.fixture
def case(clinic: Clinic) -> str:
    return clinic.receive(KIM | AUDIT | {"story": "Jag är trött.\nHjälp mig.", "consent.share": ("psychiatry",)})


def test_the_first_look_is_written_on_the_timeline_and_the_second_is_not(
    anna: Colleague, clinic: Clinic, case: str
) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    anna.get(f"/staff/case/{case}")

    assert kinds(clinic, case) == ["received", "open"]
    assert clinic.case(case).state == "read"


@pytest.mark.parametrize(
    ("written", "asked_for", "shown"),
    [
        ("ar", "", "Tolk Inte sagt, men skrev på arabiska: fråga"),
        ("ar", "so", "Tolk somaliska"),
        ("ar", "none", "Tolk Nej, det behövs inte"),
        ("en", "ti", "Tolk tigrinja"),
    ],
)
def test_the_need_of_an_interpreter_comes_from_the_language_unless_something_else_was_said(
    anna: Colleague, clinic: Clinic, written: str, asked_for: str, shown: str
) -> None:
    case = clinic.receive(KIM | ({"needs.interpreter": asked_for} if asked_for else {}), language="en")
    clinic.spoil(case, language=written)
    anna.sign_in().get(f"/staff/case/{case}")

    assert shown in anna.section("contact")


@pytest.mark.parametrize("written", ["sv", "en", "sv-x-lattlast"])
def test_nothing_is_said_of_an_interpreter_where_the_clinic_speaks_the_language(
    anna: Colleague, clinic: Clinic, case: str, written: str
) -> None:
    clinic.spoil(case, language=written)
    anna.sign_in().get(f"/staff/case/{case}")

    assert "Tolk" not in anna.section("contact")


def test_own_words_say_in_which_language_the_form_was(anna: Colleague, clinic: Clinic, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    assert "formuläret var på" not in anna.page

    clinic.spoil(case, language="ar")
    anna.get(f"/staff/case/{case}")
    assert "Hjälp mig. (formuläret var på arabiska)" in text(anna)
    assert 'lang="ar" class="words"' in anna.page


def test_a_look_at_its_head_is_no_look(anna: Colleague, clinic: Clinic, case: str) -> None:
    anna.sign_in().client.head(f"/staff/case/{case}")

    assert clinic.case(case).state == "received"


def test_how_to_reach_somebody_stands_before_all_they_said(anna: Colleague, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")

    assert "Kim Vill bli nådd så här Ring mig Telefon 070-174 06 05" in anna.section("contact")
    assert anna.page.index("contact-heading") < anna.page.index("scores-heading") < anna.page.index("story-heading")


@pytest.mark.parametrize(
    ("number", "shown"),
    [("+46701740605", "070-174 06 05"), ("+358401234567", "+358 40 1234567"), ("not a number", "not a number")],
)
def test_a_number_is_written_as_it_is_dialled(
    anna: Colleague, clinic: Clinic, case: str, number: str, shown: str
) -> None:
    clinic.spoil(case, contact=clinic.box.close(Encrypted.CONTACT, case, {"contact.phone": number}))
    anna.sign_in().get(f"/staff/case/{case}")

    assert f'<bdi dir="ltr">{shown}</bdi>' in anna.page


@pytest.mark.parametrize(
    ("said", "voicemail", "who"),
    [
        ({}, True, True),
        ({"safety.voicemail": "no", "safety.say_who": "no"}, True, True),
        ({"safety.voicemail": "yes", "safety.say_who": "no"}, False, True),
        ({"safety.voicemail": "yes", "safety.say_who": "yes"}, False, False),
    ],
)
def test_what_was_not_allowed_is_warned_of(
    anna: Colleague, clinic: Clinic, said: Answers, voicemail: bool, who: bool
) -> None:
    anna.sign_in().get(f"/staff/case/{clinic.receive(KIM | said)}")

    assert ("Lämna inget meddelande" in anna.page) == voicemail
    assert ("Säg inte varifrån du ringer" in anna.page) == who


def test_a_score_stands_with_its_parts_its_sources_and_its_wording(anna: Colleague, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")
    shown = text(anna)

    assert "Ett test avgör inget" in anna.section("scores")
    assert "20 AUDIT av 40 Konsumtion 6 av 12 · Beroende 6 av 12 · Skador 8 av 16" in shown
    assert "Zon IV Källa: WHO 2001" in shown
    assert "Ordalydelse (svenska): officiell version" in shown


def test_everything_said_is_shown_in_the_order_it_was_asked(clinic: Clinic, case: str) -> None:
    kim = clinic.employ("kim", "clinician", ALINGSAS).sign_in()
    kim.get(f"/staff/case/{case}")
    story = kim.section("story")
    asked = ("Vad vill du ha hjälp med?", "Hur gammal är du?", "Hur ofta dricker du alkohol?", "Jag är trött.", "070")

    places = [story.index(words) for words in asked]
    assert places == sorted(places)


def test_own_words_are_marked_as_theirs_whatever_their_direction(anna: Colleague, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")

    assert '<bdi dir="auto" lang="sv" class="words">Jag är trött.\nHjälp mig.</bdi>' in anna.page


def test_questions_stand_in_swedish_and_in_the_language_that_was_read(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in().get(f"/staff/case/{clinic.receive(language='en')}")

    assert "Vad vill du ha hjälp med?" in anna.page
    assert '<span class="original" lang="en" dir="auto">What would you like help with?</span>' in anna.page
    assert "Alkohol · Spel om pengar" in text(anna)
    assert '<span class="original" lang="en" dir="auto">Alcohol · Gambling for money</span>' in anna.page


def test_a_person_who_read_swedish_is_not_shown_twice(anna: Colleague, case: str) -> None:
    anna.sign_in().get(f"/staff/case/{case}")

    assert 'class="original"' not in anna.page


def test_why_it_came_here_and_who_may_read_is_told(anna: Colleague, clinic: Clinic) -> None:
    shared = clinic.receive(KIM | {"consent.share": ("region",)})
    anna.sign_in().get(f"/staff/case/{shared}")

    assert "Har fyllt 22 år och bor i Alingsås." in anna.section("route")
    assert "Socialmedicinska mottagningen Alingsås (Västra Götalandsregionen) : för vård" in anna.section("grounds")


def test_a_flag_stands_on_top(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in().get(f"/staff/case/{clinic.receive(KIM | {'danger': 'yes'})}")

    assert "någon är i fara just nu" in anna.section("flags")
    assert anna.page.index("flags-heading") < anna.page.index("contact-heading")


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "{{7*7}}", "%(x)s", "'\"><svg onload=x>"])
def test_what_somebody_wrote_is_only_ever_text(anna: Colleague, clinic: Clinic, evil: str) -> None:
    anna.sign_in().get(f"/staff/case/{clinic.receive(KIM | {'story': evil, 'contact.name': evil})}")

    assert "<script>alert" not in anna.page
    assert "<svg onload" not in anna.page
    assert anna.section("story").count("49") == 0


@pytest.mark.parametrize("column", ["answers", "contact"])
def test_a_part_that_cannot_be_opened_hides_no_other(anna: Colleague, clinic: Clinic, case: str, column: str) -> None:
    clinic.spoil(case, **{column: b"noise"})

    assert anna.sign_in().get(f"/staff/case/{case}").status_code == 200
    assert "Kan inte visas" in anna.page
    assert ("070-174 06 05" in anna.page) or ("Jag är trött." in anna.page)


@pytest.mark.parametrize(
    "poison",
    [
        {},
        [],
        "text",
        None,
        {"answers": None, "facts": [], "scores": {}, "route": "x", "definitions": 1},
        {"answers": {"about.age": "34", "story": "x" * 200_000}},
        {
            "answers": {"concerns": ["unknown", "alcohol", 7]},
            "scores": [None, {"instrument": 3}, {"instrument": "audit"}],
        },
        {"answers": {"gone.fact": "CANARY"}, "route": {"trace": [1, {"rule": 2}], "flags": [3, "gone"]}},
        {"scores": [{"instrument": "gone", "total": "x", "bands": {"gone": ["a"]}, "subscores": {"x": 1}}]},
        {"scores": [{"instrument": "audit", "status": "gone", "bands": {"gone": ["a"], "who_zones": "x"}}]},
        {"answers": {"about.age": "34", "audit.q1": "99"}, "facts": {"about.age": {"deep": 1}}},
    ],
)
def test_a_poisoned_case_is_shown_as_far_as_it_goes(anna: Colleague, clinic: Clinic, case: str, poison: object) -> None:
    clinic.spoil(case, answers=clinic.box.close(Encrypted.ANSWERS, case, poison))

    assert anna.sign_in().get(f"/staff/case/{case}").status_code == 200
    assert "070-174 06 05" in anna.page


def test_answers_todays_questions_do_not_explain_are_shown_as_sent(clinic: Clinic, case: str) -> None:
    kim = clinic.employ("kim", "clinician", ALINGSAS)
    answers = {"answers": {"about.age": "34", "old.question": "CANARY"}, "definitions": {"about": "older"}}
    clinic.spoil(case, answers=clinic.box.close(Encrypted.ANSWERS, case, answers))
    kim.sign_in().get(f"/staff/case/{case}")

    assert "old.question CANARY" in kim.section("story")
    assert "Frågorna har ändrats sedan svaret gavs" in kim.section("story")


def test_a_case_through_a_door_that_is_gone_is_shown_all_the_same(anna: Colleague, clinic: Clinic, case: str) -> None:
    clinic.spoil(case, door="gone")
    anna.sign_in().get(f"/staff/case/{case}")

    assert "Jag är trött." in anna.section("story")


@pytest.mark.parametrize("odd", ["%00", "x%00y", "..%2f", "%ff", "a" * 5000, "'"])
def test_an_odd_address_leads_nowhere(either_clinic: Clinic, odd: str) -> None:
    anna = either_clinic.employ("anna", "reception", ALINGSAS).sign_in()

    assert anna.get(f"/staff/case/{odd}").status_code == 404


def test_a_language_nobody_knows_does_not_hide_the_case(anna: Colleague, clinic: Clinic, case: str) -> None:
    clinic.spoil(case, language="xx-nonsense")

    assert anna.sign_in().get(f"/staff/case/{case}").status_code == 200
