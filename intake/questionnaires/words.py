"""The words of a questionnaire in a language, apart from its structure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

SOURCE_LANGUAGE = "sv"
"""The language all others are translated from; its words are always there."""


class Choice(Protocol):
    """A question that takes its answers from a named set."""

    @property
    def options(self) -> str:
        """The name of the set."""
        ...


@dataclass(frozen=True)
class ItemWords:
    """A question in one language; `hint` is empty where there is none, the list holds extra lines that belong to it."""

    text: str
    hint: str = ""
    list_heading: str = ""
    list_entries: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageWords:
    """The words of a page beyond its questions: a heading and paragraphs of plain text."""

    heading: str
    text: str = ""


@dataclass(frozen=True)
class BandWords:
    """A band in one language: the short label staff see and the sentence the person reads."""

    label: str
    text: str = ""


Status: TypeAlias = Literal["official", "validated", "unofficial", "own"]


@dataclass(frozen=True)
class Words:
    """A questionnaire in one language. `status` is `own` for our own questions, else where the wording comes from.

    `stem` belongs to every question ("The last 12 months …"), `scores` names the subscores, `digest` the exact words.
    """

    language: str
    title: str
    status: Status
    source: str
    wording_checked: bool
    intro: str
    stem: str
    items: Mapping[str, ItemWords]
    options: Mapping[str, Mapping[str, str]]
    pages: Mapping[str, PageWords]
    bands: Mapping[str, Mapping[str, BandWords]]
    scores: Mapping[str, str]
    digest: str = ""

    def option(self, item: Choice, code: str) -> str:
        """The words of one answer."""
        return self.options[item.options][code]


@dataclass(frozen=True)
class Worded:
    """The words of a folder by language; `refused` says what is wrong with the file of each language left out."""

    words: Mapping[str, Words] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
