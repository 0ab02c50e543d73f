"""Every text of a language by its key, in the order of the Swedish: catalogs, definitions, the directory."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from intake import catalogs
from intake.errors import DefinitionError
from intake.languages import FILE, read_languages
from intake.questionnaires.source import Node, read
from intake.questionnaires.words import SOURCE_LANGUAGE
from intake.translating import definitions

DIGEST = 8
EXCUSES = "digits_differ.yaml"
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
"""It is the name of a folder as well."""


@dataclass(frozen=True)
class Text:
    """One text in one language: its file and its path or key there, and its words, one for each plural form."""

    file: str
    path: str
    words: tuple[str, ...]
    fuzzy: bool = False

    @property
    def place(self) -> str:
        """Where a person finds it."""
        return f"{self.file}: {self.path}"

    @property
    def is_worded(self) -> bool:
        """Tell whether somebody has put it into words."""
        return catalogs.are_worded(self.words, fuzzy=self.fuzzy)


@dataclass(frozen=True)
class Content:
    """A content folder: where the catalogs and the definitions are."""

    folder: Path

    @property
    def translations(self) -> Path:
        """The catalogs, and what is known about them."""
        return self.folder / "translations"

    @property
    def questionnaires(self) -> Path:
        """The definitions."""
        return self.folder / definitions.FOLDER

    def languages(self) -> list[str]:
        """Every language that has files, the source first."""
        found = {path.parent.parent.name for path in self.translations.glob("*/LC_MESSAGES/*.po")}
        tags = found | definitions.languages(self.questionnaires)
        return sorted(tags, key=lambda tag: (tag != SOURCE_LANGUAGE, tag != "en", tag))

    def domains(self, tag: str) -> list[str]:
        """The catalogs a language is held to: the public's, and staff's where there is one."""
        return [
            domain
            for domain in catalogs.DOMAINS
            if domain == "public" or catalogs.path_of(self.translations, tag, domain).is_file()
        ]

    def folders(self, tag: str) -> list[str]:
        """The folders of definitions a language is held to; where nothing may be translated, only what there is."""
        may = set(definitions.translatable(self.questionnaires))
        return [
            folder
            for folder in definitions.folders(self.questionnaires)
            if folder in may or (self.questionnaires / folder / f"{tag}.yaml").is_file()
        ]

    def catalog(self, tag: str, domain: str) -> catalogs.PoFile:
        """The catalog of a language; an empty one where nobody has begun."""
        path = catalogs.path_of(self.translations, tag, domain)
        if path.is_file():
            return catalogs.read_catalog(path)
        return catalogs.parse(catalogs.new_head(tag, domain, self.locale(tag)) + "\n")

    def locale(self, tag: str) -> Locale:
        """Whose plural forms a language has; raises DefinitionError where there is no such language."""
        if _TAG.fullmatch(tag):
            known, _unknown = read_languages(self.translations, [tag])
            if tag in known:
                return known[tag].locale
        raise DefinitionError(repr(tag), f"there is no such language; translations/{FILE} can say what it is")

    def excuses(self, tag: str) -> dict[str, Node]:
        """Why texts of the catalogs have other digits than the Swedish, by key."""
        path = self.translations / tag / EXCUSES
        return read(self.folder, path).entries() if path.is_file() else {}

    def excused(self, tag: str) -> set[str]:
        """Every text that may have other digits than the Swedish, by key; a definition says so in its own file."""
        named = {
            definitions.name(folder, path)
            for folder in definitions.folders(self.questionnaires)
            for path in definitions.excused(self.questionnaires, folder, tag)
        }
        return {*self.excuses(tag), *named}

    def texts(self, tag: str) -> dict[str, Text]:
        """Every text there is in a language; raises DefinitionError at a file that is broken."""
        return dict(self._texts(tag))

    def source(self, tag: str) -> dict[str, Text]:
        """Every Swedish text that a language is held to."""
        return dict(self._texts(SOURCE_LANGUAGE, set(self.domains(tag)), set(self.folders(tag))))

    def _texts(
        self, tag: str, domains: set[str] | None = None, folders: set[str] | None = None
    ) -> Iterator[tuple[str, Text]]:
        for domain in self.domains(tag):
            if domains is None or domain in domains:
                file = f"translations/{tag}/LC_MESSAGES/{domain}.po"
                for key, entry in self.catalog(tag, domain).entries.items():
                    yield key, Text(file, key, entry.words, entry.fuzzy)
        for folder in definitions.folders(self.questionnaires):
            if folders is None or folder in folders:
                for path, node in definitions.words(self.questionnaires, folder, tag).items():
                    text = Text(f"questionnaires/{folder}/{tag}.yaml", path, (str(node.value).strip(),))
                    yield definitions.name(folder, path), text


def digest(words: Sequence[str]) -> str:
    """A short fingerprint of a Swedish text, which says what a translation was made from."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:DIGEST]


def check_language(content: Content, tag: str) -> None:
    """Refuse a language nobody has begun."""
    if tag not in content.languages():
        raise DefinitionError(f"translations/{tag}", "there is no such language; begin one with `export`")


def digests(source: Mapping[str, Text]) -> dict[str, str]:
    """The fingerprint of every Swedish text by key."""
    return {key: digest(text.words) for key, text in source.items()}
