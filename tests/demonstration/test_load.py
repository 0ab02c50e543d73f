"""Loading the demonstration: into an empty database only, the way real requests go, once."""

import re
import time
from pathlib import Path

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake import clock, create_app
from intake.config import Settings
from intake.demonstration import load_demonstration, sign_in
from intake.errors import NotAllowedNow, SettingsError
from intake.records.database import Database
from intake.records.models import Case, CaseEvent, Inbox, Table, User
from intake.records.queries import accounts
from intake.records.queries.demonstration import backdate
from tests.durability.service import Process
from tests.fixtures.installation import intake

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def count(settings: Settings, table: type[Table]) -> int:
    database = Database(settings.database_url)
    with database.session() as session:
        rows = session.scalar(select(func.count()).select_from(table))
    database.close()
    return rows or 0


def post(client: FlaskClient, address: str, **values: str) -> str:
    """Send the form at an address; where that leads."""
    token = TOKEN.search(client.get(address).text)
    assert token
    return client.post(address, data={"csrf_token": token[1], **values}).headers["Location"]


def test_all_requests_become_cases_on_either_database(empty: Settings) -> None:
    list(load_demonstration(empty))
    assert (count(empty, Inbox), count(empty, Case), count(empty, User)) == (68, 68, 11)


def test_loading_again_adds_nothing_and_tells_the_same_sign_in(empty: Settings) -> None:
    first, again = (re.findall(r"password +(\S+)", "\n".join(load_demonstration(empty))) for _ in range(2))
    assert first == again
    assert (count(empty, Inbox), count(empty, User)) == (68, 11)


def test_nothing_is_loaded_where_somebody_has_an_account(empty: Settings) -> None:
    database = Database(empty.database_url)
    with database.session() as session, session.begin():
        accounts.add_user(session, accounts.NewUser("anna", "Anna", "-", "admin", "sv", ()))
    database.close()
    assert len(list(load_demonstration(empty))) == 1
    assert (count(empty, Inbox), count(empty, User)) == (0, 1)


def test_loading_that_was_killed_is_finished_the_next_time(empty: Settings) -> None:
    loading = Process({"INTAKE_HOME": str(empty.home), "DATABASE_URL": empty.database_url}, ("demo",))
    loading.start()
    while count(empty, Inbox) == 0:
        time.sleep(0.01)
    loading.kill()
    assert len(list(load_demonstration(empty))) > 1
    assert (count(empty, Case), count(empty, User)) == (68, 11)
    assert count(empty, CaseEvent) > 100


def test_without_its_sign_in_file_it_says_what_to_do(home: Path) -> None:
    settings = Settings.read({"INTAKE_HOME": str(home)})
    list(load_demonstration(settings))
    sign_in.file_in(home).unlink()
    with pytest.raises(SettingsError, match="intake user add"):
        list(load_demonstration(settings))


def test_a_process_that_cannot_read_does_not_load_it(home: Path) -> None:
    settings = Settings.read({"INTAKE_HOME": str(home), "INTAKE_SERVE": "public"})
    with pytest.raises(SettingsError, match="no private key"):
        list(load_demonstration(settings))


def test_every_case_is_marked(records: Session) -> None:
    assert records.scalars(select(Case.demonstration).distinct()).all() == [True]


def test_no_row_was_set_aside(records: Session) -> None:
    assert records.scalars(select(Inbox.id).where(Inbox.opened_at.is_(None))).all() == []


def test_the_inbox_names_the_hour_the_case_came_in(records: Session) -> None:
    rows = records.execute(select(Inbox.received_hour, Case.received_at).join(Case, Case.inbox_id == Inbox.id))
    assert [at for hour, at in rows if hour != at.replace(minute=0)] == []


def test_a_timeline_begins_when_the_request_came_in(records: Session) -> None:
    first = select(CaseEvent.at, Case.received_at).join(Case).where(CaseEvent.number == 1)
    assert [(at, received) for at, received in records.execute(first) if at != received] == []


def test_clocks_for_calls_tell_the_times_of_the_timeline(records: Session) -> None:
    called = select(func.max(CaseEvent.at)).where(CaseEvent.case_id == Case.id, CaseEvent.kind.in_(("try", "reach")))
    tried = records.execute(select(Case.tried_at, called.scalar_subquery()).where(Case.tried_at.is_not(None))).all()
    future = select(func.count()).where(Case.untried_since > Case.state_at)

    assert (len(tried) > 1, [pair for pair in tried if pair[0] != pair[1]]) == (True, [])
    assert records.scalar(future) == 0


def test_a_real_case_is_never_dated_back(records: Session) -> None:
    with pytest.raises(NotAllowedNow):
        backdate(records, Case(id="0" * 32, demonstration=False), [clock.now()], clock.now())


def test_the_sign_in_is_for_its_owner_alone(demonstration: Settings) -> None:
    assert sign_in.file_in(demonstration.home).stat().st_mode & 0o777 == 0o600


def test_the_sign_in_is_not_printed_by_accident(demonstration: Settings) -> None:
    kept = sign_in.kept(sign_in.file_in(demonstration.home))
    assert kept.password not in repr(kept)


def test_two_installations_have_different_passwords() -> None:
    words = [f"word{number}" for number in range(100)]
    assert len({sign_in.new_sign_in(words).password for _ in range(20)}) == 20


def test_what_is_printed_signs_in_at_once(demonstration: Settings) -> None:
    printed = intake({"INTAKE_HOME": str(demonstration.home)}, "demo")
    password, code = re.findall(r"password +(\S+)|(\d{6}) now", printed)
    client = create_app(demonstration).test_client()
    assert post(client, "/staff/sign-in", username="reception", password=password[0]) == "/staff/second-factor"
    assert post(client, "/staff/second-factor", code=code[1]) == "/staff/"
    assert client.get("/staff/").status_code == 200


def test_the_secret_that_is_printed_makes_the_codes(demonstration: Settings) -> None:
    printed = "\n".join(sign_in.told(sign_in.kept(sign_in.file_in(demonstration.home)), "", ["reception"], clock.now()))
    codes, secret = re.findall(r"\b\d{6}\b", printed), re.findall(r"secret=(\w+)", printed)[0]
    assert len(codes) == 3
    assert codes[0] == pyotp.TOTP(secret).at(clock.now())


def test_staff_pages_say_that_it_is_a_demonstration(demonstration: Settings) -> None:
    assert 'class="demonstration"' in create_app(demonstration).test_client().get("/staff/sign-in").text


def test_staff_pages_of_a_clinic_do_not(client: FlaskClient) -> None:
    assert 'class="demonstration"' not in client.get("/staff/sign-in", base_url="http://127.0.0.1").text
