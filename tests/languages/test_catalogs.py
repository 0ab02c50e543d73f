from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from flask import Flask, g
from flask_babel import gettext

from intake.config import content_root
from intake.errors import DefinitionError
from intake.i18n import Catalogs, best_language, read_catalogs

CATALOGS = read_catalogs(content_root() / "translations")


def write(folder: Path, language: str, words: str) -> None:
    path = folder / language / "LC_MESSAGES" / "public.po"
    path.parent.mkdir(parents=True)
    path.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{words}', encoding="utf-8")


def read(folder: Path, **words: str) -> Catalogs:
    for language, text in words.items():
        write(folder, language, text)
    return read_catalogs(folder)


def test_swedish_comes_first() -> None:
    assert next(iter(CATALOGS.languages)) == "sv"
    assert CATALOGS.languages["sv"].name == "Svenska"
    assert CATALOGS.withheld == {}


def test_staff_work_in_swedish_and_english() -> None:
    assert CATALOGS.staff_languages == ("sv", "en")


def test_a_language_that_lacks_a_key_is_not_offered(tmp_path: Path) -> None:
    both = 'msgid "a"\nmsgstr "x"\n\nmsgid "b"\nmsgstr "y"\n'
    catalogs = read(tmp_path, sv=both, fi='msgid "a"\nmsgstr "x"\n', en=both)

    assert set(catalogs.languages) == {"sv", "en"}
    assert catalogs.withheld == {"fi": ("translations/fi/LC_MESSAGES/public.po: 1 keys have no words: b",)}


def test_a_finding_names_a_few_of_the_keys_and_counts_the_others(tmp_path: Path) -> None:
    keys = [f"key{number}" for number in range(7)]
    both = "".join(f'msgid "{key}"\nmsgstr "x"\n\n' for key in keys)
    (line,) = read(tmp_path, sv=both, fi='msgid "key6"\nmsgstr "x"\n').withheld["fi"]

    assert line.endswith("6 keys have no words: key0, key1, key2, key3, key4 …")


def test_what_a_language_lacks_elsewhere_withholds_it(tmp_path: Path) -> None:
    write(tmp_path, "sv", 'msgid "a"\nmsgstr "x"\n')
    write(tmp_path, "en", 'msgid "a"\nmsgstr "x"\n')
    told: list[str] = []

    def gaps(tags: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        told.extend(tags)
        return {"sv": (), "en": ("en: lacks something",), "fi": (), "qqx": ()}

    catalogs = read_catalogs(tmp_path, gaps)
    missing = "translations/fi/LC_MESSAGES/public.po: the file is missing"

    assert (told, list(catalogs.languages)) == (["en", "sv"], ["sv"])
    assert {tag: lines for tag, lines in catalogs.withheld.items() if tag != "qqx"} == {
        "en": ("en: lacks something",),
        "fi": (missing,),
    }
    assert "there is no such language" in catalogs.withheld["qqx"][0]


@pytest.mark.parametrize("words", ['#, fuzzy\nmsgid "a"\nmsgstr "x"\n', 'msgid "a"\nmsgstr ""\n'])
def test_guessed_or_empty_words_are_no_words(tmp_path: Path, words: str) -> None:
    assert read(tmp_path, sv='msgid "a"\nmsgstr "x"\n', en=words).withheld.keys() == {"en"}


def test_swedish_must_be_whole(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="1 keys have no words"):
        read(tmp_path, sv='msgid "a"\nmsgstr ""\n')


def test_swedish_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"^translations/sv/LC_MESSAGES/public\.po: the file is missing"):
        read(tmp_path, en='msgid "a"\nmsgstr "x"\n')


def test_a_private_tag_in_the_header_is_no_fault(tmp_path: Path) -> None:
    write(tmp_path, "sv", 'msgid "a"\nmsgstr "x"\n')
    write(tmp_path, "sv-x-lattlast", 'msgid "a"\nmsgstr "x"\n')
    path = tmp_path / "sv-x-lattlast" / "LC_MESSAGES" / "public.po"
    text = path.read_text(encoding="utf-8").replace(
        'msgstr "Content', 'msgstr "Language: sv_x_lattlast\\n"\n"Content', 1
    )
    path.write_text(text, encoding="utf-8")

    assert list(read_catalogs(tmp_path).languages) == ["sv", "sv-x-lattlast"]


def test_a_right_to_left_language_says_so(tmp_path: Path) -> None:
    words = 'msgid "a"\nmsgstr "x"\n'
    language = read(tmp_path, sv=words, ar=words).languages["ar"]

    assert (language.direction, language.name) == ("rtl", "العربية")


@pytest.mark.parametrize(
    ("accepted", "offered"), [(["en-GB"], "en"), (["de", "sv-SE"], "sv"), (["de"], "sv"), ([], "sv")]
)
def test_the_best_language_is_the_first_one_offered(accepted: list[str], offered: str) -> None:
    assert best_language(CATALOGS, accepted) == offered


def test_words_follow_the_language_of_the_request(app: Flask) -> None:
    with app.test_request_context("/en/"):
        g.language = "en"
        english = gettext("service.name")
        g.language = "sv"
        swedish = gettext("service.name")

    assert (swedish, english) == ("Vägen in", "The way in")
