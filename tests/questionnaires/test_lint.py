from pathlib import Path
from typing import Any

import pytest

from intake.questionnaires.lint import findings
from tests.questionnaires.content import CASES, DOOR, STRUCTURE, SV, changed, write

EN = changed(SV, ["language"], "en")
COLUMN = ["bands", "plain", "columns", 0, "bands"]


def found(tmp_path: Path, files: dict[str, Any]) -> list[str]:
    return list(findings(write(tmp_path, files)))


def test_a_sound_folder_has_no_findings(tmp_path: Path) -> None:
    assert found(tmp_path, {}) == []


STRUCTURES = [
    (COLUMN, {"low": [0, 1], "high": [3, 6]}, "bands.plain.columns[0]: no band holds 2"),
    (COLUMN, {"low": [0, 2], "high": [2, 6]}, "bands.plain.columns[0]: 2 is in low and high"),
    (COLUMN, {"low": [0, 1], "high": [2, 9]}, "bands end elsewhere than at the highest sum, 6"),
    (COLUMN, {"low": [0, 6], "high": [7, 9]}, "high: no answers give 7 to 9"),
    (["scores", "total", "range"], [0, 8], "scores.total.range: the items give 0 to 6"),
    (["pages", 1, "show_if"], "q1 == 0", "page 'mini.q2' can never be shown"),
    (["pages", 2, "skip_if"], "q1 == 0 and q2 == 1", "page 'mini.q3' has a skip_if that can never hold"),
    (["pages", 1, "skip_if"], "q9 == 0", "pages[1].skip_if: 'q9' is not known at this point"),
    (["minimum_age"], 18, "doors/self/questionnaire.yaml: mini can be shown to somebody not known to be 18 or older"),
]


@pytest.mark.parametrize(("path", "new", "message"), STRUCTURES)
def test_a_fault_in_the_structure_is_found(tmp_path: Path, path: list[str | int], new: object, message: str) -> None:
    lines = found(tmp_path, {"mini/questionnaire.yaml": changed(STRUCTURE, path, new)})

    assert any(message in line for line in lines), lines


WORDS = [
    (["options", "often", "1"], "1–3", "options.often.2: '3 eller fler' overlaps '1–3'"),
    (["options", "often", "2"], "4 eller fler", "options.often.2: '4 eller fler' leaves a gap after '1–2'"),
    (["options", "often", "1"], "aldrig", "options.often.0: another answer reads the same"),
    (["options", "often", "1"], " ALDRIG. ", "options.often.0: another answer reads the same"),
    (["options", "often"], {"0": "1 \n gång", "1": "“1 gång”", "2": "x"}, "often.0: another answer reads the same"),
    (["items"], {"q1": {"text": "?"}, "q2": {"text": "?"}}, "mini/sv.yaml: items: lacks 'q3'"),
]


@pytest.mark.parametrize(("path", "new", "message"), WORDS)
def test_a_fault_in_the_words_is_found(tmp_path: Path, path: list[str | int], new: object, message: str) -> None:
    assert any(message in line for line in found(tmp_path, {"mini/sv.yaml": changed(SV, path, new)}))


TRANSLATIONS = [
    (["items", "q1", "text"], "How often in 7 days?", "mini/en.yaml: items.q1.text: has other digits than the Swedish"),
    (["intro"], "Hello", "mini/en.yaml: intro: the Swedish has nothing here"),
    (
        ["digits_differ"],
        {"items.q1.text": "why"},
        "digits_differ.items.q1.text: excuses a difference that is not there",
    ),
]


@pytest.mark.parametrize(("path", "new", "message"), TRANSLATIONS)
def test_a_fault_in_a_translation_is_found(tmp_path: Path, path: list[str | int], new: object, message: str) -> None:
    lines = found(tmp_path, {"mini/en.yaml": changed(EN, path, new)})

    assert any(message in line for line in lines), lines


def test_a_difference_with_a_reason_is_no_finding(tmp_path: Path) -> None:
    english = changed(
        changed(EN, ["items", "q1", "text"], "In 12 months?"), ["digits_differ"], {"items.q1.text": "so published"}
    )

    assert [line for line in found(tmp_path, {"mini/en.yaml": english}) if line.startswith("mini/")] == []


def test_a_worked_case_that_comes_out_otherwise_is_found(tmp_path: Path) -> None:
    wrong = [{**CASES[0], "total": 5}]

    assert found(tmp_path, {"mini/cases.yaml": wrong}) == ["mini/cases.yaml: [0]: all: total should be 5 but is 6"]


def test_missing_worked_cases_are_found(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / "mini" / "cases.yaml").unlink()

    assert list(findings(tmp_path)) == ["mini/cases.yaml: the file is missing"]


def test_a_section_no_door_uses_is_found(tmp_path: Path) -> None:
    section = {**DOOR, "id": "spare", "kind": "section", "pages": DOOR["pages"][:1]}
    words = {
        "language": "sv",
        "title": "x",
        "items": {"age": {"text": "?"}},
        "options": {"offer": {"now": "a", "together": "b"}},
    }
    lines = found(tmp_path, {"spare/questionnaire.yaml": section, "spare/sv.yaml": words})

    assert lines == ["spare/questionnaire.yaml: no door uses this section"]
