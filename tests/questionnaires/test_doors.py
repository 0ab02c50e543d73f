"""Who is asked what behind each door: ages, and what a professional may tell of somebody."""

import pytest

from intake.config import content_root
from intake.questionnaires.crisis import load_social_services
from intake.questionnaires.journey import Journey, walk
from intake.questionnaires.loader import load
from intake.questionnaires.model import Answers

LIBRARY = load(content_root() / "questionnaires")
QUESTIONS = {"start": "questions"}
REFERS: Answers = {"referral.kind": "school", "someone.age": "17", "someone.danger": "no"}
NAMED: Answers = {"someone.name": "Milo", "someone.phone": "+46701740650", "someone.voicemail": "yes"}
YES: Answers = {"referral.informed": "yes", "referral.agrees": "yes"}
SCREENED: Answers = {"tests": ("alcohol", "drugs"), "send": "yes", "talk": "yes"}
WORRIED: Answers = {"relative.wants": ("worried",)}
MINIMUM = LIBRARY.instruments["audit"].minimum_age


def through(door: str, answers: Answers) -> Journey:
    """The walk of somebody who leaves no page behind unfinished that can be left."""
    pages = LIBRARY.doors[door].pages
    return walk(pages, answers, {page.name for page in pages}, QUESTIONS)


def names(journey: Journey) -> list[str]:
    return [page.name for page in journey.pages]


@pytest.mark.parametrize(("door", "said"), [("self", {}), ("screening", SCREENED), ("relative", WORRIED)])
@pytest.mark.parametrize("age", [0, 12])
def test_under_thirteen_the_form_ends_and_nothing_can_be_sent(door: str, said: Answers, age: int) -> None:
    journey = through(door, {**said, "about.age": str(age), "contact.ways": ("call",), "contact.phone": "1"})

    assert journey.pages[-1].name == "under_13.child"
    assert journey.next_page is journey.pages[-1]
    assert "contact.phone" not in journey.answers


@pytest.mark.parametrize(("door", "said"), [("self", {}), ("screening", SCREENED), ("relative", WORRIED)])
def test_from_thirteen_it_goes_on(door: str, said: Answers) -> None:
    journey = through(door, {**said, "about.age": "13", "contact.ways": ("call",), "contact.phone": "1"})

    assert "under_13.child" not in names(journey)
    assert journey.next_page is None


def test_a_professional_sends_nothing_about_a_child_under_thirteen() -> None:
    young = through("professional", {**REFERS, **YES, "someone.age": "12", "referrer.name": "Ulrika"})

    assert young.pages[-1].name == "professional.under_13"
    assert young.next_page is not None
    assert "referrer.name" not in young.answers


@pytest.mark.parametrize("door", ["self", "screening", "relative", "professional"])
@pytest.mark.parametrize("age", range(12, MINIMUM))
def test_no_instrument_for_adults_meets_anybody_under_sixteen(door: str, age: int) -> None:
    offers = dict.fromkeys(("audit_offer", "dudit_offer", "pgsi_offer", "phq4_offer"), "now")
    everything: Answers = {**SCREENED, **WORRIED, **REFERS, **offers, "concerns": ("alcohol", "narcotics", "gambling")}
    journey = through(door, {**everything, "about.age": str(age), "someone.age": str(age)})

    assert not {page.source for page in journey.pages} & set(LIBRARY.instruments)


@pytest.mark.parametrize(("age", "told"), [("15", False), ("16", True), ("17", True), ("18", False)])
def test_sixteen_and_seventeen_read_what_the_limits_are_before_any_test(age: str, *, told: bool) -> None:
    own = names(through("self", {"about.age": age, "concerns": ("alcohol",), "audit_offer": "now"}))
    tested = names(through("screening", {**SCREENED, "about.age": age}))

    assert ("youth.limits" in own, "youth.limits" in tested) == (told, told)
    if told:
        assert own.index("youth.limits") < own.index("self.audit_offer")
        assert tested.index("youth.limits") < tested.index("audit.q1")


@pytest.mark.parametrize(("age", "asked"), [("13", True), ("17", True), ("18", False), ("", False)])
@pytest.mark.parametrize(("door", "said"), [("self", {}), ("screening", SCREENED), ("relative", WORRIED)])
def test_only_the_young_choose_what_guardians_may_know(door: str, said: Answers, age: str, *, asked: bool) -> None:
    known = {"about.age": age} if age else {}

    assert ("youth.guardians" in names(through(door, {**said, **known}))) is asked


def test_a_relative_who_only_wants_support_is_not_asked_what_they_have_seen() -> None:
    journey = through("relative", {"relative.wants": ("own_support",), "someone.noticed": "x", "story": "y"})

    assert "someone.noticed" not in journey.answers
    assert journey.answers["story"] == "y"
    assert "danger.danger" in names(journey)


