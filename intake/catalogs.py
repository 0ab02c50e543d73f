"""Catalogs as translators meet them: read whole, and written in one form whoever wrote them.

Babel reads and writes the entries. The head of the file stays as it is, so no date of a tool gets into it.
"""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, read_po, write_po

from intake.errors import DefinitionError

DOMAINS = ("public", "staff")
WIDTH = 98
_LANGUAGE = re.compile(r'^"Language:.*\n', re.MULTILINE)
_FORMAT = "python-format"


@dataclass(frozen=True)
class Entry:
    """One key with its words: one text, or one for each plural form. `section` stands above it, `remarks` are ours."""

    key: str
    words: tuple[str, ...]
    plural: str = ""
    fuzzy: bool = False
    section: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_worded(self) -> bool:
        """Tell whether every form has words that somebody stands for."""
        return not self.fuzzy and bool(self.words) and all(self.words)


@dataclass(frozen=True)
class PoFile:
    """A catalog: its head as written, how many plural forms it has, and its entries in order."""

    head: str
    forms: int = 2
    entries: Mapping[str, Entry] = field(default_factory=dict)


def path_of(translations: Path, tag: str, domain: str) -> Path:
    """Where the catalog of a language and domain is."""
    return translations / tag / "LC_MESSAGES" / f"{domain}.po"


def read_catalog(path: Path) -> PoFile:
    """Read a catalog; raise DefinitionError when it is missing or broken."""
    place = "/".join(("translations", *path.parts[-3:]))
    try:
        return parse(path.read_text(encoding="utf-8"), place)
    except FileNotFoundError as error:
        raise DefinitionError(place, "the file is missing") from error
    except UnicodeDecodeError as error:
        raise DefinitionError(place, "is not UTF-8") from error


def parse(text: str, place: str = "") -> PoFile:
    """Read the text of a catalog; raise DefinitionError, with its place, when it is none."""
    first = text.partition("\n\n")[0].rstrip("\n")
    head = first if 'msgid ""\n' in f"{first}\n" else ""
    # Babel knows no private tags such as sv-x-lattlast, and needs the line only to count plural forms.
    try:
        catalog = read_po(io.BytesIO(_LANGUAGE.sub("", text, count=1).encode()), abort_invalid=True)
    except PoFileError as error:
        raise DefinitionError(place, str(error)) from error
    entries = (_entry(message, catalog.num_plurals) for message in catalog if message.id)
    return PoFile(head, catalog.num_plurals, {entry.key: entry for entry in entries})


def written(po: PoFile, formatted: Iterable[str] = ()) -> str:
    """The text of a catalog; the keys of `formatted` are marked as holding placeholders."""
    catalog, marked = Catalog(fuzzy=False), set(formatted)
    for entry in po.entries.values():
        words: str | tuple[str, ...] = entry.words if entry.plural else entry.words[0]
        message = catalog.add(
            (entry.key, entry.plural) if entry.plural else entry.key,
            words,
            flags=("fuzzy",) if entry.fuzzy else (),
            auto_comments=entry.section,
            user_comments=entry.remarks,
        )
        # Babel looks for placeholders in the key, and ours are names: say it after it has looked.
        if entry.key in marked:
            message.flags.add(_FORMAT)
    body = io.BytesIO()
    write_po(body, catalog, width=WIDTH, omit_header=True)
    return "\n\n".join(part for part in (po.head, body.getvalue().decode().strip("\n")) if part) + "\n"


def formatted(source: PoFile) -> list[str]:
    """The keys whose Swedish words hold placeholders."""
    return [entry.key for entry in source.entries.values() if any("%(" in words for words in entry.words)]


def new_head(tag: str, domain: str) -> str:
    """The head of a catalog that nobody has begun yet; nobody who has the language from home has read it either."""
    readers = "people read on the public pages" if domain == "public" else "staff read"
    known = tag.partition("-x-")[0]
    plurals = get_plural(known.replace("-", "_")).plural_forms
    return "\n".join(
        (
            f"# Words {readers}, in the language {tag}. The keys are names, grouped by page.",
            'msgid ""',
            'msgstr ""',
            '"Content-Type: text/plain; charset=utf-8\\n"',
            f'"Language: {known}\\n"',  # a private tag is none that programs for translators know
            f'"Plural-Forms: {plurals}\\n"',
            '"X-Reviewed: no\\n"',
        )
    )


def _entry(message: Message, forms: int) -> Entry:
    plural = "" if isinstance(message.id, str) else message.id[1]
    strings = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return Entry(
        key=message.id if isinstance(message.id, str) else message.id[0],
        words=(*strings, *[""] * ((forms if plural else 1) - len(strings))),
        plural=plural,
        fuzzy=message.fuzzy,
        section=tuple(message.auto_comments),
        remarks=tuple(message.user_comments),
    )
