"""A relative writes: about somebody who stays unnamed, and for their own sake."""

import json
import re
from pathlib import Path

import pytest

from tests.public.person import REACH, Given, Person
from tests.public.sealed import Rows, opened
from tests.public.words import said

TOLD: dict[str, Given] = {
    "relative.wants": ["worried", "own_support"],
    "relative.relation": "parent",
    "about.age": "46",
    "about.town": "lerum",
    "someone.danger": "no",
    "someone.age": "16",
    "someone.town": "alingsas",
    "someone.concerns": ["narcotics"],
    "someone.noticed": "KANARIE-ANNAN",
    "story": "KANARIE-EGEN",
    **REACH,
}


def test_the_form_ends_in_a_receipt(person: Person) -> None:
    assert person.begin("relative").walk(TOLD).press().address.endswith("/sv/done")


@pytest.mark.parametrize("wants", [["worried"], ["own_support"]])
def test_either_wish_alone_is_enough(person: Person, wants: list[str]) -> None:
    person.begin("relative").walk({**REACH, "relative.wants": wants}).press()

    assert person.address.endswith("/done")


def test_what_is_told_about_the_other_is_sealed_as_a_part_of_its_own(
    person: Person, rows: Rows, pristine: Path
) -> None:
    person.begin("relative").walk(TOLD).press()
    content = opened(rows.of(person.draft)[0], pristine)
    apart = content.pop("third_party")

    assert apart["answers"]["someone.noticed"] == "KANARIE-ANNAN"
    assert apart["facts"]["someone.age"] == 16
    assert "KANARIE-ANNAN" not in json.dumps(content)
    assert not [fact for fact in (*content["answers"], *content["facts"]) if fact.startswith("someone.")]
    assert content["answers"]["story"] == "KANARIE-EGEN"


def test_where_nothing_is_told_about_another_there_is_no_such_part(person: Person, rows: Rows, pristine: Path) -> None:
    person.begin("relative", start="contact").walk(REACH).press()

    assert "third_party" not in opened(rows.of(person.draft)[0], pristine)


def test_it_goes_where_the_other_belongs(person: Person) -> None:
    person.begin("relative").walk(TOLD)

    assert "Skicka till Mini-Maria" in re.sub(r"<[^>]+>", "", person.page.text)


def test_nobody_is_ever_asked_who_the_other_is(person: Person) -> None:
    person.begin("relative")
    asked: set[str] = set()
    while not person.address.endswith("/review"):
        asked |= set(person.seen.fields)
        person.press({name: value for name, value in TOLD.items() if name in person.seen.fields}, skip=True)
        if person.page.status_code == 422:
            person.press({name: value for name, value in TOLD.items() if name in person.seen.fields})

    assert "someone.name" not in asked


@pytest.mark.parametrize("door", ["self", "screening", "relative"])
def test_a_child_is_given_numbers_and_sends_nothing(person: Person, rows: Rows, door: str) -> None:
    wants: dict[str, Given] = {"relative.wants": ["worried"], "tests": ["alcohol"], "about.age": "12"}
    person.begin(door).walk(wants, until="about.age").press({"about.age": "12"})

    assert said("page.ends") in person.page.text
    assert all(number in person.page.text for number in ("116 111", "1177", "112", "031-390 06 13"))
    assert person.open("review").page.text.count(said("page.ends")) == 1
    assert rows.of(person.draft) == []


@pytest.mark.parametrize("door", ["self", "screening", "relative"])
def test_a_child_who_only_wants_to_be_contacted_is_given_numbers_and_sends_nothing(
    person: Person, rows: Rows, door: str
) -> None:
    person.begin(door, start="contact").press({"about.age": "12"})

    assert said("page.ends") in person.page.text
    assert all(number in person.page.text for number in ("116 111", "1177", "112", "031-390 06 13"))
    assert person.open("review").page.text.count(said("page.ends")) == 1
    assert rows.of(person.draft) == []


@pytest.mark.parametrize("door", ["self", "screening", "relative"])
def test_somebody_young_who_only_wants_to_be_contacted_chooses_what_guardians_may_know(
    person: Person, rows: Rows, pristine: Path, door: str
) -> None:
    person.begin(door, start="contact").walk({"about.age": "16", **REACH}, until="youth.guardian_contact")
    assert "Vi berättar inget för dina föräldrar" in person.page.text
    person.press({"youth.guardian_contact": "no"}).walk({}).press()
    sent = opened(rows.of(person.draft)[0], pristine)

    assert (sent["route"]["unit"], sent["route"]["flags"]) == ("mini-maria", ["minor"])
    assert sent["answers"]["youth.guardian_contact"] == "no"


def test_a_child_cannot_send_by_a_form_of_their_own(person: Person, rows: Rows) -> None:
    person.begin().walk({"concerns": ["alcohol"], "danger": "no"}, until="about.age")
    token = person.seen.fields["csrf_token"]
    person.press({"about.age": "12"})
    for page in range(1, 40):
        person.client.post(f"{person.place}{page}", data={"csrf_token": token, **REACH})
    sent = person.client.post(f"{person.place}review", data={"csrf_token": token})

    assert sent.status_code == 303
    assert rows.of(person.draft) == []


def test_a_child_who_mistyped_the_age_goes_back_and_on(person: Person) -> None:
    person.begin().walk({"concerns": ["alcohol"], "danger": "no", "about.age": "1"}, until="about.age")
    page = person.address
    person.press({"about.age": "1"}).open(page).press({"about.age": "17"}).walk(REACH).press()

    assert person.address.endswith("/done")


def test_somebody_young_reads_that_guardians_are_not_told(person: Person) -> None:
    person.begin().walk({"about.age": "15", **REACH}, until="youth.guardian_contact")

    assert "Vi berättar inget för dina föräldrar" in person.page.text
    assert person.seen.fields["youth.guardian_contact"] == []
