"""`intake routes …`: try rules before they decide anything."""

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from intake.commands.past_cases import Past, past_cases
from intake.config import content_folder
from intake.demonstration.cast import read_cast
from intake.errors import SettingsError
from intake.questionnaires.loader import load
from intake.questionnaires.model import Library
from intake.routing.domain import TooManyError, worlds
from intake.routing.loader import facts_of, load_directory, load_routes, read_routes
from intake.routing.model import Routes, Rule
from intake.routing.recommendation import recommend
from intake.routing.replay import Change, compare, names_in, route_changes, rule_changes
from intake.rules import Fact, Value
from intake.submission import facts_of as facts_told

SOMETHING_CHANGES = 3


@click.group()
def routes() -> None:
    """Rules: what they suggest, and whom a change of them would move."""


@routes.command()
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="The changed rules: a file like routes.yaml.",
)
@click.option("--language", default="en", show_default=True, help="The language in which rules say why.")
def replay(against: Path, language: str) -> None:
    """Hold changed rules against those of today: who would be sent elsewhere, sooner, later, or advised otherwise.

    Tried on every situation the rules can tell apart, on the people of the demonstration, and, where this installation
    has its private key, on its own past cases: by their references, and by no fact that no rule asks for. Nothing is
    changed, and nothing that anybody said is printed. That past cases were read is in the audit log before anything is
    printed; where it cannot be written, nothing is tried. A rule that would no longer apply stands with -, a new one +.

    Exit code 0: nothing would change. 3: something would. 1: the rules or this installation are faulty.
    """
    root = content_folder(os.environ) / "questionnaires"
    library, directory = load(root), load_directory(root)
    today, changed = load_routes(root, library, directory), read_routes(against, library, directory)
    with _past(names_in(today, changed)) as (past, untried):
        click.echo(f"rules of today {today.digest}, changed rules {changed.digest}")
        differences = sum(
            (
                _replay_situations(library, today, changed, language),
                _replay_people(root, library, today, changed, language),
                _replay_cases(past, today, changed, language) if not untried else _say_untried(untried),
            )
        )
    click.echo("nothing would change" if not differences else "something would change")
    if differences:
        raise SystemExit(SOMETHING_CHANGES)


@routes.command()
@click.argument("known", metavar="FACT=VALUE…", nargs=-1)
@click.option("--language", default="en", show_default=True, help="The language in which rules say why.")
def explain(known: tuple[str, ...], language: str) -> None:
    """Say what is suggested for some facts, such as about.age=30 concerns=alcohol,doping, and what each rule says."""
    root = content_folder(os.environ) / "questionnaires"
    library = load(root)
    rules = load_routes(root, library, load_directory(root))
    facts = dict(_fact(each, facts_of(library)) for each in known)
    suggested = recommend(rules, facts)
    click.echo(f"{suggested.unit}, {suggested.urgency}: {_why(suggested.route, language)}")
    for step in suggested.trace:
        click.echo(f"  {step.kind} {step.rule}: {'holds' if step.held else f'fails on {step.failed}'}")


def _replay_situations(library: Library, today: Routes, changed: Routes, language: str) -> int:
    try:
        groups, total = route_changes(today, changed, worlds(library))
        others = list(rule_changes(today, changed, worlds(library)))
    except TooManyError as error:
        click.echo(f"situations: {error.count} are too many to go through, so a change cannot be ruled out")
        return 1
    moved = sum(group.count for group in groups)
    click.echo(f"situations: {moved} of {total} would be routed otherwise")
    for group in groups:
        _tell(f"{group.count} situations, for instance {group.example}", group.change, language)
    for line in others:
        click.echo(f"  {line}")
    return moved + len(others)


def _replay_people(root: Path, library: Library, today: Routes, changed: Routes, language: str) -> int:
    people = read_cast(root, library).people
    told = ((f"person {number}", facts_told(each.door, each.journey)) for number, each in enumerate(people, 1))
    differing = [(name, change) for name, facts in told if (change := compare(today, changed, facts))]
    _summarize("demonstration", len(people), differing, language)
    return len(differing)


@contextmanager
def _past(names: Collection[str]) -> Iterator[tuple[Iterable[Past], str]]:
    """The past cases of this installation; or none, and why it cannot read them."""
    with ExitStack() as opened:
        try:
            past, untried = opened.enter_context(past_cases(os.environ, names)), ""
        except SettingsError as error:
            past, untried = iter(()), str(error)
        yield past, untried


def _replay_cases(past: Iterable[Past], today: Routes, changed: Routes, language: str) -> int:
    differing: list[tuple[str, Change]] = []
    tried = shut = 0
    for case in past:
        tried += 1
        shut += case.facts is None
        if case.facts is not None and (change := compare(today, changed, case.facts)):
            differing.append((case.reference, change))
    _summarize("past cases", tried, differing, language)
    if shut:
        click.echo(f"  {shut} could not be opened")
    return len(differing)


def _say_untried(reason: str) -> int:
    click.echo(f"past cases: not tried: {reason}")
    return 0


def _summarize(whose: str, tried: int, differing: list[tuple[str, Change]], language: str) -> None:
    moved = sum(change.moves for _, change in differing)
    click.echo(f"{whose}: {moved} of {tried} would go elsewhere, {len(differing) - moved} would change otherwise")
    for name, change in differing:
        _tell(name, change, language)


def _tell(name: str, change: Change, language: str) -> None:
    click.echo(f"  {name}: {'; '.join(change.differences)}")
    for sign, rule in change.reasons:
        click.echo(f"    {sign} {_why(rule, language)}")


def _why(rule: Rule, language: str) -> str:
    return f"{rule.id}: {rule.because.get(language, '')}".rstrip(": ")


def _fact(written: str, known: dict[str, Fact]) -> tuple[str, Value]:
    name, _, value = written.partition("=")
    if name not in known:
        raise click.BadParameter(f"no form can tell '{name}'")
    codes = known[name].codes
    chosen = value.split(",") if known[name].kind == "set" else [value]
    if known[name].kind == "number":
        if not value.isascii() or not value.isdigit():
            raise click.BadParameter(f"'{name}' is a number")
        return name, int(value)
    for code in chosen:
        if codes and code not in codes:
            raise click.BadParameter(f"'{name}' is one of {', '.join(sorted(codes))}")
    return name, frozenset(chosen) if known[name].kind == "set" else value
