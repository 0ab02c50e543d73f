"""What reception does before anything goes to another unit: decide, ask the person, hand over."""

from tests.staff.colleague import Colleague

MINI_MARIA = "mini-maria"


def agree(colleague: Colleague, case: str, unit: str = MINI_MARIA, purpose: str = "care") -> None:
    """Read the words to the person and write down that they said yes."""
    colleague.get(f"/staff/case/{case}/consent?receiver={unit}&purpose={purpose}")
    answer = colleague.post(
        f"/staff/case/{case}/consent", receiver=unit, purpose=purpose, channel="phone", said_yes="yes"
    )
    assert answer.status_code == 303
    colleague.get(answer.location)


def route(colleague: Colleague, case: str, unit: str = MINI_MARIA) -> None:
    colleague.sign_in().get(f"/staff/case/{case}")
    colleague.move(case, "claim")
    assert colleague.move(case, "route", unit=unit, choice="wish").status_code == 303


def hand_over(colleague: Colleague, case: str, unit: str = MINI_MARIA) -> None:
    """Decide that the case belongs elsewhere, ask the person, and hand it over."""
    route(colleague, case, unit)
    agree(colleague, case, unit)
    assert colleague.move(case, "hand_over").status_code == 303
