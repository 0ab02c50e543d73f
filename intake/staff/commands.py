"""`intake user …`: the accounts of those who sign in. Nobody can register by themselves."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
import segno
from sqlalchemy.orm import Session

from intake import i18n
from intake.audit.entry import Entry
from intake.audit.vocabulary import COMMAND, Action
from intake.config import Settings, content_folder
from intake.ingest import prepare
from intake.monitoring import is_address
from intake.records.box import Box
from intake.records.database import Database
from intake.records.models import User
from intake.records.queries import accounts, audit
from intake.routing.loader import load_directory
from intake.staff.identity import enrol
from intake.staff.passwords import SHORTEST, hash_password
from intake.staff.second_factor import address, new_secret
from intake.triage import CARE_ROLES, Role

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@click.group()
def user() -> None:
    """Accounts of staff: who may sign in, in which role, for which units."""


@user.command()
@click.argument("username")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True, help="What they may do.")
@click.option("--unit", "units", multiple=True, help="A unit of services.yaml; may be given several times.")
@click.option("--principal", default="", help="Who employs them; the principal of the first unit unless given.")
@click.option("--name", default="", help="The name colleagues see; the username unless given.")
@click.option("--email", callback=lambda *given: _address(given[2]), help="Where notices of alarms go, if anywhere.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking for it.")
def add(username: str, role: str, units: tuple[str, ...], *, password_stdin: bool, **who: str | None) -> None:
    """Make an account. Its second factor is set up at the first sign-in."""
    _check_username(username)
    principal = _employer(Role(role), units, who["principal"] or "")
    hashed = hash_password(_password(from_stdin=password_stdin))
    new = accounts.NewUser(username, who["name"] or username, hashed, role, i18n.SOURCE, units, principal, who["email"])
    with _records() as (records, box):
        if accounts.user_by_name(records, username):
            raise click.ClickException(f"there is already an account called {username}")
        _note(records, box, Action.USER_ADD, accounts.add_user(records, new))
    click.echo(f"intake: {username} may sign in at /staff/ and sets up the second factor there")


@user.command()
@click.argument("username")
@click.option("--unit", "units", multiple=True, help="A unit of services.yaml; may be given several times.")
@click.option("--principal", default="", help="Who employs them; the principal of the first unit unless given.")
def move(username: str, units: tuple[str, ...], principal: str) -> None:
    """Let somebody work in these units, and no others, from their next sign-in on."""
    with _records() as (records, box):
        found = _find(records, username)
        accounts.set_principal(records, found.id, _employer(Role(found.role), units, principal))
        accounts.set_units(records, found.id, units)
        _note(records, box, Action.USER_MOVE, found)
    click.echo(f"intake: {username} works in {', '.join(units) or 'no unit'}")


@user.command("list")
def list_users() -> None:
    """Show every account: name, role, principal, units, whether it is disabled and has a second factor."""
    with _records() as (records, box):
        _note(records, box, Action.USER_LIST)
        for each in accounts.users(records):
            state = "disabled" if each.disabled else "enrolled" if each.totp_secret else "not enrolled"
            units = ",".join(accounts.units_of(records, each.id)) or "-"
            click.echo(f"{each.username}\t{each.role}\t{each.principal or '-'}\t{units}\t{state}\t{each.name}")


@user.command()
@click.argument("username")
def disable(username: str) -> None:
    """Let somebody in no more, from their next request on."""
    with _records() as (records, box):
        found = _find(records, username)
        accounts.disable_user(records, found.id)
        _note(records, box, Action.USER_DISABLE, found)
    click.echo(f"intake: {username} is disabled")


@user.command("set-password")
@click.argument("username")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking for it.")
def set_password(username: str, *, password_stdin: bool) -> None:
    """Give somebody a new password and end their sign-ins."""
    hashed = hash_password(_password(from_stdin=password_stdin))
    with _records() as (records, box):
        found = _find(records, username)
        accounts.set_password_hash(records, found.id, hashed)
        accounts.end_sessions_of(records, found.id)
        _note(records, box, Action.USER_PASSWORD, found)
    click.echo(f"intake: {username} has a new password")


@user.command("set-email")
@click.argument("username")
@click.argument("address", required=False, callback=lambda *given: _address(given[2]))
def set_email(username: str, address: str | None) -> None:
    """Send somebody's notices of alarms to ADDRESS; without one, nowhere."""
    with _records() as (records, box):
        found = _find(records, username)
        accounts.set_email(records, found.id, address)
        _note(records, box, Action.USER_EMAIL, found)
    click.echo(f"intake: {username} {'gets notices by mail' if address else 'gets no mail'}")


