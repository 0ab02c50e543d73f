"""Catalogs: read whole, held to the Swedish, and written in one form whoever wrote them.

The service and the translators' tools read them here, so a language means the same to both. Babel reads and writes the
entries. The head of the file stays as it is, so no date of a tool gets into it.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, read_po, write_po
from babel.support import Translations

from intake import agreement
from intake.errors import DefinitionError

DOMAINS = ("public", "staff")
WIDTH = 98
_LANGUAGE = re.compile(r'"Language: [^"\\]*\\n"')
_REVIEWED = re.compile(r'^"X-Reviewed: (?P<who>.+)\\n"$', re.MULTILINE)
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
        return are_worded(self.words, fuzzy=self.fuzzy)


@dataclass(frozen=True)
class PoFile:
    """A catalog: its head as written, its plural forms and how many they are, and its entries in order."""

    head: str
    forms: int = 2
    plurals: str = ""
    entries: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def reviewed(self) -> str:
        """Who has read the words, by the head; empty where it does not say."""
        said = _REVIEWED.search(self.head)
        return said["who"] if said else ""


def are_worded(words: Sequence[str], *, fuzzy: bool) -> bool:
    """Tell whether every form of a text has words that somebody stands for."""
    return not fuzzy and bool(words) and all(each.strip() for each in words)


def missing(source: PoFile, other: PoFile) -> list[str]:
    """The keys of the Swedish that have no words, only guessed ones, or plural forms where the Swedish has none."""
    return [key for key, entry in source.entries.items() if not _stands_for(entry, other.entries.get(key))]


def unfillable(source: PoFile, other: PoFile) -> list[str]:
    """The keys, each with what is wrong, whose words cannot be filled in as the Swedish are."""
    return [
        f"{key}: {fault}"
        for key, entry in other.entries.items()
        if entry.is_worded and key in source.entries
        for fault in agreement.placeholder_faults(source.entries[key].words, entry.words)
    ]


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
    try:
        return _parsed(text)
    except (PoFileError, ValueError) as error:
        raise DefinitionError(place, str(error)) from error


@lru_cache(maxsize=64)
def _parsed(text: str) -> PoFile:
    """The same content is read through once, however often the service is made of it."""
    first = text.partition("\n\n")[0].rstrip("\n")
    head = first if 'msgid ""\n' in f"{first}\n" else ""
    # Babel knows no private tags such as sv-x-lattlast, and needs the line only to count plural forms.
    catalog = read_po(io.BytesIO(_LANGUAGE.sub('""', text, count=1).encode()), abort_invalid=True)
    entries = (_entry(message, catalog.num_plurals) for message in catalog if message.id)
    return PoFile(head, catalog.num_plurals, catalog.plural_forms, {entry.key: entry for entry in entries})


def compiled(*pos: PoFile) -> Translations:
    """The words of catalogs of one language, ready to be asked for; they count as the first does."""
    # Babel writes how to count only for a locale it knows; which one does not matter, as its forms are told next.
    catalog = Catalog(locale="en", fuzzy=False)
    catalog.mime_headers = [("Plural-Forms", pos[0].plurals)]
    for po in pos:
        for entry in po.entries.values():
            catalog.add((entry.key, entry.plural) if entry.plural else entry.key, _strings(entry))
    out = io.BytesIO()
    write_mo(out, catalog)
    out.seek(0)
    return Translations(out)


def written(po: PoFile, formatted: Iterable[str] = ()) -> str:
    """The text of a catalog; the keys of `formatted` are marked as holding placeholders."""
    catalog, marked = Catalog(fuzzy=False), set(formatted)
    for entry in po.entries.values():
        message = catalog.add(
            (entry.key, entry.plural) if entry.plural else entry.key,
            _strings(entry),
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


def new_head(tag: str, domain: str, locale: Locale) -> str:
    """The head of a catalog that nobody has begun yet; nobody who has the language from home has read it either."""
    readers = "people read on the public pages" if domain == "public" else "staff read"
    known = tag.partition("-x-")[0]
    plurals = get_plural(locale).plural_forms
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


def _stands_for(source: Entry, other: Entry | None) -> bool:
    return other is not None and other.is_worded and bool(other.plural) == bool(source.plural)


def _strings(entry: Entry) -> str | tuple[str, ...]:
    return entry.words if entry.plural else entry.words[0]


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
