"""What a questionnaire is once it has been read and found right. Nothing here changes after start-up."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, TypeAlias

from intake.questionnaires.scheme import Scheme, Score
from intake.questionnaires.words import PageWords, Worded, Words
from intake.rules import Condition, Fact

ItemKind: TypeAlias = Literal["choice", "choices", "number", "text", "lines", "phone", "email"]
Subject: TypeAlias = Literal["oneself", "third_party"]
Respondent: TypeAlias = Literal["for_oneself", "for_another"]
Answer: TypeAlias = str | tuple[str, ...]
Answers: TypeAlias = Mapping[str, Answer]


@dataclass(frozen=True)
class Item:
    """One question. `fact` is its full name and its field name in a form; `codes` are the only answers a choice takes.

    `scores` gives each code its number (instruments only). A code in `unknown` answers the question but leaves the
    fact unknown; a code in `exclusive` cannot stand beside another; where `none_is_an_answer`, choosing nothing is one.
    `minimum` and `maximum` bound a number, and `max_length` counts characters. A `shared` fact is asked on several
    pages with other answers to choose from, of which a person sees one.
    """

    name: str
    fact: str
    kind: ItemKind
    options: str = ""
    codes: tuple[str, ...] = ()
    scores: Mapping[str, int] = field(default_factory=dict)
    required: bool = False
    required_if: Condition | None = None
    unknown: frozenset[str] = frozenset()
    exclusive: frozenset[str] = frozenset()
    none_is_an_answer: bool = False
    minimum: int = 0
    maximum: int = 0
    max_length: int = 0
    autocomplete: str = "off"
    picture: str = ""
    loinc: str = ""
    shared: bool = False

    @property
    def scored(self) -> bool:
        """Tell whether the answer is a number that counts."""
        return bool(self.scores)

    @property
    def known_as(self) -> Fact:
        """The fact this item makes."""
        if self.kind == "number" or self.scored:
            return Fact("number", name=self.fact)
        codes = frozenset(self.codes) - self.unknown
        return Fact("set" if self.kind == "choices" else "text", codes, self.fact)


@dataclass(frozen=True)
class Page:
    """What is asked at once.

    `source` is the questionnaire it comes from and `worded` that questionnaire's words by language; `step` is its
    place among all pages of its door, from 1. Where it `ends` the form, no page comes after it and nothing can be
    sent. `about` tells whom its answers are about. What is said on a `clinical` page, clinicians alone read.
    """

    id: str
    items: tuple[Item, ...]
    show_if: Condition | None
    skip_if: Condition | None
    presents: str
    source: str
    worded: Worded
    step: int = 0
    ends: bool = False
    about: Subject = "oneself"
    clinical: bool = False

    @property
    def words(self) -> Mapping[str, Words]:
        """The words of its questionnaire by language."""
        return self.worded.words

    @property
    def name(self) -> str:
        """The page's name within a door: unique, stable, never shown."""
        return f"{self.source}.{self.id}"

    @property
    def skippable(self) -> bool:
        """Tell whether the page has questions and every one may be left unanswered."""
        insists = (item.required or item.required_if or item.none_is_an_answer for item in self.items)
        return bool(self.items) and not any(insists)

    def own_words(self, language: str) -> PageWords | None:
        """The page's own heading and text in a language, where it has any."""
        return self.words[language].pages.get(self.id)


@dataclass(frozen=True)
class Instrument:
    """An instrument: published questions with their sums, their bands and where all of it comes from.

    `recall` is the period it asks about (ISO 8601), `minimum_age` is in years, `given` names what its bands ask about
    a person, `codes` its identity in code systems. Where it is `official_only`, nobody may translate it, so a language
    without it is whole all the same. `spoken` are the languages it may be asked in.
    """

    id: str
    version: str
    digest: str
    worded: Worded
    spoken: tuple[str, ...]
    pages: tuple[Page, ...]
    scores: Mapping[str, Score]
    schemes: Mapping[str, Scheme]
    given: tuple[str, ...]
    minimum_age: int
    recall: str
    source: str
    licence: str
    attribution: str
    may_modify: bool
    official_only: bool
    codes: Mapping[str, str]

    @property
    def words(self) -> Mapping[str, Words]:
        """Its words by language."""
        return self.worded.words

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item in the order of the form."""
        return tuple(item for page in self.pages for item in page.items)


@dataclass(frozen=True)
class Door:
    """A way in: all its pages in order, whoever they are borrowed from, and the instruments among them.

    `definitions` gives the digest of every folder it is made of. Where `send_if` does not hold at the end there is
    nothing to send. `worded` are the door's own words. `answers` tells whether people answer for themselves here:
    whoever answers for another is asked what they have seen, never an instrument.
    """

    id: str
    digest: str
    worded: Worded
    pages: tuple[Page, ...]
    instruments: tuple[Instrument, ...]
    definitions: Mapping[str, str]
    send_if: Condition | None = None
    answers: Respondent = "for_oneself"

    @property
    def words(self) -> Mapping[str, Words]:
        """The door's own words by language."""
        return self.worded.words

    def wordings(self, language: str, tongues: Mapping[str, str]) -> Mapping[str, str]:
        """The digest of the exact words, by folder, that somebody reads who comes through in `language`.

        `tongues` names the folders that were put to them in another one.
        """
        read = {page.source: page.words.get(tongues.get(page.source, language)) for page in self.pages}
        asked = {source: words.digest for source, words in read.items() if words is not None}
        return {self.id: self.words[language].digest, **asked}

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by its fact name; a shared one with every answer of any of its pages."""
        found: dict[str, Item] = {}
        for item in (item for page in self.pages for item in page.items):
            codes = (*found[item.fact].codes, *item.codes) if item.fact in found else item.codes
            found[item.fact] = replace(item, codes=tuple(dict.fromkeys(codes)))
        return found

    @cached_property
    def about_third_party(self) -> frozenset[str]:
        """The names of the facts that are about somebody else than whoever answers."""
        return frozenset(item.fact for page in self.pages if page.about == "third_party" for item in page.items)


@dataclass(frozen=True)
class Library:
    """Everything the content folder defines; `languages` are those in which all of it has words that has to."""

    instruments: Mapping[str, Instrument]
    doors: Mapping[str, Door]
    languages: tuple[str, ...]
