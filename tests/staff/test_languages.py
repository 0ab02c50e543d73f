"""What staff are told of each language: who has read its words, and where its tests have their wording from."""

import re
from dataclasses import replace

from tests.staff.colleague import Colleague
from tests.staff.people import Clinic


def lines(colleague: Colleague) -> dict[str, str]:
    """What the page says of each language, by its tag."""
    body = colleague.get("/staff/languages").text.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [row for row in body.split("</tr>") if "<td" in row]
    return {re.findall(r'lang="(.+?)"', row)[0]: " ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows}


def test_it_says_who_has_read_the_words(anna: Colleague) -> None:
    told = lines(anna.sign_in())

    assert "Svenska Källan" in told["sv"]
    assert "English engelska Nej, översatt med dator" in told["en"]


def test_somebody_who_has_read_them_is_named(anna: Colleague, clinic: Clinic) -> None:
    catalogs = clinic.app.extensions["intake"].catalogs
    english = replace(catalogs.languages["en"], reviewed="2026-11-20, a native reader")
    read = replace(catalogs, languages={**catalogs.languages, "en": english})
    clinic.app.extensions["intake"] = replace(clinic.app.extensions["intake"], catalogs=read)

    assert "Ja: 2026-11-20, a native reader" in lines(anna.sign_in())["en"]


def test_it_says_where_each_test_has_its_wording_from(anna: Colleague) -> None:
    told = lines(anna.sign_in())

    assert "PHQ-4: inte en officiell version" in told["sv"]
    assert "AUDIT: officiell version Inte jämförd ord för ord med originalet." in told["sv"]


def test_a_language_that_is_kept_back_is_named_with_how_much_it_lacks(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in().get("/staff/languages")
    assert "Språk som inte visas" not in anna.page

    catalogs = clinic.app.extensions["intake"].catalogs
    broken = replace(catalogs, withheld={"fi": ("one", "two")})
    clinic.app.extensions["intake"] = replace(clinic.app.extensions["intake"], catalogs=broken)

    assert "finska: 2 fel eller luckor" in anna.get("/staff/languages").text