@user.command("reset-second-factor")
@click.argument("username")
def reset_second_factor(username: str) -> None:
    """Forget a lost second factor; a new one is set up at the next sign-in."""
    with _records() as (records, box):
        found = _find(records, username)
        accounts.forget_second_factor(records, found.id)
        _note(records, box, Action.USER_SECOND_FACTOR, found)
    click.echo(f"intake: {username} sets up a new second factor at the next sign-in")


@user.command("enrol")
@click.argument("username")
def enrol_here(username: str) -> None:
    """Set up the second factor here instead: print a QR code, the secret and ten recovery codes, once."""
    secret = new_secret()
    with _records() as (records, box):
        found = _find(records, username)
        codes = enrol(records, box, found.id, secret)
        _note(records, box, Action.USER_ENROL, found)
    segno.make(address(secret, username), error="m").terminal(compact=True)
    click.echo(f"secret: {secret}")
    for code in codes:
        click.echo(f"recovery code: {code}")


@contextmanager
def _records() -> Iterator[tuple[Session, Box]]:
    """A transaction and the box for it; what is done inside is kept if nothing is raised."""
    settings = Settings.read(os.environ)
    database = Database(settings.database_url)
    try:
        box = prepare(database, settings).box
        with database.writing() as records, records.begin():
            yield records, box
    finally:
        database.close()


def _note(records: Session, box: Box, action: Action, whom: User | None = None) -> None:
    """Tell the audit log what was done on the command line, and to whose account."""
    audit.note(records, box, Entry(action, COMMAND, codes=(f"user={whom.id}",) if whom else ()))


def _find(records: Session, username: str) -> User:
    found = accounts.user_by_name(records, username)
    if found is None:
        raise click.ClickException(f"there is no account called {username}")
    return found


def _address(given: str | None) -> str | None:
    if given and not is_address(given):
        raise click.BadParameter("use one plain address such as eva@example.org")
    return given or None


def _check_username(username: str) -> None:
    if not USERNAME.fullmatch(username):
        raise click.ClickException("a username has lower-case letters a-z, digits, dots, hyphens and underscores")


def _employer(role: Role, units: tuple[str, ...], principal: str) -> str:
    """The principal somebody works for: one that answers for, or shares, every unit they work in."""
    directory = load_directory(content_folder(os.environ) / "questionnaires")
    known = [unit.id for unit in directory.units.values() if unit.has_staff]
    unknown = [unit for unit in units if unit not in known]
    if unknown:
        raise click.ClickException(f"no such unit: {', '.join(unknown)}; use {', '.join(directory.units)}")
    if role in CARE_ROLES and not units:
        raise click.ClickException(f"{role} works in a unit: give --unit, one of {', '.join(directory.units)}")
    employer = principal or (directory.units[units[0]].principal if units else "")
    if employer and employer not in directory.principals:
        raise click.ClickException(f"no such principal: {employer}; use {', '.join(directory.principals)}")
    for unit in (directory.units[unit] for unit in units):
        if employer not in (unit.principal, *unit.shared_with):
            raise click.ClickException(f"nobody of {employer} works in {unit.id}: see services.yaml")
    return employer


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt(f"Password, at least {SHORTEST} characters", hide_input=True, confirmation_prompt=True))
