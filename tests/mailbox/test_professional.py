"""Behind the code of somebody who wrote in their work: what they may know, and how they can be reached themselves."""

import pytest

from intake.records.box import Encrypted
from tests.mailbox.kim import Kim
from tests.public.words import said
from tests.staff.people import Answers, Clinic

WRITES: Answers = {
    "referral.kind": "school",
    "referral.unit": "school_alingsas_upper",
    "referral.informed": "yes",
    "referral.agrees": "no",
    "someone.age": "24",
    "someone.town": "alingsas",
    "someone.danger": "no",
    "someone.concerns": ("narcotics",),
    "referrer.name": "Ulrika",
    "referrer.phone": "031-390 06 20",
}


@pytest.fixture
def ulrika(clinic: Clinic) -> Kim:
    """A school nurse in front of the page behind her code."""
    return Kim.sent(clinic, WRITES, "professional").open_mailbox()


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        ("read", "in_hand"),
        ("tried", "in_hand"),
        ("in_contact", "in_hand"),
        ("closed", "closed"),
        ("received", "received"),
    ],
)
def test_how_the_contact_with_the_person_goes_is_not_told(ulrika: Kim, state: str, stage: str) -> None:
    ulrika.clinic.spoil(ulrika.case().id, state=state)

    assert said(f"standing.{stage}.heading") in ulrika.go().page


def test_she_can_say_how_she_is_reached_from_now_on(ulrika: Kim) -> None:
    ulrika.go("contact").press(referrer__name="Ulrika", referrer__phone="031-390 06 21")
    case = ulrika.case()

    assert said("mailbox.told.contact") in ulrika.page
    known = ulrika.clinic.box.open(Encrypted.CONTACT, case.id, case.contact)
    assert {fact: known[fact] for fact in known if fact.startswith("referrer.")} == {
        "referrer.name": "Ulrika",
        "referrer.phone": "+46313900621",
    }
    assert known["referral.unit"] == "school_alingsas_upper"