def test_a_relative_who_is_worried_is_asked_about_danger_once() -> None:
    asked = names(through("relative", {"relative.wants": ("worried", "own_support"), "someone.danger": "yes"}))

    assert "danger.danger" not in asked
    assert asked[asked.index("someone.danger") + 1] == "someone.crisis"


def test_no_door_asks_a_relative_for_anybodys_name() -> None:
    assert "someone.name" not in LIBRARY.doors["relative"].items


REACHED = ["contact", "safety", "consent"]


@pytest.mark.parametrize("door", ["self", "screening", "relative"])
@pytest.mark.parametrize(
    ("said", "after_age"),
    [
        ({}, REACHED),
        ({"about.age": "12"}, ["under_13"]),
        ({"about.age": "13"}, ["contact", "safety", "youth", "consent"]),
        ({"about.age": "17"}, ["contact", "safety", "youth", "consent"]),
        ({"about.age": "18"}, REACHED),
        ({"about.age": "40"}, REACHED),
    ],
)
def test_whoever_only_wants_to_be_called_may_say_an_age_and_nothing_else_of_themselves(
    door: str, said: Answers, after_age: list[str]
) -> None:
    pages = LIBRARY.doors[door].pages
    journey = walk(pages, {**said, "contact.ways": ("call",)}, ("about.age",), {"start": "contact"})

    assert [page.source for page in journey.pages] == ["about", *after_age]
    assert journey.pages[0].skippable
    assert ("contact.ways" in journey.answers) is ("contact" in after_age)


def test_a_result_cannot_be_told_without_an_age() -> None:
    pages = LIBRARY.doors["screening"].pages
    journey = walk(pages, {"tests": ("alcohol",)}, [page.name for page in pages], QUESTIONS)

    assert journey.next_page is not None
    assert journey.next_page.name == "about.age"


@pytest.mark.parametrize(
    "consent",
    [
        {},
        {"referral.informed": "yes"},
        {"referral.agrees": "yes"},
        {"referral.informed": "yes", "referral.agrees": "no"},
        {"referral.informed": "no", "referral.agrees": "yes"},
        {"referral.informed": "no", "referral.agrees": "no"},
    ],
)
def test_without_a_yes_to_both_nobody_is_named(consent: Answers) -> None:
    journey = through("professional", {**REFERS, **NAMED, **consent})

    assert "professional.no_name" in names(journey)
    assert not NAMED.keys() & {*journey.answers, *journey.facts}
    assert not NAMED.keys() & {item.fact for page in journey.pages for item in page.items}


def test_with_a_yes_to_both_the_person_may_be_named() -> None:
    journey = through("professional", {**REFERS, **NAMED, **YES})

    assert "professional.no_name" not in names(journey)
    assert NAMED.items() <= journey.answers.items()


@pytest.mark.parametrize(("age", "warned"), [("13", True), ("17", True), ("18", False), ("", True)])
def test_that_it_is_no_report_stands_before_the_questions_when_it_may_be_a_child(age: str, *, warned: bool) -> None:
    said = {fact: answer for fact, answer in {**REFERS, **YES, "someone.age": age}.items() if answer}
    asked = names(through("professional", said))

    assert ("professional.not_a_report" in asked) is warned
    if warned:
        assert asked.index("professional.not_a_report") < asked.index("referral.agreement")


def test_every_kind_of_work_reads_its_own_criteria_and_chooses_among_its_own_units() -> None:
    kinds = LIBRARY.doors["professional"].items["referral.kind"].codes
    seen = {kind: names(through("professional", {**REFERS, "referral.kind": kind}))[1] for kind in kinds}

    assert seen == {kind: f"referral.{kind}" for kind in kinds}


def test_another_kind_of_work_does_not_keep_the_unit_of_the_first() -> None:
    said = {**REFERS, "referral.unit": "school_lerum_upper"}

    assert "referral.unit" in through("professional", said).answers
    assert "referral.unit" not in through("professional", {**said, "referral.kind": "police"}).answers


@pytest.mark.parametrize(("age", "pages"), [("17", 9), ("30", 8)])
def test_a_nurse_is_through_in_ten_pages_with_the_review(age: str, pages: int) -> None:
    assert len(through("professional", {**REFERS, **NAMED, **YES, "someone.age": age}).pages) == pages


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_report_can_be_made_in_both_towns_and_at_night(language: str) -> None:
    told = load_social_services(content_root() / "questionnaires").in_language(language)

    assert [line["id"] for line in told] == ["alingsas", "lerum", "out_of_hours"]
    assert all(line["phone"] and line["hours"] for line in told)
