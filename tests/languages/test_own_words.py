"""The measure by which pages are found to mix languages finds what it is there for, and nothing else."""

import pytest

from tests.languages.own_words import foreign_texts

CLINIC = "Socialmedicinska mottagningen Lerum"
NAMED = f'<bdi lang="sv">{CLINIC}</bdi>'


def found(language: str, markup: str) -> list[str]:
    return foreign_texts(f'<html lang="{language}"><body>{markup}</body></html>')


@pytest.mark.parametrize(
    ("language", "markup", "foreign"),
    [
        (
            "ar",
            "<p>Ingenting skickas förrän du trycker på Skicka.</p>",
            "Ingenting skickas förrän du trycker på Skicka",
        ),
        ("fi", "<label><input type=radio> <span>Ja</span></label>", "Ja"),
        ("fi", "<label><span>2–4 gånger i månaden</span></label>", "2–4 gånger i månaden"),
        ("pl", "<dd><bdi>Någon gång i månaden</bdi></dd>", "Någon gång i månaden"),
        ("uk", f"<ul><li>{CLINIC}</li></ul>", CLINIC),
        ("fi", f"<p>Soita vastaanotolle {CLINIC}:</p>", f"Soita vastaanotolle {CLINIC}"),
        ("ar", "<p>من Ring nu إلى 2</p>", "من Ring nu إلى 2"),
        ("fi", "<p>unofficial</p>", "unofficial"),
        ("fi", "<p>Seuraa päivää fredag 27 november</p>", "Seuraa päivää fredag 27 november"),
        ("fi", "<p>العربية (arabia)</p>", "العربية (arabia"),
        ("fi", '<img alt="Ett glas">', "Ett glas"),
        ("ar", '<p lang="">Ring nu</p>', "Ring nu"),
        ("fi", f"<p>Ring {NAMED} nu</p>", "Ring \ufffc nu"),
    ],
)
def test_what_is_foreign_is_found(language: str, markup: str, foreign: str) -> None:
    assert found(language, markup) == [foreign]


@pytest.mark.parametrize(
    ("language", "markup"),
    [
        ("fi", f"<p>Soita vastaanotolle {NAMED}: <a href='tel:1'><bdi dir='ltr'>031-390 06 02</bdi></a></p>"),
        ("fi", "<p>Sinuun otetaan yhteyttä arviolta viimeistään perjantai 27. marraskuuta 2026.</p>"),
        ("fi", "<p><span>2</span>–<span>4</span> 2–4</p>"),
        ("fi", "<p><bdi><bdi lang='ar'>العربية</bdi> (arabia)</bdi></p>"),
        ("sv", f"<p>Ring {NAMED}:</p>"),
        ("ar", "<p lang='' dir='auto'>Ring nu</p><p lang='sv'>Ring nu</p>"),
    ],
)
def test_what_is_its_own_or_says_what_it_is_passes(language: str, markup: str) -> None:
    assert found(language, markup) == []
