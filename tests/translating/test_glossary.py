from pathlib import Path

import pytest

from intake.config import content_root
from intake.errors import DefinitionError
from intake.translating.glossary import Glossary, avoided, lacking, read_glossary
from tests.translating.small import put

OURS = read_glossary(content_root() / "translations")


@pytest.mark.parametrize(
    ("stem", "used", "unused"),
    [
        ("junkie", "Two JUNKIES came", "a non-ajunkie"),
        ("=addict", "an addict.", "addiction and addicted"),
        ("-missbrukare", "en alkoholmissbrukare", "en missbruksvård"),
    ],
)
def test_a_word_we_never_use_is_found(stem: str, used: str, unused: str) -> None:
    assert avoided(used, (stem,)) == [stem]
    assert avoided(unused, (stem,)) == []


@pytest.mark.parametrize("tag", OURS.never)
def test_every_language_with_words_it_never_uses_has_a_word_for_every_term(tag: str) -> None:
    assert len(OURS.terms) == 30
    assert OURS.never[tag]
    assert list(lacking(OURS, tag)) == []


@pytest.mark.parametrize(
    ("text", "stem"),
    [("Han är narkoman", "narkoman"), ("spelmissbrukaren", "-missbrukare"), ("missbruksvården", "missbruk")],
)
def test_our_swedish_never_calls_anybody_by_an_illness(text: str, stem: str) -> None:
    assert stem in avoided(text, OURS.never["sv"])


def test_our_english_says_addiction_and_never_addict() -> None:
    assert avoided("Help with an addiction. You are addicted to nothing.", OURS.never["en"]) == []
    assert avoided("An addict, an alcoholic, a junkie", OURS.never["en"]) == ["=addict", "junkie", "alcoholic"]


def test_a_language_with_a_list_or_a_term_owes_every_term() -> None:
    terms = {"code": {"sv": "kod", "en": "code", "fi": "koodi"}, "test": {"sv": "test", "en": "test"}}

    assert list(lacking(Glossary(terms, {}, {}), "fi")) == ["test"]
    assert list(lacking(Glossary(terms, {"pl": ()}, {}), "pl")) == ["code", "test"]
    assert list(lacking(Glossary(terms, {}, {}), "so")) == []


def test_a_folder_without_a_glossary_has_no_terms(tmp_path: Path) -> None:
    assert read_glossary(tmp_path) == Glossary({}, {}, {})


def test_translators_terms_and_excuses_are_read(tmp_path: Path) -> None:
    put(
        tmp_path,
        "translations/glossary.yaml",
        "terms: {code: {sv: kod, en: code, note: why, terms: {fi: koodi}}}\nnever: {fi: [juoppo]}\n"
        "excused: {questionnaires/x/fi.yaml: {juoppo: a name}}\n",
    )
    found = read_glossary(tmp_path / "translations")

    assert found.terms == {"code": {"sv": "kod", "en": "code", "fi": "koodi"}}
    assert found.never == {"fi": ("juoppo",)}
    assert found.excused == {"questionnaires/x/fi.yaml": {"juoppo": "a name"}}


def test_a_term_without_a_reason_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "translations/glossary.yaml", "terms: {code: {sv: kod, en: code}}\nnever: {}\n")

    with pytest.raises(DefinitionError, match=r"translations/glossary.yaml: terms.code: lacks 'note'"):
        read_glossary(tmp_path / "translations")
