"""`intake translations …`: what it takes to bring words in, from translators too, and to keep them right."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from intake import catalogs
from intake.config import content_folder, content_root
from intake.errors import DefinitionError, SettingsError
from intake.questionnaires.words import SOURCE_LANGUAGE
from intake.translating import exchange, keys, lint, messages, origins, pseudo
from intake.translating.texts import Content, check_language, digests

CODE = Path(__file__).parent.parent


class _NotTranslated(click.ClickException):
    """A tag that names no language to translate into: a wrong argument, told without the usage of the command."""

    exit_code = 2


@click.group()
def translations() -> None:
    """Languages: what they lack, what is stale, out to translators and back."""


def translation_findings(environ: Mapping[str, str]) -> Iterator[str]:
    """Every finding about the words of this installation."""
    yield from lint.findings(Content(content_folder(environ)), CODE, content_root() / "templates")


@translations.command("messages")
def bring_in_line() -> None:
    """Bring every catalog in line with what the service uses and with the Swedish; say what has no words.

    Keys that nothing uses go, new ones get a place without words, and all stand in the order of the Swedish.
    """
    content = _content()
    use = keys.find(CODE, content_root() / "templates", content.questionnaires)
    domains = content.domains(SOURCE_LANGUAGE)
    known = [key for domain in domains for key in content.catalog(SOURCE_LANGUAGE, domain).entries]
    for domain in domains:
        source = messages.source_in_use(content.catalog(SOURCE_LANGUAGE, domain), domain, use, known)
        for tag in content.languages():
            if domain in content.domains(tag):
                po = source if tag == SOURCE_LANGUAGE else messages.in_line(source, content.catalog(tag, domain))
                path = catalogs.path_of(content.translations, tag, domain)
                _write({path: catalogs.written(po, catalogs.formatted(source))})
                _tell_missing(f"{tag} {domain}", catalogs.missing(source, po))


@translations.command()
@click.argument("tag")
@click.argument("only", metavar="[KEY…]", nargs=-1)
def accept(tag: str, only: tuple[str, ...]) -> None:
    """Say that a language's words still hold for the Swedish of today: those of some keys, or all."""
    content = _content(tag)
    source, texts = content.source(tag), content.texts(tag)
    worded = [key for key in source if key in texts and texts[key].is_worded]
    if unknown := [key for key in only if key not in worded]:
        raise SettingsError(f"{tag} has no words for {', '.join(unknown)}")
    known, today = origins.read_origins(content.translations, tag), digests(source)
    accepted = origins.accepted(known, today, worded, only or worded)
    origins.write_origins(content.translations, tag, accepted)
    changed = sum(known.get(key) != accepted[key] for key in accepted)
    click.echo(f"{tag}: {changed} accepted, {len(origins.stale(accepted, today, worded))} stale")


@translations.command()
@click.argument("tag", required=False)
def status(tag: str | None) -> None:
    """Say how far each language has come; for one language, also which texts have no words or are stale."""
    content = _content(tag)
    for each in [tag] if tag else content.languages():
        source, texts = content.source(each), content.texts(each)
        worded = [key for key in source if key in texts and texts[key].is_worded]
        old = _stale(content, each, worded)
        click.echo(f"{each}: {len(source)} texts, {len(source) - len(worded)} without words, {len(old)} stale")
        if tag:
            _list(key for key in source if key not in set(worded))
            _list(f"{one.key}: {one.told}" for one in old)


@translations.command()
@click.argument("tag")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="Where to write.")
def export(tag: str, folder: Path) -> None:
    """Write TAG-public.po and TAG-definitions.csv for a translator; a language nobody has begun begins here."""
    content = _content()
    _check_translated(content, tag)
    folder.mkdir(parents=True, exist_ok=True)
    for domain in content.domains(tag):
        source, other = content.catalog(SOURCE_LANGUAGE, domain), content.catalog(tag, domain)
        (folder / f"{tag}-{domain}.po").write_text(exchange.catalog_out(source, other), encoding="utf-8")
    (folder / f"{tag}-definitions.csv").write_text(exchange.definitions_out(content, tag), encoding="utf-8", newline="")
    click.echo(f"intake: {tag} is in {folder}")


