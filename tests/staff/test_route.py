"""Why a case came here: each rule in plain words, in the language of whoever reads."""

from dataclasses import replace

import pytest

from intake.records.box import Encrypted
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, KIM, Answers, Clinic

ILL: Answers = KIM | {"health.conditions": ("mental",), "function.travel": "no"}


@pytest.fixture
def anna(anna: Colleague) -> Colleague:
    """Reception in Alingsås, signed in."""
    return anna.sign_in()


@pytest.fixture
def kim(clinic: Clinic) -> Colleague:
    """A clinician in Alingsås, signed in."""
    return clinic.employ("kim", "clinician", ALINGSAS).sign_in()


def told(colleague: Colleague, clinic: Clinic, answers: Answers = KIM) -> str:
    """What the section about the route says of a request."""
    colleague.get(f"/staff/case/{clinic.receive(answers)}")
    return colleague.section("route")


def kept(colleague: Colleague, clinic: Clinic, facts: dict[str, object] | None = None, **route: object) -> str:
    """What that section says of a suggestion that was kept like this."""
    case = clinic.receive()
    whole = {"answers": {"about.age": "34"}, "facts": facts or {}, "route": route}
    clinic.spoil(case, answers=clinic.box.close(Encrypted.ANSWERS, case, whole))
    colleague.get(f"/staff/case/{case}")
    return colleague.section("route")


def failing(text: str) -> list[dict[str, object]]:
    """A trace with one rule that failed."""
    return [{"kind": "route", "rule": "youth", "held": False, "failed": text}]


@pytest.mark.parametrize(
    ("failed", "line"),
    [
        ("about.age < 18", "Hur gammal är du? 34 – regeln gäller under 18"),
        ("about.age <= 18", "Hur gammal är du? 34 – regeln gäller högst 18"),
        ("about.age > 40", "Hur gammal är du? 34 – regeln gäller över 40"),
        ("about.age >= 65", "Hur gammal är du? 34 – regeln gäller minst 65"),
        ("about.age == 65", "Hur gammal är du? 34 – regeln gäller 65"),
        ("about.age != 34", "Hur gammal är du? 34 – regeln gäller allt utom 34"),
        ("not about.age < 65", "Hur gammal är du? 34 – regeln gäller minst 65"),
        ("about.town == 'lerum'", "I vilken kommun bor du? ”Alingsås” – regeln gäller ”Lerum”"),
        ("about.town in ('lerum', 'other')", "regeln gäller ”Lerum” eller ”Någon annanstans”"),
        ("about.town not in ('alingsas',)", "regeln gäller allt utom ”Alingsås”"),
        (
            "'doping' in concerns",
            "Vad vill du ha hjälp med? ”Alkohol”, ”Spel om pengar” – regeln gäller om svaret är ”Dopningsmedel”",
        ),
        ("'alcohol' not in concerns", "regeln gäller om svaret inte är ”Alkohol”"),
        ("danger == 'yes'", "i fara just nu? inte besvarad – regeln gäller ”Ja”"),
        ("family.children == 'yes'", "hemma hos dig? ”Vill inte svara” – regeln gäller ”Ja”"),
        ("audit.total >= 20", "Summa på AUDIT: 12 – regeln gäller minst 20"),
        ("audit.consumption >= 20", "Summa på AUDIT Konsumtion: inte besvarad – regeln gäller minst 20"),
        ("audit.q2 + audit.q3 == 0", "? 3 – regeln gäller 0"),
        ("audit.q2 + audit.q4 == 0", "? inte besvarad – regeln gäller 0"),
        ("audit.who_zones == 'zone_4'", "Summa på AUDIT: ”Zon II” – regeln gäller ”Zon IV”"),
        ("door == 'screening'", "Väg in: ”Hjälp för mig själv” – regeln gäller ”Testa mina vanor”"),
        ("'doping' in concerns or 'medicines' in concerns", "om svaret är ”Dopningsmedel” eller ”Läkemedel”"),
        ("audit.total > dudit.total", "Summa på AUDIT: 12 – regeln gäller över Summa på DUDIT"),
    ],
)
def test_what_a_rule_failed_on_is_told_in_words(kim: Colleague, clinic: Clinic, failed: str, line: str) -> None:
    facts: dict[str, object] = {
        "about.age": 34,
        "about.town": "alingsas",
        "concerns": ["gambling", "alcohol"],
        "audit.total": 12,
        "audit.who_zones": "zone_2",
        "audit.q2": 1,
        "audit.q3": 2,
        "door": "self",
    }
    case = clinic.receive()
    whole = {"answers": {"family.children": "undisclosed"}, "facts": facts, "route": {"trace": failing(failed)}}
    clinic.spoil(case, answers=clinic.box.close(Encrypted.ANSWERS, case, whole))
    kim.get(f"/staff/case/{case}")

    assert line in kim.section("route")


