"""Every worked case of every instrument comes out as it was worked by hand."""

import pytest

from intake.config import content_root
from intake.questionnaires.cases import Case, cases, differences
from intake.questionnaires.loader import load
from intake.questionnaires.model import Instrument

ROOT = content_root() / "questionnaires"
WORKED = [(made, case) for made in load(ROOT).instruments.values() for case in cases(ROOT, made)]


@pytest.mark.parametrize(
    ("instrument", "case"), WORKED, ids=[f"{made.id}: {case.name or case.node.path}" for made, case in WORKED]
)
def test_a_case_is_scored_as_by_hand(instrument: Instrument, case: Case) -> None:
    assert list(differences(instrument, case)) == []
