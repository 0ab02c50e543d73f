"""The form and the staff side as two processes: the first takes in what only the second can read."""

import base64
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pyotp
import pytest
from sqlalchemy import select

from intake import clock
from intake.config import Settings
from intake.ingest import prepare
from intake.records.box import Encrypted
from intake.records.database import Database
from intake.records.models import Case
from intake.records.queries import accounts
from intake.staff.identity import enrol
from intake.staff.passwords import hash_password
from intake.staff.second_factor import new_secret
from tests.durability.conftest import Start
from tests.durability.service import Service
from tests.durability.visitor import Visitor, token_in

THIEF = Path(__file__).parent / "thief.py"
NAME = "Ekorren"
QUESTION, ANSWER = "Kan jag komma ändå?", "Ja, kom som du är."
PASSWORD = "a squirrel in the attic"

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def public_home(home: Path, tmp_path: Path) -> Path:
    """The home of the public process: no private key, nor anything else of the staff side."""
    beside = copytree(
        home, tmp_path / "public", ignore=lambda *_: ["inbox.private", "audit.private", "audit.public", "intake.db"]
    )
    assert sorted(path.name for path in beside.rglob("*.*")) == ["cookie.secret", "inbox.public", "receipt.secret"]
    return beside


@pytest.fixture
def environ(settings: Settings, public_home: Path) -> dict[str, str]:
    """Everything the public process is told."""
    return {
        "INTAKE_HOME": str(public_home),
        "INTAKE_SERVE": "public",
        "DATABASE_URL": settings.database_url,
    }


@pytest.fixture
def form(environ: dict[str, str], start: Start) -> Service:
    return start(**environ)


@pytest.fixture
def staff(settings: Settings, start: Start) -> Service:
    return start(INTAKE_HOME=str(settings.home), INTAKE_SERVE="staff", DATABASE_URL=settings.database_url)


def steal(environ: dict[str, str]) -> list[str]:
    """What somebody gets who has taken over a process with this environment."""
    done = subprocess.run(
        [sys.executable, str(THIEF)], env=environ, check=True, capture_output=True, text=True, cwd=THIEF.parents[2]
    )
    return done.stdout.splitlines()


def sign_in(settings: Settings, database: Database, port: int) -> Visitor:
    """Reception of every unit, at the queue."""
    box, secret = prepare(database, settings).box, new_secret()
    with database.writing() as session, session.begin():
        new = accounts.NewUser("anna", "Anna", hash_password(PASSWORD), "reception", "sv", ("vagen-in",), "region")
        enrol(session, box, accounts.add_user(session, new).id, secret)
    anna = Visitor(port)
    token = token_in(anna.ask("GET", "/staff/sign-in"))
    code_page = anna.ask("POST", "/staff/sign-in", csrf_token=token, username="anna", password=PASSWORD).location
    token = token_in(anna.ask("GET", code_page))
    queue = anna.ask("POST", code_page, csrf_token=token, code=pyotp.TOTP(secret).at(clock.now()))
    assert queue.location == "/staff/"
    return anna


@on_sqlite
def test_the_form_has_no_staff_pages(form: Service) -> None:
    visitor = Visitor(form.port)
    assert {visitor.ask("GET", page).status for page in ("/staff/", "/staff/sign-in", "/staff/case/0")} == {404}


@on_sqlite
def test_the_staff_side_has_no_form(staff: Service) -> None:
    assert Visitor(staff.port).ask("POST", "/sv/self", start="contact").status == 404


def test_with_all_it_has_the_form_cannot_read_what_it_stored(
    form: Service, environ: dict[str, str], settings: Settings
) -> None:
    assert Visitor(form.port).fill_in(NAME).receipt()
    assert steal(environ) == []
    private = base64.b64encode(settings.private_key or b"").decode()
    assert steal({**environ, "STOLEN": private}) == [f"opened {NAME}"]


def test_a_request_is_handed_over_from_one_to_the_other(
    form: Service, staff: Service, settings: Settings, database: Database
) -> None:
    assert Visitor(form.port).fill_in(NAME).receipt()
    anna = sign_in(settings, database, staff.port)
    assert anna.ask("GET", "/staff/").status == 200
    with database.session() as session:
        case = session.scalars(select(Case)).one()
    assert case.reference in anna.ask("GET", "/staff/").text
    assert NAME in anna.ask("GET", f"/staff/case/{case.id}").text
    assert prepare(database, settings).box.open(Encrypted.CONTACT, case.id, case.contact)["contact.name"] == NAME


def write(visitor: Visitor, code: str, text: str) -> str:
    """Open the mailbox of a code and write a message; return the page of letters."""
    mailbox = visitor.ask("POST", "/sv/code", code=code).location
    token = token_in(visitor.ask("GET", mailbox))
    assert visitor.ask("POST", mailbox, csrf_token=token, nonce="0" * 32, text=text).status == 303
    return mailbox


def test_letters_go_both_ways_between_two_processes(
    form: Service, staff: Service, settings: Settings, database: Database
) -> None:
    visitor = Visitor(form.port).fill_in(NAME)
    mailbox = write(visitor, visitor.receipt(), QUESTION)
    anna = sign_in(settings, database, staff.port)
    anna.ask("GET", "/staff/")
    with database.session() as session:
        case = session.scalars(select(Case)).one()
    page = anna.ask("GET", f"/staff/case/{case.id}")
    anna.ask("POST", f"/staff/case/{case.id}/letter", csrf_token=token_in(page), letter=ANSWER, number="1")

    assert QUESTION in page.text
    assert ANSWER in visitor.ask("GET", mailbox).text


def test_with_all_it_has_the_form_cannot_read_letters_of_either_side(
    form: Service, environ: dict[str, str], settings: Settings, database: Database, staff: Service
) -> None:
    visitor = Visitor(form.port).fill_in(NAME)
    code = visitor.receipt()
    write(visitor, code, QUESTION)
    private = base64.b64encode(settings.private_key or b"").decode()

    assert steal(environ) == []
    assert steal({**environ, "STOLEN": private}) == [f"opened {NAME}", f"read {QUESTION}"]
    assert steal({**environ, "STOLEN": code}) == [f"read {QUESTION}"]
    sign_in(settings, database, staff.port).ask("GET", "/staff/")
    assert steal(environ) == []
