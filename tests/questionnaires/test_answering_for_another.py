"""What a definition may say about somebody who is not there, and what the loader and the lint refuse."""

from pathlib import Path
from typing import Any

import pytest

from intake.errors import DefinitionError
from intake.questionnaires.lint import findings
from intake.questionnaires.loader import load
from intake.questionnaires.referrers import load_referrers
from tests.questionnaires.content import DOOR, DOOR_SV, changed, write

UNITS = {
    "owner": "reception",
    "checked": None,
    "units": {
        "north": {"name": "Norra", "kind": "school", "town": "a"},
        "south": {"name": "Södra", "kind": "school", "town": "a"},
        "care": {"name": "Vård", "kind": "care", "town": "a"},
    },
}
UNIT_PAGES: list[dict[str, Any]] = [
    {"id": "age", "items": [{"name": "age", "kind": "number", "min": 0, "max": 120}]},
    {
        "id": "school",
        "show_if": "age < 20",
        "items": [{"name": "unit", "kind": "choice", "options": "school", "shared": True}],
    },
    {
        "id": "care",
        "show_if": "age >= 20",
        "items": [{"name": "unit", "kind": "choice", "options": "care", "shared": True}],
    },
    {"use": "mini"},
]
SETS = {
    "school": {"from": "referrers", "kind": "school", "also": ["other"]},
    "care": {"from": "referrers", "kind": "care"},
}
UNIT_DOOR = {**DOOR, "options": SETS, "pages": UNIT_PAGES}
UNIT_SV = {
    **DOOR_SV,
    "options": {"school": {"other": "En annan"}},
    "items": {"age": {"text": "Hur gammal?"}, "unit": {"text": "Vilken enhet?"}},
}
UNIT_FILES: dict[str, Any] = {
    "referrers.yaml": UNITS,
    "doors/self/questionnaire.yaml": UNIT_DOOR,
    "doors/self/sv.yaml": UNIT_SV,
}
ABOUT: dict[str, Any] = {
    "id": "friend",
    "kind": "section",
    "version": "1",
    "about": "third_party",
    "pages": [{"id": "name", "items": [{"name": "name", "kind": "text"}]}],
}
ABOUT_FILES: dict[str, Any] = {
    "friend/questionnaire.yaml": ABOUT,
    "friend/sv.yaml": {"language": "sv", "title": "Vän", "items": {"name": {"text": "Namn?"}}},
    "doors/self/questionnaire.yaml": changed(DOOR, ["pages"], [*DOOR["pages"], {"use": "friend"}]),
}


def refused(root: Path, files: dict[str, Any]) -> str:
    with pytest.raises(DefinitionError) as refusal:
        load(write(root, files))
    return str(refusal.value)


def test_an_instrument_where_people_answer_for_another_is_refused(tmp_path: Path) -> None:
    door = {**DOOR, "answers": "for_another"}
    message = (
        "doors/self/questionnaire.yaml: pages[2]: whoever comes here answers for another, and nobody can answer mini"
    )

    assert message in refused(tmp_path, {"doors/self/questionnaire.yaml": door})


def test_the_lint_tells_of_it_too(tmp_path: Path) -> None:
    door = {**DOOR, "answers": "for_another"}
    lines = list(findings(write(tmp_path, {"doors/self/questionnaire.yaml": door})))

    assert any("nobody can answer mini for another" in line for line in lines), lines


def test_only_two_ways_of_answering_are_known(tmp_path: Path) -> None:
    door = {**DOOR, "answers": "for_everybody"}

    assert "answers: should be one of for_oneself" in refused(tmp_path, {"doors/self/questionnaire.yaml": door})


def test_a_section_about_somebody_else_marks_its_pages_and_facts(tmp_path: Path) -> None:
    door = load(write(tmp_path, ABOUT_FILES)).doors["self"]

    assert [page.name for page in door.pages if page.about == "third_party"] == ["friend.name"]
    assert door.about_third_party == {"friend.name"}


def test_a_section_is_about_somebody_we_know_of(tmp_path: Path) -> None:
    files = {**ABOUT_FILES, "friend/questionnaire.yaml": {**ABOUT, "about": "nobody"}}

    assert "friend/questionnaire.yaml: about: should be one of oneself" in refused(tmp_path, files)


@pytest.mark.parametrize(
    "path", [["friend/questionnaire.yaml", "pages", 0, "items", 0], ["doors/self/questionnaire.yaml", "pages", 3]]
)
def test_nobody_can_be_made_to_name_somebody_else(tmp_path: Path, path: list[str | int]) -> None:
    item = ABOUT["pages"][0]["items"][0] if path[1] == "pages" and len(path) == 5 else {"use": "friend"}
    files = changed(ABOUT_FILES, path, {**item, "required": True})

    assert "'friend.name' is about somebody else, who may stay unnamed" in refused(tmp_path, files)


