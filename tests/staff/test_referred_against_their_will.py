"""Somebody is referred who does not agree: nothing that tells who it is anywhere, and nothing at all past the unit."""

import json
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from intake.records.box import Encrypted
from intake.records.cooperation_models import Place
from intake.records.models import Table
from intake.records.queries.third_party import kept
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, KIM, Answers, Clinic
from tests.staff.test_third_party import PROFESSIONAL

NAME, PHONE, NOTICED = "KANARIE-NAMN", "070-174 06 66", "KANARIE-SETT"
NAMED: Answers = PROFESSIONAL | {"someone.name": NAME, "someone.phone": PHONE, "someone.noticed": NOTICED}
REFUSING: Answers = NAMED | {"referral.agrees": "no"}
SAME_NUMBER: Answers = KIM | {"consent.share": ("region",), "contact.phone": PHONE}


@pytest.fixture
def rut(either_clinic: Clinic) -> Colleague:
    """A coordinator of the region in the very unit, which the municipality answers for."""
    return either_clinic.employ("rut", "coordinator", f"{ALINGSAS}@region").sign_in()


@pytest.fixture
def shared(either_clinic: Clinic) -> str:
    """A case the region may read, of somebody with the same number as whoever is referred."""
    return either_clinic.receive(SAME_NUMBER)


@pytest.fixture
def referred(either_clinic: Clinic) -> str:
    return either_clinic.receive(REFUSING, "professional")


def identifying(text: str) -> list[str]:
    """What a text holds of who is referred; a number in any of the ways it is written."""
    digits = re.sub(r"\D", "", text)
    return [NAME] * (NAME in text) + [PHONE] * any(each in digits for each in ("0701740666", "46701740666"))


def stored(clinic: Clinic, case: str) -> str:
    """Everything the case holds, opened."""
    row = clinic.case(case)
    columns = (Encrypted.ANSWERS, Encrypted.SUMMARY, Encrypted.CONTACT)
    said = [clinic.box.open(column, case, getattr(row, column.value[1])) for column in columns]
    with clinic.records() as records:
        apart = kept(records, case)
    assert apart is not None
    assert apart.content is not None
    return json.dumps([*said, clinic.box.open(Encrypted.THIRD_PARTY, case, apart.content)])


def columns_in_clear(clinic: Clinic) -> str:
    """Every value of every table as anybody with the database reads it."""
    with clinic.records() as records:
        rows = [tuple(row) for table in Table.metadata.sorted_tables for row in records.execute(select(table))]
    return repr(rows)


def pages(clinic: Clinic, case: str) -> Iterator[str]:
    """Every page of the staff side that is opened by its address alone, or about this case."""
    for rule in clinic.app.url_map.iter_rules():
        if rule.endpoint.startswith("staff.") and "GET" in (rule.methods or ()) and rule.arguments <= {"case_id"}:
            yield rule.rule.replace("<case_id>", case)


def test_who_it_is_is_kept_only_if_they_agree(either_clinic: Clinic, referred: str) -> None:
    agreeing = either_clinic.receive(NAMED, "professional")

    assert identifying(stored(either_clinic, agreeing)) == [NAME, PHONE]
    assert identifying(stored(either_clinic, referred)) == []
    assert NOTICED in stored(either_clinic, referred)


def test_the_database_tells_nobody_in_clear(either_clinic: Clinic, referred: str) -> None:
    clear = columns_in_clear(either_clinic)

    assert either_clinic.case(referred).reference in clear
    assert (NAME in clear, NOTICED in clear, PHONE in clear) == (False, False, False)


def test_the_unit_reads_it_without_who_it_is(either_clinic: Clinic, referred: str) -> None:
    kim = either_clinic.employ("kim", "clinician", ALINGSAS).sign_in()
    seen = [
        kim.get(address).text for address in ("/staff/", f"/staff/case/{referred}", f"/staff/case/{referred}/person")
    ]

    assert NOTICED in seen[1]
    assert [identifying(page) for page in seen] == [[], [], []]


def test_it_has_no_place_but_the_one_of_its_unit(either_clinic: Clinic, referred: str) -> None:
    with either_clinic.records() as records:
        places = select(Place.unit, Place.principal, Place.part).where(Place.case_id == referred)
        found = [tuple(row) for row in records.execute(places)]

    assert found == [(ALINGSAS, either_clinic.case(referred).principal, "owner")]
    assert found[0][1] != "region"


def test_queue_and_counts_of_another_principal_are_as_if_it_were_not_there(
    rut: Colleague, either_clinic: Clinic, shared: str
) -> None:
    known = [either_clinic.case(shared).reference]
    assert rut.references("/staff/") == known
    before = rut.get("/staff/counts").json
    either_clinic.receive(REFUSING, "professional")

    assert rut.get("/staff/counts").json == before
    for asked in ("", "?state=received", "?door=professional", "?urgent=1", f"?unit={ALINGSAS}", "?order=received"):
        assert set(rut.references(f"/staff/{asked}")) <= set(known)


def test_no_page_of_another_principal_has_a_word_of_it(
    rut: Colleague, either_clinic: Clinic, shared: str, referred: str
) -> None:
    reference, opened = either_clinic.case(referred).reference, []
    for address in (*pages(either_clinic, shared), *pages(either_clinic, referred)):
        answer = rut.get(address)
        opened += [address] if answer.status_code == 200 else []
        assert answer.status_code in (404, 403) or referred not in address
        assert not [word for word in (NAME, NOTICED, reference, referred) if word in answer.text.replace(address, "")]

    assert {"/staff/", f"/staff/case/{shared}", f"/staff/case/{shared}/person"} <= set(opened)
    assert rut.get(f"/staff/case/{referred}").status_code == 404


def test_nobody_of_another_principal_changes_it(
    rut: Colleague, either_clinic: Clinic, shared: str, referred: str
) -> None:
    rut.get(f"/staff/case/{shared}")
    before = either_clinic.case(referred).version
    answers = [
        rut.post(f"/staff/case/{referred}/move", move="claim", version=str(before)).status_code,
        rut.post(f"/staff/case/{referred}/note", note="Hej").status_code,
        rut.post(f"/staff/case/{shared}/join", other=referred, way="into_this").status_code,
    ]

    assert answers == [404, 404, 404]
    assert either_clinic.case(referred).version == before


def test_it_matches_nobody_and_is_not_found_by_its_reference(
    rut: Colleague, either_clinic: Clinic, shared: str, referred: str
) -> None:
    typed = either_clinic.case(referred).reference
    rut.get(f"/staff/case/{shared}")
    assert 'id="kin-heading"' not in rut.page
    page = rut.get(f"/staff/case/{shared}/person?reference={typed}").text

    assert referred not in page
    assert NOTICED not in page


def test_the_log_is_not_theirs_and_tells_an_auditor_nothing_of_who_it_is(
    rut: Colleague, either_clinic: Clinic, referred: str
) -> None:
    kim = either_clinic.employ("kim", "clinician", ALINGSAS).sign_in()
    kim.get(f"/staff/case/{referred}")
    reference = either_clinic.case(referred).reference
    alva = either_clinic.employ("alva", "auditor").sign_in()
    found = alva.get(f"/staff/audit?case={reference}").text

    assert rut.get(f"/staff/audit?case={reference}").status_code == 403
    assert reference in found
    assert (identifying(found), NOTICED in found) == ([], False)
    assert alva.get(f"/staff/case/{referred}").status_code == 403
