import pytest
import yaml

from intake.errors import DefinitionError
from intake.translating import definitions
from intake.translating.definitions import replaced, words, written
from intake.translating.texts import Content
from tests.translating.small import change, put


def texts(content: Content, folder: str, tag: str) -> dict[str, str]:
    return {path: str(node.value) for path, node in words(content.questionnaires, folder, tag).items()}


def test_every_text_has_a_path_and_what_is_not_a_word_of_the_form_has_none(content: Content) -> None:
    assert list(texts(content, "about", "sv")) == [
        "title",
        "options.town.here",
        "options.town.there",
        "items.age.text",
        "pages.about.heading",
        "pages.about.text",
    ]
    assert list(texts(content, "audit", "en")) == ["title", "lists.q1.entries[0]", "lists.q1.entries[1]"]
    assert texts(content, "audit", "fi") == {}


def test_what_is_no_text_has_no_words(content: Content) -> None:
    put(content.folder, "questionnaires/about/fi.yaml", "title: Sinusta\nitems: {age: 13}\n")

    assert texts(content, "about", "fi") == {"title": "Sinusta"}
    assert replaced("", {"title": "Sinusta"}) == ""


def test_languages_are_those_with_a_file_in_any_folder(content: Content) -> None:
    put(content.folder, "questionnaires/about/fi.yaml", "language: fi\n")

    assert definitions.languages(content.questionnaires) == {"sv", "en", "fi"}


def test_what_its_authors_do_not_allow_is_not_translated(content: Content) -> None:
    assert set(definitions.folders(content.questionnaires)) - set(definitions.translatable(content.questionnaires)) == {
        "dudit"
    }


@pytest.mark.parametrize("folder", ["about", "audit", "directory"])
@pytest.mark.parametrize("tag", ["sv", "en"])
def test_the_same_words_leave_a_file_as_it_is(content: Content, folder: str, tag: str) -> None:
    path = content.questionnaires / folder / f"{tag}.yaml"

    assert replaced(path.read_text("utf-8"), texts(content, folder, tag)) == path.read_text("utf-8")


def test_a_text_is_replaced_where_it_stands_and_in_its_manner(content: Content) -> None:
    text = (content.questionnaires / "about" / "sv.yaml").read_text("utf-8")
    changed = {
        "options.town.here": "Ici",
        "options.town.there": 'Là, "ou" non',
        "items.age.text": "L'âge: combien?",
        "pages.about.heading": "Salut, toi",
        "pages.about.text": "Un.\n\nDeux.\n\nTrois.",
    }
    assert replaced(text, changed) == (
        "language: sv\n# A remark.\ntitle: Om dig\n"
        'options: {town: {here: Ici, there: "Là, \\"ou\\" non"}}\n'
        'items:\n  age: {text: "L\'âge: combien?"}\n'
        "pages:\n  about:\n    heading: Salut, toi\n    text: |\n"
        "      Un.\n\n      Deux.\n\n      Trois.\n\n# The end.\n"
    )


@pytest.mark.parametrize(
    "text", ["no", "yes", "null", "12", "a: b", "- a", "# a", "a, b", "[a", "{a", "'a", '"', "a\nb"]
)
def test_a_text_that_could_be_misread_is_quoted(text: str) -> None:
    for around in ("a: {b: Ord}\n", "a:\n  b: Ord\n", "a: {b: 'Ord'}\n"):
        assert yaml.safe_load(replaced(around, {"a.b": text})) == {"a": {"b": text}}


def test_quotes_inside_single_quotes_stay_readable() -> None:
    assert replaced("a: 'Din \"x\"'\n", {"a": 'Your "x"'}) == "a: 'Your \"x\"'\n"


def test_a_text_with_a_tab_is_no_block() -> None:
    assert yaml.safe_load(replaced("a: |\n  Ord\nb: x\n", {"a": "one\n\ttwo"})) == {"a": "one\n\ttwo", "b": "x"}


def test_a_language_that_has_no_file_is_made_from_the_swedish(content: Content) -> None:
    said = {path: text.upper() for path, text in texts(content, "about", "sv").items()}
    text = written(content.questionnaires, "about", "fi", said)

    assert text.startswith("language: fi\n# A remark.\ntitle: OM DIG\n")
    assert yaml.safe_load(text)["pages"]["about"]["text"] == "FÖRST.\n\nSEDAN.\n"


def test_an_instrument_made_so_says_that_nobody_has_compared_it(content: Content) -> None:
    text = yaml.safe_load(written(content.questionnaires, "audit", "fi", texts(content, "audit", "sv")))

    assert (text["status"], text["wording_checked"]) == ("unofficial", False)
    assert text["source"].startswith("Own translation")


def test_a_file_in_another_order_is_made_anew_and_says_what_it_said_of_itself(content: Content) -> None:
    change(content.folder, "questionnaires/audit/en.yaml", "title: A test\n", "")
    put(
        content.folder,
        "questionnaires/audit/en.yaml",
        (content.questionnaires / "audit" / "en.yaml").read_text("utf-8") + "title: A test\n",
    )
    text = yaml.safe_load(written(content.questionnaires, "audit", "en", {"title": "The test"}))

    assert (text["status"], text["source"], text["title"]) == ("validated", "Somebody", "The test")
    assert list(text) == ["language", "status", "source", "wording_checked", "title", "lists"]


def test_a_file_is_not_made_in_part(content: Content) -> None:
    with pytest.raises(DefinitionError, match=r"about/fi.yaml: lacks options.town.here, "):
        written(content.questionnaires, "about", "fi", {"title": "Sinä"})