@translations.command("import")
@click.argument("tag")
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Where the files are that `export` wrote.",
)
def take_in(tag: str, folder: Path) -> None:
    """Take in what a translator gives back; what was made from another Swedish than today's is named and left out."""
    content = _content()
    _check_translated(content, tag)
    source = content.source(tag)
    before = {key: text.words for key, text in content.texts(tag).items()}
    taken = exchange.sift(_returned(content, tag, folder), source, content.excused(tag))
    changed, partial = exchange.put_in_definitions(content, tag, taken.texts)
    for domain in content.domains(tag):
        swedish, other = content.catalog(SOURCE_LANGUAGE, domain), content.catalog(tag, domain)
        path = catalogs.path_of(content.translations, tag, domain)
        changed[path] = exchange.put_in_catalog(swedish, other, taken.texts)
    _write(changed)
    _remember(content, tag, before)
    for line in (*taken.refused, *partial):
        click.echo(f"{tag}: {line}")
    click.echo(f"{tag}: {len(taken.texts)} taken in, {len(taken.refused) + len(partial)} refused")
    if taken.refused or partial:
        raise SystemExit(1)


@translations.command("pseudo")
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("instance/pseudo"),
    show_default=True,
    help="The content folder to write.",
)
def write_pseudo(folder: Path) -> None:
    """Write a content folder with a language nobody speaks, longer and accented, to see what pages do with it."""
    pseudo.write_content(Content(content_root()), folder)
    click.echo(f"intake: start the service with INTAKE_CONTENT={folder} and open /{pseudo.TAG}/")


def _content(tag: str | None = None) -> Content:
    content = Content(content_folder(os.environ))
    if tag:
        check_language(content, tag)
    return content


def _check_translated(content: Content, tag: str) -> None:
    """Refuse what is no language, and the one that all others are made from."""
    try:
        content.locale(tag)
    except DefinitionError as error:
        raise _NotTranslated(str(error)) from None
    if tag == SOURCE_LANGUAGE:
        raise _NotTranslated(f"{tag} is what every other language is made from: change it where it stands")


def _write(files: Mapping[Path, str]) -> None:
    """Write what changes; a file that is as it should be is not touched."""
    for path, text in files.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def _returned(content: Content, tag: str, folder: Path) -> list[exchange.Returned]:
    """Everything that stands in the files a translator gave back; one file alone may come too."""
    table = folder / f"{tag}-definitions.csv"
    pos = {domain: path for domain in content.domains(tag) if (path := folder / f"{tag}-{domain}.po").is_file()}
    if not pos and not table.is_file():
        raise SettingsError(f"{folder} has neither {tag}-public.po nor {table.name}")
    returned = exchange.definitions_back(_text(table), table.name) if table.is_file() else []
    for domain, path in pos.items():
        returned += exchange.catalog_back(_text(path), path.name, content.catalog(tag, domain).forms)
    return returned


def _text(path: Path) -> str:
    """What a translator gave back; table programs like to save in another encoding."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not UTF-8: save it as UTF-8 and try again") from None


def _remember(content: Content, tag: str, before: Mapping[str, tuple[str, ...]]) -> None:
    """Words that are new were made from the Swedish of today; of the others nobody has said so."""
    source, texts = content.source(tag), content.texts(tag)
    worded = [key for key in source if key in texts and texts[key].is_worded]
    new = [key for key in worded if before.get(key) != texts[key].words]
    if new and tag != SOURCE_LANGUAGE:
        known = origins.read_origins(content.translations, tag)
        origins.write_origins(content.translations, tag, origins.accepted(known, digests(source), worded, new))


def _stale(content: Content, tag: str, worded: list[str]) -> list[origins.Stale]:
    if tag == SOURCE_LANGUAGE:
        return []
    known = origins.read_origins(content.translations, tag)
    return origins.stale(known, digests(content.source(tag)), worded)


def _tell_missing(where: str, missing: list[str]) -> None:
    click.echo(f"{where}: {f'{len(missing)} keys have no words' if missing else 'whole'}")
    _list(missing)


def _list(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(f"  {line}")
