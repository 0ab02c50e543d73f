"""Out to a translator and back: `TAG-public.po` for the pages, `TAG-definitions.csv` for the questions and numbers.

Every text goes out with the Swedish it is to be made from and that text's fingerprint. What comes back is taken only
where the Swedish is still the same and nothing that is not for translating was changed; the rest is named and left.
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from intake import agreement, catalogs
from intake.catalogs import Entry, PoFile
from intake.errors import DefinitionError
from intake.questionnaires.words import SOURCE_LANGUAGE
from intake.translating import definitions
from intake.translating.messages import in_line
from intake.translating.texts import Content, Text, digest

COLUMNS: Final = ("file", "path", "source_hash", "sv", "en", "translation")
_HASH: Final = "source_hash: "


@dataclass(frozen=True)
class Returned:
    """A text as it came back: the fingerprint it was made from and its words."""

    key: str
    source_hash: str
    words: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taken:
    """What may go in, by key, and why the rest may not, a line each."""

    texts: Mapping[str, Returned] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


def catalog_out(source: PoFile, other: PoFile) -> str:
    """The public catalog for a translator: above each entry the Swedish, its fingerprint, and where it stands."""
    entries = {
        key: replace(entry, section=(*entry.section, *_shown(source.entries[key])))
        for key, entry in in_line(source, other).entries.items()
    }
    return catalogs.written(replace(other, entries=entries), catalogs.formatted(source))


def definitions_out(content: Content, tag: str) -> str:
    """The texts of the definitions for a translator, a row each."""
    source, ours, english = (content.source(tag), content.texts(tag), content.texts("en"))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for key, text in source.items():
        if key.startswith(f"{definitions.FOLDER}/"):
            file = key.partition(":")[0]
            told = (_words(key, each) for each in (english, ours))
            writer.writerow((file, text.path, digest(text.words), text.words[0], *told))
    return out.getvalue()


def catalog_back(text: str, file: str, forms: int) -> list[Returned]:
    """The entries of a catalog that came back and have words; raises DefinitionError when it is broken.

    `forms` is how many plural forms the language has here: a program of translators may know of another number.
    """
    po = catalogs.parse(text, file)
    if po.forms != forms:
        raise DefinitionError(
            file, f"has {po.forms} plural forms where it went out with {forms}: keep its head as it was"
        )
    return [Returned(each.key, _hash(each), each.words, each.remarks) for each in po.entries.values() if each.is_worded]


def definitions_back(text: str, file: str) -> list[Returned]:
    """The rows of a table that came back and have words; raises DefinitionError when it is no such table."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    if lacking := [column for column in COLUMNS if column not in (reader.fieldnames or ())]:
        raise DefinitionError(file, f"has no column {', '.join(lacking)}")
    return [
        Returned(f"{row['file']}:{row['path']}", row["source_hash"], (words,))
        for row in reader
        if (words := _lines(row["translation"] or "").strip())
    ]


def sift(returned: Iterable[Returned], source: Mapping[str, Text], excused: Collection[str] = ()) -> Taken:
    """Part what may go in from what may not; the digits of `excused` may be others than the Swedish."""
    texts: dict[str, Returned] = {}
    refused: list[str] = []
    for each in returned:
        faults = list(_faults(each, source.get(each.key), excused))
        refused += [f"{each.key}: {fault}" for fault in faults]
        if not faults:
            texts[each.key] = each
    return Taken(texts, tuple(refused))


def put_in_catalog(source: PoFile, other: PoFile, taken: Mapping[str, Returned]) -> str:
    """The text of a catalog with what was taken."""
    entries = {
        key: replace(entry, words=taken[key].words, remarks=taken[key].remarks, fuzzy=False) if key in taken else entry
        for key, entry in in_line(source, other).entries.items()
    }
    return catalogs.written(replace(other, entries=entries), catalogs.formatted(source))


def put_in_definitions(content: Content, tag: str, taken: Mapping[str, Returned]) -> tuple[dict[Path, str], list[str]]:
    """The text of every definition file that changes, and the files that cannot be made as they would not be whole."""
    changed: dict[Path, str] = {}
    partial: list[str] = []
    for folder in content.folders(tag):
        paths = definitions.words(content.questionnaires, folder, SOURCE_LANGUAGE)
        words = {path: taken[key].words[0] for path in paths if (key := definitions.name(folder, path)) in taken}
        file = content.questionnaires / folder / f"{tag}.yaml"
        if words:
            try:
                changed[file] = definitions.written(content.questionnaires, folder, tag, words)
            except DefinitionError as error:
                partial.append(str(error))
    return changed, partial


def _faults(each: Returned, source: Text | None, excused: Collection[str]) -> Iterator[str]:
    if source is None:
        yield "the Swedish has nothing here"
    elif each.source_hash != (now := digest(source.words)):
        yield f"the Swedish has changed since it went out ({each.source_hash or 'no fingerprint'}, now {now})"
    else:
        yield from agreement.faults(source.words, each.words)
        differ = agreement.digits_differ(source.words[-1], each.words[-1])
        if differ and each.key not in excused:
            yield differ


def _shown(entry: Entry) -> Iterator[str]:
    for words in entry.words:
        yield f"sv: {words}"
    yield f"{_HASH}{digest(entry.words)}"


def _hash(entry: Entry) -> str:
    return next((line.removeprefix(_HASH) for line in entry.section if line.startswith(_HASH)), "")


def _words(key: str, texts: Mapping[str, Text]) -> str:
    return texts[key].words[0] if key in texts else ""


def _lines(text: str) -> str:
    """Table programs write line ends of their own."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
