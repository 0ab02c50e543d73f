"""What the loader refuses beyond the common faults, and the small questions a definition answers about itself."""

from pathlib import Path
from typing import Any

import pytest

from intake.errors import DefinitionError
from intake.questionnaires.cases import cases, differences
from intake.questionnaires.crisis import load_crisis
from intake.questionnaires.lint import findings
from intake.questionnaires.loader import load
from tests.questionnaires.content import DIRECTORY_SV, DOOR, DOOR_SV, STRUCTURE, SV, changed, write

FAULTS = [
    (["kind"], "poem", "kind: should be one of instrument, section"),
    (["pages"], "q1", "pages: should be a list, not 'q1'"),
    (["options", "often"], ["0", "0"], "options.often: has the same code twice"),
    (["pages", 0], {"id": "q1"}, "pages[0]: has neither items nor anything it presents"),
    (["pages", 0, "items", 0], {"name": "q1", "kind": "number"}, "a number needs min and max"),
    (["pages", 0, "items", 0], {"name": "q1", "kind": "choice"}, "pages[0].items[0]: a choice needs options"),
    (["pages", 0, "items", 0], {"name": "q1", "kind": "text", "options": "often"}, "a text has no options"),
]


@pytest.mark.parametrize(("path", "new", "message"), FAULTS)
def test_a_structure_that_makes_no_sense_is_refused(
    tmp_path: Path, path: list[str | int], new: object, message: str
) -> None:
    with pytest.raises(DefinitionError) as refusal:
        load(write(tmp_path, {"mini/questionnaire.yaml": changed(STRUCTURE, path, new)}))

    assert message in str(refusal.value)


def test_a_folder_that_does_not_say_its_kind_is_refused(tmp_path: Path) -> None:
    structure = {key: value for key, value in STRUCTURE.items() if key != "kind"}

    with pytest.raises(DefinitionError, match=r"mini/questionnaire\.yaml: lacks 'kind'"):
        load(write(tmp_path, {"mini/questionnaire.yaml": structure}))


@pytest.mark.parametrize("key", ["unknown", "exclusive"])
def test_a_code_set_apart_must_be_an_option(tmp_path: Path, key: str) -> None:
    door = changed(DOOR, ["pages", 1, "items", 0, key], ["never"])

    with pytest.raises(DefinitionError, match="'never' is not one of the options"):
        load(write(tmp_path, {"doors/self/questionnaire.yaml": door}))


def test_words_for_a_page_that_is_not_there_are_refused(tmp_path: Path) -> None:
    words = {**DOOR_SV, "pages": {"cellar": {"heading": "Källaren"}}}

    with pytest.raises(DefinitionError, match=r"doors/self/sv\.yaml: pages\.cellar: is no page of the structure"):
        load(write(tmp_path, {"doors/self/sv.yaml": words}))


@pytest.mark.parametrize(
    ("expected", "difference"),
    [
        ({"tenderness": 3}, "'tenderness' is nothing this instrument tells"),
        ({"total": 5}, "total should be 5 but is 6"),
        ({"bands": {"plain": ["low"]}}, "plain should be ['low'] but is ['high']"),
        ({"bands": {"fancy": ["low"]}}, "fancy should be ['low'] but is []"),
    ],
)
def test_a_worked_case_that_differs_says_where(tmp_path: Path, expected: dict[str, Any], difference: str) -> None:
    worked = [{"answers": {"q1": "2", "q2": "2", "q3": "2"}, **expected}]
    root = write(tmp_path, {"mini/cases.yaml": worked})
    instrument = load(root).instruments["mini"]

    assert [found for case in cases(root, instrument) for found in differences(instrument, case)] == [difference]


