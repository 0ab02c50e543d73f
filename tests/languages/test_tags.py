"""Tags of any kind: what a language is called, which way it is written, and which browsers' readers it is for."""

from pathlib import Path

import pytest

from intake.config import content_root
from intake.errors import DefinitionError
from intake.languages import best, read_languages
from tests.fixtures.speaking import ALL

TRANSLATIONS = content_root() / "translations"
KNOWN, UNKNOWN = read_languages(TRANSLATIONS, {"sv", "en", *ALL})


def test_people_meet_the_languages_in_our_order() -> None:
    assert UNKNOWN == {}
    assert {tag: language.name for tag, language in KNOWN.items()} == {
        "sv": "Svenska",
        "sv-x-lattlast": "Lätt svenska",
        "en": "English",
        "ar": "العربية",
        "fa": "فارسی / دری",
        "so": "Soomaali",
        "fi": "Suomi",
        "bs": "Bosanski / hrvatski / srpski",
        "pl": "Polski",
        "uk": "Українська",
        "es": "Español",
    }


def test_a_private_tag_has_the_locale_it_says_and_its_direction() -> None:
    assert str(KNOWN["sv-x-lattlast"].locale) == "sv"
    assert {tag for tag, language in KNOWN.items() if language.direction == "rtl"} == {"ar", "fa"}


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (["fa-AF"], "fa"),
        (["prs"], "fa"),
        (["prs-AF"], "fa"),
        (["hr-HR"], "bs"),
        (["sr"], "bs"),
        (["sh"], "bs"),
        (["sr-Latn-BA"], "bs"),
        (["AR-sy"], "ar"),
        (["sv-SE"], "sv"),
        (["sv-x-lattlast"], "sv-x-lattlast"),
        (["SV-X-lattlast"], "sv-x-lattlast"),
        (["de", "so-DJ", "en"], "so"),
        (["no"], None),
        (["nb-NO", "nn"], None),
        (["*", "x-"], None),
        ([], None),
    ],
)
def test_a_browser_gets_what_it_asks_for_and_nothing_alike(accepted: list[str], language: str | None) -> None:
    assert best(KNOWN, accepted) == language


def test_a_language_that_is_not_listed_comes_last_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "languages.yaml").write_text("so: {}\nsv: {}\n", encoding="utf-8")
    known, _unknown = read_languages(tmp_path, {"sv", "zh-Hant-TW", "so", "fr-x-easy"})

    assert [(tag, language.name) for tag, language in known.items()] == [
        ("so", "Soomaali"),
        ("sv", "Svenska"),
        ("fr-x-easy", "Français"),
        ("zh-Hant-TW", "中文 (繁體, 台灣)"),
    ]


def test_a_tag_that_no_language_has_is_told(tmp_path: Path) -> None:
    known, unknown = read_languages(tmp_path, {"sv", "qqx"})

    assert list(known) == ["sv"]
    assert list(unknown) == ["qqx"]
    assert unknown["qqx"].startswith("translations/languages.yaml: qqx: there is no such language")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sv: {locale: qqx}", r"translations/languages\.yaml: sv\.locale: there is no locale 'qqx'"),
        ("sv: {colour: blue}", r"languages\.yaml: sv\.colour: is not a key that is known here"),
    ],
)
def test_what_is_wrong_in_the_list_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "languages.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(DefinitionError, match=message):
        read_languages(tmp_path, {"sv"})
