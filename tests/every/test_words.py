"""Every word a person reads is in the catalogs, in every language, and the catalogs hold no other."""

import re
from pathlib import Path

import pytest

from intake.catalogs import PoFile, missing, path_of, read_catalog, unfillable
from intake.config import content_root

HOUSE = content_root()
CALL = re.compile(r"""(?<![\w.])(?:_|gettext|lazy_gettext|ngettext|lazy_ngettext)\(\s*(["'])(?P<key>[^"']+)\1""")
MADE_FROM_A_CODE = re.compile(
    r"""(?<![\w.])(?:_|gettext|lazy_gettext|ngettext)\(\s*f?["'](?P<prefix>[^"'{%]*)(?:["']\s*~|\{)"""
)
FILES = [(path.parent.parent.name, path.stem) for path in sorted(HOUSE.glob("translations/*/LC_MESSAGES/*.po"))]


def catalog(language: str, domain: str) -> PoFile:
    return read_catalog(path_of(HOUSE / "translations", language, domain))


def keys(language: str, domain: str) -> set[str]:
    return set(catalog(language, domain).entries)


def sources() -> list[Path]:
    return [*(HOUSE / "templates").rglob("*.html"), *(HOUSE / "intake").rglob("*.py")]


def named() -> set[str]:
    """Every key that stands whole in a template or in code."""
    return {found["key"] for path in sources() for found in CALL.finditer(path.read_text(encoding="utf-8"))}


def prefixes() -> tuple[str, ...]:
    """What keys that are put together from a code begin with."""
    texts = (path.read_text(encoding="utf-8") for path in sources())
    return tuple({found["prefix"] for text in texts for found in MADE_FROM_A_CODE.finditer(text) if found["prefix"]})


def test_every_key_in_use_has_words() -> None:
    known = keys("sv", "public") | keys("sv", "staff")
    whole = {key for key in named() if not key.endswith(".")}

    assert sorted(whole - known) == []


def test_every_key_with_words_is_in_use() -> None:
    everything, made = "".join(path.read_text(encoding="utf-8") for path in sources()), prefixes()
    unused = [
        key
        for key in keys("sv", "public") | keys("sv", "staff")
        if f'"{key}"' not in everything and not key.startswith(made)
    ]

    assert sorted(unused) == []


def test_staff_have_swedish_and_english() -> None:
    assert {language for language, domain in FILES if domain == "staff"} >= {"sv", "en"}


@pytest.mark.parametrize(("language", "domain"), [each for each in FILES if each[0] != "sv"])
def test_a_language_has_the_keys_of_the_swedish_and_no_other(language: str, domain: str) -> None:
    assert missing(catalog("sv", domain), catalog(language, domain)) == []
    assert keys(language, domain) - keys("sv", domain) == set()


@pytest.mark.parametrize(("language", "domain"), FILES)
def test_words_name_the_same_things_as_the_swedish(language: str, domain: str) -> None:
    assert unfillable(catalog("sv", domain), catalog(language, domain)) == []
