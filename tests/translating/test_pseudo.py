import re
from pathlib import Path

import pytest
import yaml

from intake import agreement
from intake.errors import DefinitionError
from intake.translating import lint
from intake.translating.glossary import read_glossary
from intake.translating.pseudo import TAG, pseudo, write_content
from intake.translating.texts import Content
from tests.translating.small import put


@pytest.mark.parametrize(
    "text",
    [
        "Begin here, %(name)s, within 24 hours",
        "Write to help@example.org or see https://example.org/page now",
        "**Now** [read](/en/help)",
        "- one\n- two",
        "1. one",
        "First.\n\nThen.",
        "100 %% sure",
    ],
)
def test_what_is_no_word_is_kept(text: str) -> None:
    said = pseudo(text)

    assert list(agreement.faults([text], [said])) == []
    assert agreement.digits(said) == agreement.digits(text)
    assert set(re.findall(r"\S+@\S+", text)) <= set(re.findall(r"\S+@\S+", said))


def test_a_text_is_accented_longer_and_between_brackets() -> None:
    said = pseudo("Ask for help with your habits, whatever they are")

    assert said.startswith("[Åšķ ")
    assert said.endswith("]")
    assert 1.35 < len(said) / len("Ask for help with your habits, whatever they are") < 1.65


def test_nothing_stays_nothing() -> None:
    assert pseudo("") == ""


def test_the_folder_holds_a_whole_language_besides_the_others(content: Content, tmp_path: Path) -> None:
    write_content(content, tmp_path / "made")
    made = Content(tmp_path / "made")

    assert made.languages() == ["sv", "en", TAG]
    assert list(made.texts(TAG)) == list(made.texts("en"))
    found = list(lint.language_findings(made, TAG, read_glossary(made.translations)))
    assert found == [
        f"translations/{TAG}/made_from.yaml: says of no text what it was made from: `intake translations accept {TAG}`"
    ]
    assert yaml.safe_load((made.questionnaires / "about" / f"{TAG}.yaml").read_text("utf-8"))["language"] == TAG


def test_it_is_listed_where_languages_are(content: Content, tmp_path: Path) -> None:
    put(content.folder, "translations/languages.yaml", "sv: {}\n")
    write_content(content, tmp_path / "made")

    assert list(yaml.safe_load((tmp_path / "made" / "translations" / "languages.yaml").read_text("utf-8"))) == [
        "sv",
        TAG,
    ]


def test_writing_it_again_replaces_it(content: Content, tmp_path: Path) -> None:
    write_content(content, tmp_path / "made")
    write_content(content, tmp_path / "made")

    assert Content(tmp_path / "made").languages() == ["sv", "en", TAG]


def test_content_of_somebody_else_is_never_replaced(content: Content) -> None:
    with pytest.raises(DefinitionError, match="holds content of its own"):
        write_content(content, content.folder)

    assert content.texts("sv")
