from pathlib import Path

import pytest

from intake.errors import DefinitionError
from intake.questionnaires.loader import load
from tests.questionnaires.content import DOOR, STRUCTURE, SV, changed, write


def test_a_sound_folder_loads(tmp_path: Path) -> None:
    library = load(write(tmp_path, {}))

    assert list(library.instruments) == ["mini"]
    assert [page.name for page in library.doors["self"].pages] == [
        "self.age",
        "self.offer",
        "mini.q1",
        "mini.q2",
        "mini.q3",
    ]
    assert [page.step for page in library.doors["self"].pages] == [1, 2, 3, 4, 5]
    assert library.languages == ("sv",)


def test_facts_are_named_after_their_folder(tmp_path: Path) -> None:
    library = load(write(tmp_path, {}))

    assert [item.fact for item in library.instruments["mini"].items] == ["mini.q1", "mini.q2", "mini.q3"]
    assert list(library.doors["self"].items)[:2] == ["age", "offer"]


STRUCTURE_FAULTS = [
    (["pages", 1, "skip_if"], "q9 == 0", "mini/questionnaire.yaml: pages[1].skip_if: 'q9' is not known at this point"),
    (["pages", 0, "show_if"], "q1 == 0", "mini/questionnaire.yaml: pages[0].show_if: 'q1' is not known at this point"),
    (["pages", 1, "skip_if"], "q1 = 0", "mini/questionnaire.yaml: pages[1].skip_if: 'q1 = 0' is not a condition"),
    (["pages", 0, "items", 0, "kind"], "slider", "pages[0].items[0].kind: should be one of choice"),
    (["pages", 0, "items", 0, "options"], "never", "pages[0].items[0].options: there are no options called 'never'"),
    (["pages", 2, "items", 0, "name"], "q1", "pages[2].items[0]: 'mini.q1' is asked twice"),
    (["pages", 0, "colour"], "red", "pages[0].colour: is not a key that is known here"),
    (["scores", "total", "sum", 0], "q9", "scores.total.sum[0]: 'q9' is not a scored item"),
    (["scores"], {"first": {"sum": ["q1"]}}, "scores: lacks 'total'"),
    (["options", "often", "0"], "none", "options.often.0: should be a whole number, not 'none'"),
    (["id"], "maxi", "id: should be 'mini', as the folder is named"),
    (["version"], 1, "version: should be text, not 1"),
    (["may_modify"], "no", "may_modify: should be true or false"),
    (["bands", "plain", "score"], "sum", "bands.plain.score: should be one of total, first"),
    (["bands", "plain", "columns", 0, "when"], 'sex == "woman"', "columns[0].when: 'woman' is not one of female, male"),
    (["bands", "plain", "columns", 0, "bands", "low"], [3, 1], "bands.low: should be [lowest, highest]"),
    (["given"], ["sex", "shoe"], "given[1]: should be one of sex, age"),
]


@pytest.mark.parametrize(("path", "new", "message"), STRUCTURE_FAULTS)
def test_a_wrong_structure_is_refused_with_its_place(
    tmp_path: Path, path: list[str | int], new: object, message: str
) -> None:
    with pytest.raises(DefinitionError) as refusal:
        load(write(tmp_path, {"mini/questionnaire.yaml": changed(STRUCTURE, path, new)}))

    assert message in str(refusal.value)
    assert str(refusal.value).startswith("mini/questionnaire.yaml: ")


