"""In which languages instruments were answered, and which were not asked: kept as it was sealed, or refused."""

import json
from typing import Any

import pytest

from intake.ingest.payload import Payload, PayloadError, read_payload
from tests.ingest.requests import payload


def read(**changes: object) -> Payload:
    return read_payload(json.dumps(payload(**changes)).encode())


def test_the_languages_of_instruments_are_kept_with_all_the_rest() -> None:
    told = {"tongues": {"audit": "sv"}, "untranslated": ["dudit"]}

    assert {name: read(**told).whole[name] for name in told} == told


@pytest.mark.parametrize(
    "changes",
    [{"tongues": ["sv"]}, {"tongues": {"audit": 7}}, {"untranslated": "dudit"}, {"untranslated": [7]}],
)
def test_what_has_another_shape_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(PayloadError):
        read(**changes)