@pytest.mark.parametrize("failed", ["family.children == 'yes'", "about.age < 18 or audit.q2 + audit.q3 == 0"])
def test_reception_is_not_told_of_a_rule_that_asks_for_what_clinicians_read(
    anna: Colleague, clinic: Clinic, failed: str
) -> None:
    told = kept(anna, clinic, {"about.age": 34, "audit.q2": 1, "audit.q3": 2}, trace=failing(failed))

    assert "regeln gäller" not in told
    assert "Mini-Maria tar emot unga" not in told


def test_it_is_told_in_the_language_of_whoever_reads(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.receive()
    anna.get(f"/staff/case/{case}")
    anna.post("/staff/language", language="en")
    anna.get(f"/staff/case/{case}")

    assert "How old are you? 34 – the rule is for under 18" in anna.section("route")
    assert "Rules that held too, but came later" in anna.section("route")
    assert "Are you or anyone else in danger right now? not answered – the rule is for “Yes”" in anna.section("route")


def test_where_one_of_several_would_do_all_are_told(anna: Colleague, clinic: Clinic) -> None:
    said = kept(anna, clinic, {"about.age": 34}, trace=failing("about.age < 18 or about.town == 'other'"))

    assert "Inget av det här stämde: Hur gammal är du? 34 – regeln gäller under 18 I vilken" in said


def test_rules_behind_the_one_that_decided_are_told_to_have_held(anna: Colleague, clinic: Clinic) -> None:
    said = told(anna, clinic)

    assert "Regler som också gällde, men kom efter Ålder eller kommun är inte känd." in said


def test_what_else_to_think_of_is_told_with_whom_and_why(anna: Colleague, clinic: Clinic) -> None:
    said = told(anna, clinic, ILL)

    assert "Behöver kommunen och regionen samtidigt" in said
    assert "Erbjud en samordnad individuell plan (SIP)" in said
    assert "Öppenpsykiatriska mottagningen Alingsås 031-390 06 10 Västra Götalandsregionen · HSL" in said
    assert "Kan inte ta sig till en mottagning." in said


def test_who_needs_nothing_else_is_shown_no_advice(anna: Colleague, clinic: Clinic) -> None:
    assert "Tänk också på" not in told(anna, clinic, KIM | {"concerns": ("alcohol",)})


def test_a_further_unit_is_shown_with_its_address_and_what_it_can_take(anna: Colleague, clinic: Clinic) -> None:
    parts = clinic.parts
    bup = replace(parts.directory.units["bup"], email="bup@example.org", new_per_week=12)
    units = {**parts.directory.units, "bup": bup}
    clinic.app.extensions["intake"] = replace(parts, directory=replace(parts.directory, units=units))

    said = kept(anna, clinic, advice=["mental_youth"], joint=["bup", "gone"])

    assert "031-390 06 12 bup@example.org Västra Götalandsregionen · HSL · kan ta emot 12 nya i veckan" in said


def test_the_version_of_rules_and_engine_is_told(anna: Colleague, clinic: Clinic) -> None:
    assert f"Regler och motor: {clinic.parts.routes.digest} · 2" in told(anna, clinic)


def test_a_suggestion_of_the_earlier_form_is_told_all_the_same(anna: Colleague, clinic: Clinic) -> None:
    trace = [
        {"rule": "youth", "held": False, "failed": "about.age < 18"},
        {"rule": "adult_alingsas", "held": True, "failed": ""},
    ]
    said = kept(anna, clinic, {"about.age": 34}, rule="adult_alingsas", trace=trace, flags=[], digest="earlier")

    assert "Har fyllt 22 år och bor i Alingsås." in said
    assert "Reglerna har ändrats sedan dess" in said
    assert "Hur gammal är du? 34 – regeln gäller under 18" in said


@pytest.mark.parametrize("gone", ["gone.fact == 1", "about.age <", "x" * 600])
def test_a_condition_that_today_does_not_explain_is_shown_as_it_was(anna: Colleague, clinic: Clinic, gone: str) -> None:
    assert f"Föll på: {gone.replace('<', '&lt;')}" in kept(anna, clinic, trace=failing(gone))


def test_what_no_catalog_knows_is_no_suggestion(anna: Colleague, clinic: Clinic) -> None:
    said = kept(anna, clinic, suggest=["<b>magic</b>", "sip"], advice=["gone"], paused="gone")

    assert "magic" not in said
    assert "Erbjud en samordnad individuell plan (SIP)" in said
    assert "gone var pausad." in said


def test_reception_of_another_unit_is_shown_nothing(clinic: Clinic) -> None:
    bo = clinic.employ("bo", "reception", "mini-maria").sign_in()

    assert bo.get(f"/staff/case/{clinic.receive(ILL)}").status_code == 404
    assert ALINGSAS not in bo.page
