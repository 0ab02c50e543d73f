"""Who may ask for what: every page of the staff side, for everybody, by every method, as one table."""

import re

import pytest
from flask import Flask

from intake.staff import access
from intake.triage import Role
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, LERUM, Clinic
from tests.staff.who_may import AUDITOR, CARE, OTHERS, PAGES

NOTHING = dict.fromkeys(("alarm", "errand", "ground", "review", "view"), "none")
"""What there is none of behind an address."""
CAST = ("nobody", "newcomer", "password", *CARE, *OTHERS)


@pytest.fixture
def everybody(clinic: Clinic) -> dict[str, Colleague]:
    """One browser for each way of being there."""
    cast = {role: clinic.employ(role, role, ALINGSAS).sign_in() for role in (*CARE, *OTHERS)}
    cast |= {"nobody": clinic.outsider(), "newcomer": clinic.newcomer("newcomer", "reception", ALINGSAS)}
    cast["password"] = clinic.employ("password", "reception", ALINGSAS)
    for name in ("newcomer", "password"):
        cast[name].give_password()
    return cast


def expected(page: tuple[str, str], name: str) -> object:
    if name == "auditor" and page in AUDITOR:
        return AUDITOR[page]
    row = PAGES[page]
    column = {"nobody": 0, "newcomer": 1, "password": 2} | dict.fromkeys(CARE, 3) | dict.fromkeys(OTHERS, 4)
    answer = row[column[name]]
    return answer.get(name, 403) if isinstance(answer, dict) else answer


def test_every_page_answers_everybody_as_the_table_says(clinic: Clinic, everybody: dict[str, Colleague]) -> None:
    known = {"case": clinic.receive(), "link": clinic.issue_link()} | NOTHING
    seen = {
        (method, page, name): seen_by(everybody[name], method, page.format(**known))
        for method, page in PAGES
        for name in CAST
    }

    assert seen == {(method, page, name): expected((method, page), name) for method, page, name in seen}


def seen_by(colleague: Colleague, method: str, address: str) -> object:
    answer = colleague.client.open(address, method=method)
    return answer.location or answer.status_code


def test_the_table_has_every_page_and_no_other(staff_app: Flask) -> None:
    rules = [rule for rule in staff_app.url_map.iter_rules() if rule.endpoint.startswith("staff.")]
    found = {(method, written(rule.rule)) for rule in rules for method in rule.methods or ()}

    assert {(method, page) for method, page in found if method not in ("HEAD", "OPTIONS")} == set(PAGES)


def written(rule: str) -> str:
    """A rule as the table writes it."""
    return re.sub(r"<(\w+?)(?:_id)?>", r"{\1}", rule.replace("<size>", "a4"))


def test_looking_at_the_head_of_a_page_is_allowed_as_looking_at_it_is(
    clinic: Clinic, everybody: dict[str, Colleague]
) -> None:
    known = {"case": clinic.receive(), "link": clinic.issue_link()} | NOTHING
    addresses = [page.format(**known) for method, page in PAGES if method == "GET"]

    for name in CAST:
        client = everybody[name].client
        heads = [client.head(address).status_code for address in addresses]
        assert heads == [client.get(address).status_code for address in addresses]


def test_no_other_method_does_anything(clinic: Clinic) -> None:
    sam = clinic.employ("sam", "coordinator", ALINGSAS).sign_in()
    known = {"case": clinic.receive(), "link": clinic.issue_link()} | NOTHING
    addresses = {page.format(**known) for _, page in PAGES}
    methods = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")

    statuses = {sam.client.open(each, method=method).status_code for each in addresses for method in methods}
    assert statuses <= {404, 405}


@pytest.mark.parametrize("role", sorted(Role))
def test_another_clinics_case_does_not_exist(clinic: Clinic, role: Role) -> None:
    theirs = clinic.receive()
    somebody = clinic.employ("somebody", role, LERUM).sign_in()
    refused = 404 if role in CARE else 403

    for address in (f"/staff/case/{theirs}", "/staff/case/never", "/staff/case/" + "0" * 32):
        assert somebody.get(address).status_code == refused


def test_another_clinics_case_cannot_be_moved_or_written_on(bo: Colleague, clinic: Clinic) -> None:
    theirs = clinic.receive()
    bo.sign_in().get("/staff/")

    assert bo.post(f"/staff/case/{theirs}/move", move="claim", version="1").status_code == 404
    bo.get("/staff/")
    assert bo.post(f"/staff/case/{theirs}/note", note="CANARY").status_code == 404
    assert [each.kind for each in clinic.timeline(theirs)] == ["received"]


def test_another_clinics_case_is_answered_like_one_that_never_was(bo: Colleague, clinic: Clinic) -> None:
    theirs = clinic.receive()
    bo.sign_in()

    there, never = bo.get(f"/staff/case/{theirs}"), bo.get("/staff/case/" + "0" * 32)
    assert there.text.replace(theirs, "0" * 32).count("csrf_token") == never.text.count("csrf_token")
    assert there.headers["Content-Length"] == never.headers["Content-Length"]


def test_a_page_that_declares_nothing_stops_the_start(staff_app: Flask) -> None:
    views = staff_app.view_functions
    views["staff.forgotten"] = lambda: ""

    with pytest.raises(RuntimeError, match=r"staff\.forgotten"):
        access.check_declared(staff_app)
    del views["staff.forgotten"]


def test_a_page_that_declares_nothing_is_not_there(
    anna: Colleague, staff_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna.sign_in()
    monkeypatch.setitem(staff_app.view_functions, "staff.queue", lambda: "open to all")

    assert anna.get("/staff/").status_code == 404


def test_a_link_from_elsewhere_keeps_the_sign_in(anna: Colleague) -> None:
    anna.sign_in()
    outsider = Colleague("", anna.client.application.test_client())
    answer = outsider.get("/staff/case/anything", **{"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert 'href="/staff/"' in answer.text


def test_a_form_from_another_site_is_refused(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.receive()
    anna.sign_in().get(f"/staff/case/{case}")
    anna.client.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"

    assert anna.post(f"/staff/case/{case}/move", move="claim", version="2").status_code == 403


def test_a_token_of_another_sign_in_is_refused(anna: Colleague, bo: Colleague) -> None:
    anna.sign_in().get("/staff/")
    bo.sign_in().get("/staff/")
    bo.page = anna.page

    assert bo.post("/staff/language", language="en").status_code == 400


def test_nothing_of_the_staff_side_is_kept_by_a_browser_or_framed(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.receive()
    anna.sign_in()

    for address in ("/staff/", f"/staff/case/{case}", "/staff/account", "/staff/nothing/here"):
        headers = anna.get(address).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Frame-Options"] == "DENY"


def test_what_was_written_is_given_back_when_the_sign_in_has_ended(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.receive()
    anna.sign_in().get(f"/staff/case/{case}")
    clinic.end_sign_ins("anna")
    answer = anna.post(f"/staff/case/{case}/note", note="A long note, <b>hardly</b> begun")

    assert answer.status_code == 401
    assert "A long note, &lt;b&gt;hardly&lt;/b&gt; begun" in answer.text
