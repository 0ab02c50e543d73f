"""Two cases before the same eyes: what the pages of the same person are sent, and what became of both."""

from typing import Any

from werkzeug.test import TestResponse

from intake.records.models import Case
from tests.staff.colleague import Colleague
from tests.staff.people import Clinic

STANDING = ("state", "state_at", "claimed_by", "priority", "summary", "contact", "answers", "received_at", "unit")


def standing(clinic: Clinic, *ids: str) -> list[dict[str, Any]]:
    """Everything about cases that undoing has to bring back."""
    return [{name: getattr(clinic.case(each), name) for name in STANDING} for each in ids]


def kinds(clinic: Clinic, case: str) -> list[str]:
    """What a timeline tells of, in order."""
    return [entry.kind for entry in clinic.timeline(case)]


def close(clinic: Clinic, colleague: Colleague, case: str) -> None:
    """Let somebody work on a case and bring it to its end."""
    colleague.get(f"/staff/case/{case}")
    assert colleague.move(case, "claim").status_code == 303
    assert colleague.move(case, "close", choice="advice").status_code == 303
    assert clinic.case(case).state == "closed"


def versions(clinic: Clinic, this: str, other: str) -> dict[str, str]:
    """The versions of two cases as a page shows them now."""
    cases: list[Case] = [clinic.case(this), clinic.case(other)]
    return {"version": str(cases[0].version), "other_version": str(cases[1].version)}


def ask(colleague: Colleague, clinic: Clinic, pair: tuple[str, str], way: str = "", **fields: str) -> TestResponse:
    """Open the page of the same person for the first of two cases, and join (or, without a way, part) the two."""
    this, other = pair
    colleague.get(f"/staff/case/{this}/person")
    act = "join" if way else "part"
    sent = {"other": other, "way": way, **versions(clinic, this, other), **fields}
    return colleague.post(f"/staff/case/{this}/{act}", **sent)
