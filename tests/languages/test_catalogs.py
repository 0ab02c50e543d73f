from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from flask import Flask, g
from flask_babel import gettext

from intake.config import content_root
from intake.errors import DefinitionError
from intake.i18n import Catalogs, best_language, read_catalogs

CATALOGS = read_catalogs(content_root() / "translations")


def write(folder: Path, language: str, words: str, domain: str = "public") -> None:
    path = folder / language / "LC_MESSAGES" / f"{domain}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{words}', encoding="utf-8")


def read(folder: Path, **words: str) -> Catalogs:
    write(folder, "sv", "", "staff")
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
    write(tmp_path, "sv", "", "staff")
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


@pytest.mark.parametrize(
    "words",
    [
        '#, fuzzy\nmsgid "a"\nmsgstr "x"\n',
        'msgid "a"\nmsgstr ""\n',
        'msgid "a"\nmsgstr " "\n',
        'msgid "a"\nmsgid_plural "a"\nmsgstr[0] "x"\nmsgstr[1] "x"\n',
    ],
)
def test_guessed_empty_or_blank_words_are_no_words_nor_are_forms_nobody_counts_with(tmp_path: Path, words: str) -> None:
    assert read(tmp_path, sv='msgid "a"\nmsgstr "x"\n', en=words).withheld.keys() == {"en"}


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("%(uint)s", "a: has other placeholders than the Swedish: %(uint)s, not %(unit)s"),
        ("x", "a: has other placeholders than the Swedish: none, not %(unit)s"),
        ("%(unit)s, 100 %", "a: has a % that nothing fills in: write %%"),
    ],
)
def test_words_that_a_page_cannot_fill_in_withhold_their_language(tmp_path: Path, words: str, fault: str) -> None:
    catalogs = read(tmp_path, sv='msgid "a"\nmsgstr "%(unit)s"\n', fi=f'msgid "a"\nmsgstr "{words}"\n')

    assert set(catalogs.languages) == {"sv"}
    assert catalogs.withheld == {"fi": (f"translations/fi/LC_MESSAGES/public.po: {fault}",)}


def test_a_language_counts_as_it_says_in_its_head(tmp_path: Path) -> None:
    words = 'msgid "a"\nmsgid_plural "a"\nmsgstr[0] "one"\nmsgstr[1] "many"\n'
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    forms = "".join(f'msgstr[{form}] "form {form}"\n' for form in range(3))
    write(tmp_path, "pl", "")
    (tmp_path / "pl" / "LC_MESSAGES" / "public.po").write_text(
        f'{head}"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\\n"\n\n'
        f'msgid "a"\nmsgid_plural "a"\n{forms}',
        encoding="utf-8",
    )
    polish = read(tmp_path, sv=words).translations["pl"]

    assert [polish.ngettext("a", "a", number) for number in (1, 3, 5)] == ["form 0", "form 1", "form 2"]


def test_the_swedish_of_staff_must_be_whole_too(tmp_path: Path) -> None:
    write(tmp_path, "sv", 'msgid "a"\nmsgstr "x"\n')
    place = r"^translations/sv/LC_MESSAGES/staff\.po: "
    with pytest.raises(DefinitionError, match=place + "the file is missing"):
        read_catalogs(tmp_path)

    write(tmp_path, "sv", 'msgid "b\n', "staff")
    with pytest.raises(DefinitionError, match=place):
        read_catalogs(tmp_path)

    write(tmp_path, "sv", 'msgid "b"\nmsgstr ""\n', "staff")
    with pytest.raises(DefinitionError, match=place + "1 keys have no words: b"):
        read_catalogs(tmp_path)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ('msgid "c"\nmsgstr "x"\n', "1 keys have no words: b"),
        ('msgid "b\n', ""),
        ('msgid "b"\nmsgstr "%(n)s"\n', "b: "),
    ],
)
def test_a_language_that_staff_do_not_get_is_told(tmp_path: Path, words: str, fault: str) -> None:
    for tag in ("sv", "en", "fi"):
        write(tmp_path, tag, 'msgid "a"\nmsgstr "x"\n')
    write(tmp_path, "sv", 'msgid "b"\nmsgstr "y"\n', "staff")
    write(tmp_path, "en", words, "staff")
    catalogs = read_catalogs(tmp_path)
    (line,) = catalogs.staff_withheld["en"]

    assert line.startswith(f"translations/en/LC_MESSAGES/staff.po: {fault}")
    assert catalogs.staff_withheld.keys() == {"en"}
    assert (set(catalogs.languages), catalogs.staff_languages) == ({"sv", "en", "fi"}, ("sv",))


def test_swedish_must_be_whole(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="1 keys have no words"):
        read(tmp_path, sv='msgid "a"\nmsgstr ""\n')


def test_swedish_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"^translations/sv/LC_MESSAGES/public\.po: the file is missing"):
        read(tmp_path, en='msgid "a"\nmsgstr "x"\n')


def test_a_private_tag_in_the_header_is_no_fault(tmp_path: Path) -> None:
    write(tmp_path, "sv", 'msgid "a"\nmsgstr "x"\n')
    write(tmp_path, "sv", "", "staff")
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
