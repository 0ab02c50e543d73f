"""The auditor's search: what it finds, what it shows, and that it is in the log itself."""

import re

import pytest

from intake.staff import access, audit_page
from intake.triage import Permission
from tests.staff.colleague import Colleague
from tests.staff.log import entries, last, told
from tests.staff.people import ALINGSAS, KIM, LERUM, Clinic

CANARY = "CANARY-2b60"


@pytest.fixture
def case(clinic: Clinic) -> str:
    """Somebody has written, and Anna has read it."""
    case = clinic.receive(KIM | {"story": CANARY, "contact.name": CANARY})
    anna = clinic.employ("anna", "reception", ALINGSAS).sign_in()
    anna.get("/staff/")
    anna.get(f"/staff/case/{case}")
    anna.post(f"/staff/case/{case}/move", move="close", version=anna.version, choice="duplicate")
    return case


@pytest.fixture
def alva(clinic: Clinic, case: str) -> Colleague:
    """The auditor, signed in."""
    return clinic.employ("alva", "auditor").sign_in()


def lines(colleague: Colleague, address: str) -> list[str]:
    """The lines a search shows, as text."""
    assert colleague.get(address).status_code == 200
    rows = re.findall(r"<tr.*?</tr>", colleague.page.partition("<tbody>")[2], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_the_auditor_begins_at_the_log(alva: Colleague) -> None:
    assert alva.answer.location == "/staff/audit"
    assert 'href="/staff/audit"' in alva.get("/staff/account").text


def test_a_line_says_who_did_what_with_which_case_where(alva: Colleague, clinic: Clinic, case: str) -> None:
    closed, opened = lines(alva, f"/staff/audit?case={clinic.case(case).reference}")[:2]

    assert "Anna Reception Ändrade ett ärende Avsluta ärendet · Samma person har redan ett ärende" in closed
    assert f"Öppnade ett ärende {clinic.case(case).reference} Socialmedicinska mottagningen Alingsås Gjort" in opened


def test_nothing_a_person_told_is_shown(alva: Colleague, clinic: Clinic, case: str) -> None:
    for address in ("/staff/audit", f"/staff/audit?case={clinic.case(case).reference}"):
        alva.get(address)
        assert clinic.case(case).reference in alva.page
        assert not [word for word in (CANARY, "070-174", case) if word in alva.page]


@pytest.mark.parametrize("written", ["{}", " {} ", "{lower}", "{bare}"])
def test_a_case_is_found_however_its_reference_is_written(
    alva: Colleague, clinic: Clinic, case: str, written: str
) -> None:
    reference = clinic.case(case).reference
    typed = written.format(reference, lower=reference.lower(), bare=reference.replace("-", ""))

    assert len(lines(alva, f"/staff/audit?case={typed}")) == 4


def test_a_list_that_showed_a_case_is_found_by_the_case(alva: Colleague, clinic: Clinic, case: str) -> None:
    assert any(
        "Såg listan med ärenden" in line for line in lines(alva, f"/staff/audit?case={clinic.case(case).reference}")
    )


def test_a_search_narrows_by_everything_at_once(alva: Colleague, clinic: Clinic, case: str) -> None:
    anna, today = clinic.user("anna").id, entries(clinic)[-1].at.date()
    address = f"/staff/audit?person={anna}&unit={ALINGSAS}&action=case.read&result=done&since={today}&until={today}"

    assert len(lines(alva, address)) == 1
    assert lines(alva, address + f"&unit={LERUM}".replace("unit", "x")) != []
    assert lines(alva, address.replace("result=done", "result=denied")) == []
    assert "Inget i loggen stämmer" in alva.page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("case=K7M-2QF", "Det finns inget ärende med den beteckningen."),
        ("case=%00", "Det finns inget ärende med den beteckningen."),
        ("since=yesterday", "Skriv ett datum"),
        ("until=0001-01-01", "Skriv ett datum"),
    ],
)
def test_what_cannot_be_meant_is_said_and_kept_out_of_the_log(
    alva: Colleague, clinic: Clinic, typed: str, said: str
) -> None:
    assert lines(alva, f"/staff/audit?{typed}") == []
    assert said in alva.page
    assert (last(clinic).codes, last(clinic).case_id, last(clinic).rows) == ("", None, 0)


@pytest.mark.parametrize(
    "odd", ["person=x", "unit=x", "action=x", "result=x", "before=x", "before=-1", "before=٤", "y=1"]
)
def test_what_is_not_offered_is_as_if_it_were_not_there(alva: Colleague, odd: str) -> None:
    assert len(lines(alva, f"/staff/audit?{odd}")) > 5


def test_a_search_is_in_the_log_with_what_was_looked_for(alva: Colleague, clinic: Clinic, case: str) -> None:
    anna = clinic.user("anna").id
    alva.get(f"/staff/audit?person={anna}&case={clinic.case(case).reference}&since=2026-01-01&action=case.read")

    row = last(clinic)
    assert (*told(row), row.case_id, row.rows) == ("audit.search", "done", case, 1)
    assert row.codes == f"person={anna} action=case.read since=2026-01-01"
    assert "Sökte i loggen Anna · Öppnade ett ärende" in lines(alva, "/staff/audit")[0]


def test_pages_lead_on_and_back_to_the_newest(alva: Colleague, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_page, "ROWS", 3)
    first = lines(alva, "/staff/audit?result=done")
    second = lines(alva, alva.link("next"))

    assert (len(first), len(second)) == (3, 3)
    assert set(second).isdisjoint(first)
    assert '<a href="/staff/audit?result=done">Till de senaste</a>' in alva.page


def test_denied_attempts_stand_on_top(alva: Colleague, clinic: Clinic, case: str) -> None:
    assert "alerts-heading" not in alva.get("/staff/audit").text
    bo = clinic.employ("bo", "reception", LERUM).sign_in()
    bo.get(f"/staff/case/{case}")
    alva.get("/staff/audit")

    assert "Bo : 1 nekat försök" in alva.section("alerts")


def test_whoever_opens_very_many_cases_stands_on_top(
    alva: Colleague, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_page, "MANY_CASES", 1)
    alva.get("/staff/audit")

    assert re.search(r"Anna : öppnade 1 olika ärenden den \d+ \w+", alva.section("alerts"))


def test_a_page_newer_than_the_catalogs_goes_by_its_code(
    alva: Colleague, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = access.requires(Permission.READ_QUEUE)(lambda: "")
    monkeypatch.setitem(clinic.app.view_functions, "staff.queue", view)
    clinic.employ("bo", "reception", LERUM).sign_in().get("/staff/")

    assert "Bo Reception queue" in lines(alva, "/staff/audit")[0]
    assert "Bo Reception queue" in lines(alva, "/staff/audit?action=queue")[0]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_act_has_words(alva: Colleague, language: str) -> None:
    alva.get("/staff/account")
    alva.post("/staff/language", language=language)
    alva.get("/staff/audit")

    assert "audit.action." not in alva.page
    assert "audit.result." not in alva.page
    assert ("Opened a case" in alva.page) == (language == "en")