@pytest.mark.parametrize(
    ("item", "condition"),
    [
        ({"name": "of", "kind": "choices", "options": "offer"}, '"now" in of'),
        ({"name": "of", "kind": "text"}, 'of == "x"'),
        ({"name": "of", "kind": "number", "min": 0, "max": 9}, "of > 3 and of < 5"),
    ],
)
def test_a_page_that_any_kind_of_answer_opens_can_be_reached(
    tmp_path: Path, item: dict[str, Any], condition: str
) -> None:
    pages = [{"id": "of", "items": [item]}, {"id": "after", "presents": "results", "show_if": condition}]
    words = {**DOOR_SV, "items": {"of": {"text": "Vad?"}}, "pages": {"after": {"heading": "Sedan"}}}
    words["options"] = DOOR_SV["options"] if item.get("options") else {}
    options = DOOR["options"] if item.get("options") else {}
    door = {**DOOR, "options": options, "pages": pages}
    files = {"doors/self/questionnaire.yaml": door, "doors/self/sv.yaml": words}

    assert [line for line in findings(write(tmp_path, files)) if "never" in line] == []


def test_a_page_of_optional_questions_can_be_skipped_and_has_words_of_its_own(tmp_path: Path) -> None:
    words = {**DOOR_SV, "pages": {"age": {"heading": "Ålder"}}}
    age, offer = load(write(tmp_path, {"doors/self/sv.yaml": words})).doors["self"].pages[:2]
    own = age.own_words("sv")

    assert (age.skippable, own.heading if own else "") == (True, "Ålder")
    assert offer.own_words("sv") is None
    assert offer.words["sv"].option(offer.items[0], "now") == "Nu"


def test_a_language_file_that_cannot_be_read_is_one_finding(tmp_path: Path) -> None:
    lines = list(findings(write(tmp_path, {"mini/en.yaml": "language: [en\n"})))

    assert [line for line in lines if line.startswith("mini/en.yaml")] != []


def test_lists_are_compared_between_languages(tmp_path: Path) -> None:
    swedish = changed(SV, ["lists"], {"q1": {"heading": "Räknas", "entries": ["1 glas", "2 glas"]}})
    english = changed(swedish, ["lists", "q1", "entries", 1], "3 glasses") | {"language": "en"}
    lines = list(findings(write(tmp_path, {"mini/sv.yaml": swedish, "mini/en.yaml": english})))

    assert any("mini/en.yaml: lists.q1.entries[1]" in line for line in lines), lines


def test_a_text_that_is_none_is_missing_in_that_language(tmp_path: Path) -> None:
    english = changed(SV, ["items", "q1", "text"], 5) | {"language": "en"}

    assert "mini/en.yaml: items.q1.text: is missing" in findings(write(tmp_path, {"mini/en.yaml": english}))


def test_a_page_that_no_choices_open_is_found(tmp_path: Path) -> None:
    of = {"id": "of", "items": [{"name": "of", "kind": "choices", "options": "offer"}]}
    after = {"id": "after", "presents": "results", "show_if": '"now" in of and not "now" in of'}
    words = {**DOOR_SV, "items": {"of": {"text": "Vad?"}}, "pages": {"after": {"heading": "Sedan"}}}
    files = {"doors/self/questionnaire.yaml": {**DOOR, "pages": [of, after]}, "doors/self/sv.yaml": words}

    assert any("can never be shown" in line for line in findings(write(tmp_path, files)))


CRISIS = {
    "owner": "reception",
    "lines": [
        {"id": "a", "number": "112", "verified": "seen"},
        {"id": "b", "number": "113", "verified": "seen", "foot": True, "hours": "mondays"},
        {"id": "c", "number": "114", "verified": "seen", "shown": False},
    ],
}


def test_crisis_lines_come_with_the_foots_first_and_without_the_hidden(tmp_path: Path) -> None:
    lines = {id_: {"name": f"Linje {id_}", "when": "Nu"} for id_ in "abc"}
    words = {**DIRECTORY_SV, "crisis": lines}
    known = load_crisis(write(tmp_path, {"crisis.yaml": CRISIS, "directory/sv.yaml": words}))

    assert [line["phone"] for line in known.in_language("en")] == ["113", "112"]
    assert [line["hours"] for line in known.in_language("sv")] == ["Måndagar", ""]
    assert (known.owner, known.last_checked) == ("reception", "")
