"""The same answers give the same sums and bands, whatever language they were given in."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from intake.config import content_root
from intake.i18n import read_catalogs
from tests.public.person import ADULT, AUDIT, REACH, Given, Person
from tests.public.sealed import Rows, opened

LANGUAGES = tuple(read_catalogs(content_root() / "translations").languages)
TESTED: dict[str, Given] = {
    **ADULT,
    "concerns": ["alcohol", "gambling"],
    **{f"{name}_offer": "now" for name in ("audit", "pgsi", "phq4")},
    **AUDIT,
    **{f"pgsi.q{number}": str(number % 4) for number in range(1, 10)},
    **{f"phq4.q{number}": "3" for number in range(1, 5)},
    **REACH,
}


def scores(client: FlaskClient, language: str, rows: Rows, pristine: Path) -> list[Any]:
    """What was scored for somebody in this language, but for the wording it was asked in."""
    person = Person(client).begin(language=language).walk(TESTED).press()
    sealed = opened(rows.of(person.draft)[0], pristine)["scores"]
    wording = ("language", "wording", "status", "wording_checked", "source")
    return [{name: value for name, value in score.items() if name not in wording} for score in sealed]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_answers_give_the_same_score(client: FlaskClient, rows: Rows, pristine: Path, language: str) -> None:
    swedish = scores(client, "sv", rows, pristine)

    assert [score["instrument"] for score in swedish] == ["audit", "pgsi", "phq4"]
    assert scores(client, language, rows, pristine) == swedish