def test_answers_come_from_the_list_and_need_no_words_of_their_own(tmp_path: Path) -> None:
    school = load(write(tmp_path, UNIT_FILES)).doors["self"].pages[1]

    assert school.items[0].codes == ("north", "south", "other")
    assert [school.words["sv"].option(school.items[0], code) for code in school.items[0].codes] == [
        "Norra",
        "Södra",
        "En annan",
    ]


def test_a_shared_fact_knows_the_answers_of_all_its_pages(tmp_path: Path) -> None:
    unit = load(write(tmp_path, UNIT_FILES)).doors["self"].items["unit"]

    assert set(unit.codes) == {"north", "south", "other", "care"}
    assert list(findings(tmp_path)) == []


def test_a_later_condition_may_ask_about_any_answer_of_a_shared_fact(tmp_path: Path) -> None:
    pages = [*UNIT_PAGES[:3], {"use": "mini", "show_if": 'unit == "north" or unit == "care"'}]
    files = changed(UNIT_FILES, ["doors/self/questionnaire.yaml", "pages"], pages)

    assert list(findings(write(tmp_path, files))) == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"from": "schools", "kind": "school"}, "options.school.from: should be one of referrers, not 'schools'"),
        ({"from": "referrers", "kind": "police"}, "options.school.kind: no unit in referrers.yaml is of the kind"),
        ({"from": "referrers"}, "options.school: lacks 'kind'"),
        ({"from": "referrers", "kind": "school", "also": ["north"]}, "options.school: has the same code twice"),
        ({"from": "referrers", "kind": "school", "town": "a"}, "options.school.town: is not a key that is known here"),
    ],
)
def test_a_wrong_reference_to_the_list_is_refused(tmp_path: Path, options: dict[str, Any], message: str) -> None:
    files = changed(UNIT_FILES, ["doors/self/questionnaire.yaml", "options", "school"], options)

    assert refused(tmp_path, files).startswith(f"doors/self/questionnaire.yaml: {message}")


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    files = {name: value for name, value in UNIT_FILES.items() if name != "referrers.yaml"}

    assert refused(tmp_path, files) == "referrers.yaml: the file is missing"


def test_two_units_of_a_kind_have_two_names(tmp_path: Path) -> None:
    files = changed(UNIT_FILES, ["referrers.yaml", "units", "south", "name"], "Norra")

    assert "referrers.yaml: units.south.name: another unit of this kind" in refused(tmp_path, files)
    assert [line for line in list(findings(tmp_path)) if line.startswith("referrers.yaml: units.south")] != []


def test_a_unit_that_no_door_offers_is_found(tmp_path: Path) -> None:
    files = changed(UNIT_FILES, ["referrers.yaml", "units", "south", "kind"], "scool")

    assert list(findings(write(tmp_path, files))) == ["referrers.yaml: units.south: no door offers it"]


def test_the_list_is_read_with_kind_and_town(tmp_path: Path) -> None:
    units = load_referrers(write(tmp_path, UNIT_FILES))

    assert [(unit.id, unit.kind, unit.town) for unit in units.values()][:1] == [("north", "school", "a")]


def test_a_list_changed_since_changes_the_digest_of_the_words(tmp_path: Path) -> None:
    before = load(write(tmp_path, UNIT_FILES)).doors["self"].words["sv"].digest
    files = changed(UNIT_FILES, ["referrers.yaml", "units", "south", "name"], "Sydöstra")

    assert load(write(tmp_path, files)).doors["self"].words["sv"].digest != before


def test_a_fact_asked_twice_must_be_shared_on_both_pages(tmp_path: Path) -> None:
    item = {key: value for key, value in UNIT_PAGES[1]["items"][0].items() if key != "shared"}
    files = changed(UNIT_FILES, ["doors/self/questionnaire.yaml", "pages", 1, "items", 0], item)

    assert "pages[2].items[0]: 'unit' is asked twice" in refused(tmp_path, files)


def test_two_pages_that_share_a_fact_and_can_meet_are_found(tmp_path: Path) -> None:
    files = changed(UNIT_FILES, ["doors/self/questionnaire.yaml", "pages", 2, "show_if"], "age >= 19")

    assert list(findings(write(tmp_path, files))) == [
        "doors/self/questionnaire.yaml: 'self.school' and 'self.care' both ask 'unit' and can be shown to one person"
    ]


END = {"id": "end", "presents": "text", "ends": True}


def test_a_page_that_ends_the_form_asks_nothing(tmp_path: Path) -> None:
    door = changed(DOOR, ["pages", 0, "ends"], new=True)

    assert "pages[0]: ends the form, so it cannot ask" in refused(tmp_path, {"doors/self/questionnaire.yaml": door})


def test_a_page_behind_an_end_that_always_comes_is_found(tmp_path: Path) -> None:
    words = {**DOOR_SV, "pages": {"end": {"heading": "Slut"}}}
    door = {**DOOR, "pages": [DOOR["pages"][0], END, *DOOR["pages"][1:]]}
    lines = list(findings(write(tmp_path, {"doors/self/questionnaire.yaml": door, "doors/self/sv.yaml": words})))

    assert "doors/self/questionnaire.yaml: page 'self.offer' can never be shown" in lines
