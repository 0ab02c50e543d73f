"""The command line: `intake …`. Errors go to standard error in one line, and the exit code is not 0."""

import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import click
from sqlalchemy.exc import DBAPIError

from intake import i18n
from intake.commands.routes import routes
from intake.commands.translations import translation_findings, translations
from intake.config import Settings, content_folder, database_url, home_folder
from intake.demonstration import load_demonstration
from intake.demonstration.cast import cast_findings
from intake.errors import DefinitionError, IntakeError, SettingsError
from intake.questionnaires import lint
from intake.questionnaires.crisis import load_crisis, load_social_services
from intake.questionnaires.csv_scores import score_table
from intake.questionnaires.loader import instrument, load
from intake.questionnaires.tongues import withheld
from intake.records.migration import migrate
from intake.routing.lint import routing_findings
from intake.routing.receivers import receiver_findings
from intake.sealing.keyfiles import read_key, write_key
from intake.sealing.unseal import generate_keypair, public_key_of
from intake.server import serve
from intake.staff.audit_commands import audit
from intake.staff.commands import user
from intake.worker import let_canary_go, worker

SECRET_BYTES = 32


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """A way in to addiction care: screening, self-referral, a sealed inbox and triage."""


def main() -> None:
    """Run the command line; what this project or its database refuses is one line on standard error and exit code 1."""
    try:
        cli()
    except IntakeError as error:
        click.echo(f"intake: {error}", err=True)
        sys.exit(1)
    except DBAPIError as error:
        click.echo(f"intake: the database says: {str(error.orig).partition(chr(10))[0]}", err=True)
        sys.exit(1)


@cli.command()
def init() -> None:
    """Make the keys and the database; what is there already stays as it is."""
    keys = home_folder(os.environ) / "keys"
    if "INTAKE_PUBLIC_KEY" not in os.environ:
        _make_pair(keys / "inbox.public", keys / "inbox.private")
    if "INTAKE_AUDIT_KEY" not in os.environ:
        _make_pair(keys / "audit.public", keys / "audit.private")
    for name in ("cookie.secret", "receipt.secret"):
        if not (keys / name).exists():
            write_key(keys / name, os.urandom(SECRET_BYTES))
    migrate(database_url(os.environ))
    click.echo(f"intake: keys in {keys}, database ready")
    if (keys / "audit.private").exists():
        click.echo(f"intake: give {keys / 'audit.private'} to the auditor and take it off this machine")


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on; 0 takes a free one.")
@click.option("--workers", default=2, show_default=True, help="Processes.")
def run(host: str, port: int, workers: int) -> None:
    """Serve the public form, the staff side or both, as INTAKE_SERVE says."""
    serve(Settings.read(os.environ), f"{host}:{port}", workers)


@cli.command()
def check() -> None:
    """Check every definition, route and language; one line per finding, exit code 1 when there is any."""
    found = list(dict.fromkeys(_findings()))
    for finding in found:
        click.echo(finding)
    for remark in _remarks():
        click.echo(f"intake: {remark}", err=True)
    if found:
        raise SystemExit(1)


@cli.command()
@click.argument("name", metavar="INSTRUMENT")
def score(name: str) -> None:
    """Score answers: CSV with q1 … qn, perhaps sex and age, on standard input; the same with scores on output.

    A row that is not valid says why in the column `error`; the others are scored all the same.
    """
    root = content_folder(os.environ) / "questionnaires"
    if not (root / name / "cases.yaml").is_file():
        raise SettingsError(f"there is no instrument called {name!r}")
    source = open(0, encoding="utf-8-sig", errors="surrogateescape", newline="", closefd=False)  # noqa: SIM115  # closed below
    target = open(1, "w", encoding="utf-8", errors="surrogateescape", newline="", closefd=False)  # noqa: SIM115  # closed below
    with source, target:
        bad = score_table(instrument(root, root / name), source, target)
    if bad:
        click.echo(f"intake: {bad} rows were not valid, see the column error", err=True)


@cli.command()
def demo() -> None:
    """Load demonstration requests and accounts into an empty database, and print how to sign in."""
    for line in load_demonstration(Settings.read(os.environ)):
        click.echo(line)


cli.add_command(worker)
cli.add_command(let_canary_go)
cli.add_command(user)
cli.add_command(audit)
cli.add_command(routes)
cli.add_command(translations)


def _make_pair(public: Path, private: Path) -> None:
    """Make a pair of keys; where only the public one was not written any more, it is made from the private."""
    if not public.exists() and not private.exists():
        write_key(private, generate_keypair()[1])
    if not public.exists():
        write_key(public, public_key_of(read_key(private)))


def _remarks() -> Iterator[str]:
    """What nobody watches here; nothing where there are only definitions and no installation yet."""
    if (home_folder(os.environ) / "keys").is_dir():
        yield from Settings.read(os.environ).monitoring.remarks()


def _findings() -> Iterator[str]:
    """Every finding there is, each with its file."""
    root = content_folder(os.environ) / "questionnaires"
    yield from lint.findings(root)
    yield from routing_findings(root)
    yield from receiver_findings(root)
    yield from cast_findings(root)
    yield from translation_findings(os.environ)
    try:
        load_crisis(root)
        load_social_services(root)
        gaps = partial(lint.language_gaps, root, load(root))
        catalogs = i18n.read_catalogs(content_folder(os.environ) / "translations", gaps)
    except DefinitionError as error:
        yield str(error)
        return
    for tag, lines in catalogs.withheld.items():
        yield from (withheld(tag, line) for line in lines)
    for tag, lines in catalogs.staff_withheld.items():
        yield from (f"{withheld(tag, line)} to staff" for line in lines)
