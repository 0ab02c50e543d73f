"""Scores as they were kept: whoever holds the public key could have sealed anything in them."""

import pytest

from intake.records.box import Encrypted
from tests.staff.colleague import Colleague
from tests.staff.people import KIM, Clinic


@pytest.mark.parametrize("evil", ["<b>CANARY</b>", "%(x)s", "%"])
def test_a_wordings_status_that_does_not_exist_is_no_sentence(anna: Colleague, clinic: Clinic, evil: str) -> None:
    case = clinic.receive(KIM)
    said = {"scores": [{"instrument": "audit", "language": "sv", "status": evil}]}
    clinic.spoil(case, answers=clinic.box.close(Encrypted.ANSWERS, case, said))

    anna.sign_in().get(f"/staff/case/{case}")

    assert "inte en officiell version" in anna.section("scores")
    assert evil not in anna.page
