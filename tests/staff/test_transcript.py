"""What was said, under the questions it was said to: when those have changed since, the passage says so."""

from dataclasses import replace

import pytest

from intake.config import content_root
from intake.questionnaires.loader import load
from intake.staff.purpose import reads
from intake.staff.transcript import Section, Submitted, sections_about, transcript
from intake.triage import Role

LIBRARY = load(content_root() / "questionnaires")
DOOR = LIBRARY.doors["self"]
SAID = Submitted(
    door="self",
    language="en",
    answers={"danger": "no", "story": "I want to drink less."},
    facts={"start": "questions", "danger": "no", "story": "I want to drink less."},
    definitions=DOOR.definitions,
    wordings=DOOR.wordings("en", {}),
)


def changed(said: Submitted) -> list[str]:
    """The headings of the sections whose questions are no longer the ones that were answered."""
    return [section.heading for section in transcript(LIBRARY, said, reads(LIBRARY, Role.CLINICIAN)) if section.changed]


def test_what_was_asked_as_it_is_asked_today_is_not_marked() -> None:
    assert changed(SAID) == []


OTHER = "0123456789abcdef"


@pytest.mark.parametrize(
    "earlier",
    [
        replace(SAID, definitions={**SAID.definitions, "danger": OTHER}),
        replace(SAID, wordings={**SAID.wordings, "danger": OTHER}),
    ],
    ids=["asked otherwise", "in other words"],
)
def test_a_question_that_was_changed_or_reworded_since_is_marked(earlier: Submitted) -> None:
    assert changed(earlier) == [_title("danger")]


def test_a_language_that_is_gone_is_marked() -> None:
    assert _title("story") in changed(replace(SAID, language="tlh"))


def test_a_request_that_tells_nothing_of_its_words_is_not_marked() -> None:
    assert changed(replace(SAID, wordings={})) == []


def _title(source: str) -> str:
    return next(page.words["sv"].title for page in DOOR.pages if page.source == source)


def test_what_stood_apart_only_because_of_others_between_is_one_section() -> None:
    about_one, about_another = (
        Section("A", "", changed=False, passages=()),
        Section("B", "", changed=False, passages=()),
    )
    between = replace(about_another, about="third_party")
    sections = [about_one, between, about_one, replace(about_one, changed=True), between]

    assert sections_about("oneself", sections) == (about_one, replace(about_one, changed=True))
    assert sections_about("third_party", sections) == (between,)
