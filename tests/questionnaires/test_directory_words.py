"""The words of the directory: structure once, words per language, and every language whole or left out."""

from pathlib import Path
from typing import Any

import pytest

from intake.config import content_root
from intake.errors import DefinitionError
from intake.questionnaires.directory import load_phrasebook, unused_phrases
from intake.questionnaires.lint import findings
from tests.questionnaires.content import DIRECTORY_SV, changed, write

LINES = {"owner": "o", "lines": [{"id": "a", "number": "112", "verified": "seen"}]}
WORDS: dict[str, Any] = {**DIRECTORY_SV, "crisis": {"a": {"name": "Ett", "when": "Nu"}}}
FAULTS = [
    (["hours"], {}, "hours: lacks 'mondays'"),
    (["hours", "sundays"], "Söndagar", "hours: has 'sundays', which the structure does not"),
    (["crisis"], {}, "crisis: lacks 'a'"),
    (["crisis", "b"], {"name": "Två", "when": "Nu"}, "crisis: has 'b', which the structure does not"),
    (["crisis", "a"], {"name": "Ett"}, "crisis.a: lacks 'when'"),
    (["social_services"], {"b": {"name": "T", "when": "N"}}, "social_services: has 'b', which the structure does not"),
    (["language"], "sw", "language: should be"),
    (["hours", "mondays"], " ", "hours.mondays: should be text"),
]


@pytest.mark.parametrize(("path", "new", "message"), FAULTS)
def test_another_language_that_does_not_fit_is_left_out_with_the_reason(
    tmp_path: Path, path: list[str | int], new: object, message: str
) -> None:
    finnish = changed({**WORDS, "language": "fi"}, path, new)
    files = {"crisis.yaml": LINES, "directory/sv.yaml": WORDS, "directory/fi.yaml": finnish}
    book = load_phrasebook(write(tmp_path, files))

    assert list(book.words) == ["sv"]
    assert book.refused["fi"].startswith(f"directory/fi.yaml: {message}")


@pytest.mark.parametrize(("path", "new", "message"), FAULTS[2:])
def test_swedish_that_does_not_fit_stops_the_start(
    tmp_path: Path, path: list[str | int], new: object, message: str
) -> None:
    files = {"crisis.yaml": LINES, "directory/sv.yaml": changed(WORDS, path, new)}

    with pytest.raises(DefinitionError) as refusal:
        load_phrasebook(write(tmp_path, files))

    assert str(refusal.value).startswith(f"directory/sv.yaml: {message}")


def test_hours_that_nothing_has_are_found(tmp_path: Path) -> None:
    crisis = changed(LINES, ["lines", 0, "hours"], "mondays")
    words = changed(WORDS, ["hours", "sundays"], "Söndagar")
    services = {"principals": {}, "units": {"one": {"hours": "mondays"}}}
    files = {"crisis.yaml": crisis, "services.yaml": services, "directory/sv.yaml": words}

    assert list(unused_phrases(write(tmp_path, files))) == ["directory/sv.yaml: hours.sundays: nothing has these hours"]


def test_a_directory_without_words_is_a_finding(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / "directory" / "sv.yaml").unlink()

    assert "directory/sv.yaml: the file is missing" in list(findings(tmp_path))


def test_a_number_in_the_words_must_be_the_swedish_one(tmp_path: Path) -> None:
    swedish, english = (
        {**WORDS, "language": tag, "hours": {"mondays": hours}} for tag, hours in (("sv", "8–16"), ("en", "8–17"))
    )
    files = {"crisis.yaml": LINES, "directory/sv.yaml": swedish, "directory/en.yaml": english}

    assert any(
        "directory/en.yaml: hours.mondays: has other digits" in line for line in findings(write(tmp_path, files))
    )


def test_our_own_words_are_whole() -> None:
    book = load_phrasebook(content_root() / "questionnaires")

    assert {"sv", "en"} <= set(book.words)
    assert book.refused == {}
