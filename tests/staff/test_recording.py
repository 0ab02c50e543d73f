"""Everything anybody does on the staff side is in the audit log: once, and under the right name."""

import re
from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule

from intake.staff import access, account
from intake.triage import Permission, Role
from tests.staff.colleague import PASSWORD, Colleague
from tests.staff.log import entries, last, told
from tests.staff.people import ALINGSAS, KIM, LERUM, Clinic

WRONG = "another long password"
CANARY = "CANARY-4e81"
METHODS = ("GET", "HEAD", "POST")


def pages(app: Flask) -> list[tuple[str, Rule]]:
    """Every page of the staff side there is, by every method it answers."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("staff.")]
    return [(method, rule) for rule in rules for method in METHODS if method in (rule.methods or ())]


def address(app: Flask, rule: Rule, case: str) -> str:
    with app.test_request_context():
        values: dict[str, Any] = {name: case if name == "case_id" else "1" for name in rule.arguments}
        return url_for(rule.endpoint, **values)


@pytest.fixture
def somebody(clinic: Clinic, request: pytest.FixtureRequest) -> Colleague:
    """A colleague of the role that is asked for, or one who has come half the way in."""
    if request.param in tuple(Role):
        return clinic.employ("somebody", request.param, ALINGSAS).sign_in()
    half_in = {"newcomer": clinic.newcomer, "password": clinic.employ}[request.param]("somebody", "reception", ALINGSAS)
    half_in.give_password()
    return half_in


@pytest.mark.parametrize("somebody", ["newcomer", "password", *Role], indirect=True)
def test_every_page_is_recorded_once_for_everybody(clinic: Clinic, somebody: Colleague) -> None:
    case, wrong = clinic.receive(), {}
    for method, rule in pages(clinic.app):
        before = len(entries(clinic))
        status = somebody.client.open(address(clinic.app, rule, case), method=method).status_code
        added = [told(row) for row in entries(clinic)[before:]]
        once = [(access.action(clinic.app, rule.endpoint), expected(clinic, rule, status))]
        if added != ([] if status == 200 and access.by_itself(clinic.app, rule.endpoint) else once):
            wrong[method, rule.rule] = added

    assert wrong == {}


def expected(clinic: Clinic, rule: Rule, status: int) -> str:
    """How a page ends that answers this to somebody who has just asked for it."""
    actor = entries(clinic)[-1]
    user = clinic.user("somebody")
    stage = "full" if "sign_in.code" in [row.action for row in entries(clinic) if row.result == "done"] else "password"
    who = account.Account(user.id, "", "", Role(user.role), "", (), "sv", user.totp_secret is not None, stage, "")  # type: ignore[arg-type]  # one of the two
    permission = access.declared(clinic.app, rule.endpoint)
    assert (actor.actor, permission) == (user.id, permission)
    if permission is None or not who.may(permission) or status in (401, 403, 404):
        return "denied"
    return "done" if status < 400 else "failed"


def test_whoever_is_not_signed_in_fills_no_log(clinic: Clinic) -> None:
    case = clinic.receive()
    for method, rule in pages(clinic.app):
        clinic.outsider().client.open(address(clinic.app, rule, case), method=method)

    assert entries(clinic) == []


def test_a_case_that_was_read_is_named_with_its_unit_and_its_reader(clinic: Clinic) -> None:
    case, anna = clinic.receive(), clinic.employ("anna", "coordinator", ALINGSAS, LERUM)
    anna.sign_in().get(f"/staff/case/{case}")

    row = last(clinic)
    assert told(row) == ("case.read", "done")
    assert (row.actor, row.role, row.units, row.case_id) == (clinic.user("anna").id, "coordinator", ALINGSAS, case)
    assert re.fullmatch("[0-9a-f]{32}", row.request_id)


@pytest.mark.parametrize("page", ["", "/move", "/note"])
def test_trying_another_clinics_case_is_recorded_as_denied(bo: Colleague, clinic: Clinic, page: str) -> None:
    case = clinic.receive()
    bo.sign_in().get("/staff/")
    send = bo.post if page else bo.get

    assert send(f"/staff/case/{case}{page}").status_code == 404
    assert (last(clinic).result, last(clinic).case_id, last(clinic).units) == ("denied", case, LERUM)


@pytest.mark.parametrize("typed", ["K7M-2QF", "a" * 5000, CANARY, "%00"])
def test_what_is_no_id_of_a_case_is_not_kept(anna: Colleague, clinic: Clinic, typed: str) -> None:
    anna.sign_in().get(f"/staff/case/{typed}")

    assert (last(clinic).result, last(clinic).case_id) == ("denied", None)


def test_a_page_that_is_not_for_a_role_is_recorded_as_denied(clinic: Clinic) -> None:
    case = clinic.receive()
    clinic.employ("ada", "admin").sign_in().get(f"/staff/case/{case}")

    assert (*told(last(clinic)), last(clinic).case_id) == ("case.read", "denied", case)


def test_a_page_of_the_queue_names_its_filters_and_the_cases_it_showed(anna: Colleague, clinic: Clinic) -> None:
    cases = [clinic.receive() for _ in range(2)]
    anna.sign_in().get("/staff/?state=received&order=-received&door=" + CANARY)

    row = last(clinic)
    assert (row.action, row.codes, row.rows) == ("queue.read", "state=received order=-received", 2)
    assert set(row.shown.split()) == {case[:12] for case in cases}


def test_counting_the_queue_again_and_again_fills_no_log(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in()
    before = len(entries(clinic))

    assert anna.get("/staff/counts").status_code == 200
    assert len(entries(clinic)) == before


def test_pages_about_one_case_name_the_others_they_showed(clinic: Clinic) -> None:
    case, other = clinic.receive(), clinic.receive()
    cora = clinic.employ("cora", "coordinator", ALINGSAS).sign_in()

    for page in (f"/staff/case/{case}", f"/staff/case/{case}/person"):
        cora.get(page)
        row = last(clinic)
        assert (row.case_id, row.shown.split()) == (case, [other[:12]])


def test_a_move_names_itself_and_its_choice(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.receive()
    anna.sign_in().get(f"/staff/case/{case}")
    anna.post(f"/staff/case/{case}/move", move="close", version=anna.version, choice="duplicate", note=CANARY)

    assert (*told(last(clinic)), last(clinic).codes) == ("case.move", "done", "close duplicate")


@pytest.mark.parametrize(("move", "version", "codes"), [("claim", "99", "claim"), ("fly", "2", ""), (CANARY, "2", "")])
def test_a_move_that_was_not_made_is_recorded_as_failed(
    anna: Colleague, clinic: Clinic, move: str, version: str, codes: str
) -> None:
    case = clinic.receive()
    anna.sign_in().get(f"/staff/case/{case}")
    anna.post(f"/staff/case/{case}/move", move=move, version=version, choice=CANARY)

    assert (*told(last(clinic)), last(clinic).codes) == ("case.move", "failed", codes)


def test_signing_in_and_out_is_recorded_step_by_step(anna: Colleague, clinic: Clinic) -> None:
    anna.sign_in().get("/staff/account")
    anna.post("/staff/sign-out")

    steps = ["sign_in.password", "sign_in.code_page", "sign_in.code", "account.read", "sign_out"]
    assert [told(row) for row in entries(clinic)] == [(step, "done") for step in steps]
    assert {(row.actor, row.role, row.units) for row in entries(clinic)} == {
        (clinic.user("anna").id, "reception", ALINGSAS)
    }


def test_a_wrong_password_is_recorded_under_the_name_that_was_tried(anna: Colleague, clinic: Clinic) -> None:
    anna.give_password(WRONG)

    assert (*told(last(clinic)), last(clinic).actor) == ("sign_in.password", "failed", clinic.user("anna").id)


@pytest.mark.parametrize("name", [CANARY, "a\x00b", "åsa"])
def test_a_name_nobody_has_is_not_kept(clinic: Clinic, name: str) -> None:
    clinic.outsider(name).give_password(WRONG)

    assert (*told(last(clinic)), last(clinic).actor) == ("sign_in.password", "failed", "nobody")


def test_attempts_that_were_not_looked_at_fill_no_log(anna: Colleague, clinic: Clinic) -> None:
    for _ in range(20):
        anna.give_password(WRONG)

    assert len(entries(clinic)) < 20
    assert anna.answer.status_code == 429


def test_a_wrong_code_is_recorded(anna: Colleague, clinic: Clinic) -> None:
    anna.give_password()
    anna.give_code("000000")

    assert told(last(clinic)) == ("sign_in.code", "failed")


def test_a_form_without_a_token_is_recorded_as_failed(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.receive()
    anna.sign_in().client.post(f"/staff/case/{case}/note", data={"note": CANARY})

    assert (*told(last(clinic)), last(clinic).case_id) == ("case.note", "failed", case)


def test_a_page_of_ours_that_breaks_is_recorded_as_failed(
    anna: Colleague, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna.sign_in()
    broken = access.requires(Permission.READ_QUEUE)(lambda: str(1 / 0))
    monkeypatch.setitem(clinic.app.view_functions, "staff.queue", broken)
    monkeypatch.setattr(clinic.app, "testing", False)

    assert anna.get("/staff/").status_code == 500
    assert told(last(clinic)) == ("queue", "failed")


def test_a_page_that_names_nothing_is_recorded_under_its_endpoint(
    anna: Colleague, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna.sign_in()
    monkeypatch.setitem(clinic.app.view_functions, "staff.queue", access.requires(Permission.READ_QUEUE)(lambda: "new"))

    assert anna.get("/staff/").text == "new"
    assert told(last(clinic)) == ("queue", "done")


def test_a_page_that_would_not_be_recorded_stops_the_start(staff_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    view = access.requires(Permission.READ_QUEUE, "what a sentence")(lambda: "")
    monkeypatch.setitem(staff_app.view_functions, "staff.silent", view)

    with pytest.raises(RuntimeError, match=r"recorded: staff\.silent"):
        access.check_declared(staff_app)


def test_nothing_that_anybody_wrote_is_in_the_log(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.receive(KIM | {"story": CANARY, "contact.name": CANARY})
    anna.sign_in().get(f"/staff/case/{case}?{CANARY}={CANARY}")
    anna.post(f"/staff/case/{case}/note", note=CANARY)
    clinic.outsider(CANARY).give_password(CANARY)
    anna.get(f"/staff/?state={CANARY}&cursor={CANARY}&unit={CANARY}&order={CANARY}")

    everything = repr(entries(clinic))
    assert len(entries(clinic)) > 6
    assert not [word for word in (CANARY, "Kim", "070-174", PASSWORD, "anna", "127.0.0") if word in everything]