WORD_FAULTS = [
    (["items"], {"q1": {"text": "?"}, "q2": {"text": "?"}}, "mini/sv.yaml: items: lacks 'q3'"),
    (["items", "q4"], {"text": "?"}, "mini/sv.yaml: items: has 'q4', which the structure does not"),
    (["items"], dict(reversed(list(SV["items"].items()))), "mini/sv.yaml: items: is in another order"),
    (["options", "often"], {"0": "a", "2": "b", "1": "c"}, "mini/sv.yaml: options.often: is in another order"),
    (["scores"], {}, "mini/sv.yaml: scores: lacks 'first'"),
    (["bands", "plain"], {"low": {"label": "Låg"}}, "mini/sv.yaml: bands.plain: lacks 'high'"),
    (["items", "q1", "text"], "", "mini/sv.yaml: items.q1.text: should be text, not ''"),
    (["status"], "fine", "mini/sv.yaml: status: should be one of official, validated, unofficial"),
    (["language"], "en", "mini/sv.yaml: language: should be sv, as the file is named"),
    (["lists"], {"q9": {"heading": "x", "entries": ["y"]}}, "mini/sv.yaml: lists.q9: belongs to no item"),
]


@pytest.mark.parametrize(("path", "new", "message"), WORD_FAULTS)
def test_wrong_words_are_refused_with_their_place(
    tmp_path: Path, path: list[str | int], new: object, message: str
) -> None:
    with pytest.raises(DefinitionError) as refusal:
        load(write(tmp_path, {"mini/sv.yaml": changed(SV, path, new)}))

    assert message in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id: a\nid: b\n", "line 2: the key 'id' stands twice"),
        ("no: 1\n", "the key False is not text: quote it"),
        ("1: 1\n", "the key 1 is not text: quote it"),
        ("a: [1\n", "expected ',' or ']'"),
        ("!!python/object/apply:os.getcwd []\n", "could not determine a constructor"),
        ("- a\n", "should be a mapping"),
        ("", "should be a mapping, not nothing"),
    ],
)
def test_broken_yaml_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DefinitionError, match=r"mini/questionnaire\.yaml") as refusal:
        load(write(tmp_path, {"mini/questionnaire.yaml": text}))

    assert message in str(refusal.value)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / "mini" / "sv.yaml").write_bytes(b"language: \xff\xfe")

    with pytest.raises(DefinitionError, match=r"mini/sv\.yaml"):
        load(tmp_path)


def test_a_missing_swedish_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / "mini" / "sv.yaml").unlink()

    with pytest.raises(DefinitionError, match=r"mini/sv\.yaml: the file is missing"):
        load(tmp_path)


def test_a_language_is_offered_only_when_every_page_speaks_it(tmp_path: Path) -> None:
    english = changed(SV, ["language"], "en")

    assert load(write(tmp_path, {"mini/en.yaml": english})).languages == ("sv",)


def test_a_door_may_only_use_folders_that_exist(tmp_path: Path) -> None:
    door = changed(DOOR, ["pages", 2, "use"], "maxi")

    with pytest.raises(DefinitionError, match=r"doors/self/questionnaire.yaml: pages\[2\].use: should be one of mini"):
        load(write(tmp_path, {"doors/self/questionnaire.yaml": door}))


def test_a_door_may_only_ask_about_pages_before(tmp_path: Path) -> None:
    door = changed(DOOR, ["pages", 1, "show_if"], "mini.q1 == 0")

    with pytest.raises(DefinitionError, match=r"pages\[1\].show_if: 'mini.q1' is not known at this point"):
        load(write(tmp_path, {"doors/self/questionnaire.yaml": door}))


def test_a_page_with_several_questions_needs_a_heading(tmp_path: Path) -> None:
    items = [{"name": "age", "kind": "number", "min": 0, "max": 120}, {"name": "name", "kind": "text"}]
    door = changed(DOOR, ["pages", 0, "items"], items)
    words = {
        "language": "sv",
        "title": "Jag",
        "options": {"offer": {"now": "Nu", "together": "Ihop"}},
        "items": {"age": {"text": "?"}, "name": {"text": "?"}, "offer": {"text": "?"}},
    }

    with pytest.raises(DefinitionError, match=r"doors/self/sv\.yaml: pages: lacks 'age'"):
        load(write(tmp_path, {"doors/self/questionnaire.yaml": door, "doors/self/sv.yaml": words}))
