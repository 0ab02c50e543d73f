"""What a person said, in the order of the form: the question as they met it, and what they answered.

The words come from the definitions of today. Where these have changed since, the passage says so; an answer that no
question of today explains is shown as it was sent, at the end. Nothing is ever left out but what is not for whoever
reads: of that neither question nor answer is told.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from intake.questionnaires.journey import walk
from intake.questionnaires.model import Answer, Answers, Door, Item, Library, Page, Subject
from intake.rules import Facts
from intake.staff.purpose import Reads

STAFF_LANGUAGE = "sv"
FREE = ("text", "lines", "phone", "email")


@dataclass(frozen=True)
class Statement:
    """A question and its answer in one language; `answers` is empty where the question was passed over."""

    language: str
    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Passage:
    """One question answered. `original` is the same in the person's language; `free` marks their own words."""

    fact: str
    statement: Statement
    original: Statement | None
    free: bool


@dataclass(frozen=True)
class Section:
    """Consecutive questions from one folder, with what it says above them; `changed` since they were answered.

    `about` tells whether it is about whoever wrote, or somebody else as they told it.
    """

    heading: str
    stem: str
    changed: bool
    passages: tuple[Passage, ...]
    about: Subject = "oneself"


@dataclass(frozen=True)
class Submitted:
    """What there is to tell: door, language, answers, facts, the digests of that day's definitions and words.

    `apart` names the facts that were kept apart because they are about somebody else. `tongues` are the languages of
    instruments by id, and `untranslated` those that were not asked because they had no words in the person's language.
    """

    door: str
    language: str
    answers: Answers
    facts: Facts
    definitions: Mapping[str, str]
    wordings: Mapping[str, str]
    apart: Collection[str] = ()
    tongues: Mapping[str, str] = field(default_factory=dict)
    untranslated: Collection[str] = ()

    def tongue(self, source: str) -> str:
        """The language in which the questions of a folder were read."""
        return self.tongues.get(source, self.language)


def transcript(library: Library, said: Submitted, reads: Reads) -> tuple[Section, ...]:
    """The sections of what was said, as far as somebody `reads` it.

    The last ones hold answers that today's questions do not explain.
    """
    door = library.doors.get(said.door)
    sections = tuple(_sections(door, said, reads)) if door else ()
    told = {passage.fact for section in sections for passage in section.passages}
    rest = [fact for fact in said.answers if fact not in told and reads(fact)]
    own, apart = [fact for fact in rest if fact not in said.apart], [fact for fact in rest if fact in said.apart]
    return (*sections, *_unexplained(own, said, "oneself"), *_unexplained(apart, said, "third_party"))


def sections_about(subject: Subject, sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections about `subject`; neighbours that only stood apart because of others between them are one."""
    found: list[Section] = []
    for section in (each for each in sections if each.about == subject):
        goes_on = bool(found) and replace(section, passages=found[-1].passages) == found[-1]
        before = found.pop().passages if goes_on else ()
        found.append(replace(section, passages=before + section.passages))
    return tuple(found)


def _sections(door: Door, said: Submitted, reads: Reads) -> Iterator[Section]:
    """The walk is the person's own, whoever reads: a question that nobody here may read can have led to another."""
    given = {name: value for name, value in said.facts.items() if name not in door.items}
    asked = [page for page in door.pages if page.source not in said.untranslated]
    walked = walk(asked, said.answers, (), given).pages
    pages = [page for page in walked if any(reads(item.fact) for item in page.items)]
    start = 0
    for place, page in enumerate(pages):
        if place + 1 == len(pages) or _folder(pages[place + 1], said) != _folder(page, said):
            yield _section(door, pages[start : place + 1], said, reads)
            start = place + 1


def _section(door: Door, pages: list[Page], said: Submitted, reads: Reads) -> Section:
    source, words = pages[0].source, pages[0].words[STAFF_LANGUAGE]
    changed = said.definitions.get(source) != door.definitions.get(source) or _reworded(pages[0], said)
    passages = tuple(_passage(page, item, said) for page in pages for item in page.items if reads(item.fact))
    return Section(words.title, words.stem, changed, passages, _about(pages[0], said))


def _folder(page: Page, said: Submitted) -> tuple[str, Subject]:
    return page.source, _about(page, said)


def _about(page: Page, said: Submitted) -> Subject:
    """Whom a page is about: by its definition, or because what it asks for was kept apart when it was answered."""
    kept_apart = any(item.fact in said.apart for item in page.items)
    return "third_party" if kept_apart else page.about


def _reworded(page: Page, said: Submitted) -> bool:
    """Tell whether the words in the person's language are others than the ones they read; an old request tells none."""
    words = page.words.get(said.tongue(page.source))
    return words is None or said.wordings.get(page.source, words.digest) != words.digest


def _passage(page: Page, item: Item, said: Submitted) -> Passage:
    answer = said.answers.get(item.fact, ())
    statement = _statement(page, item, answer, STAFF_LANGUAGE)
    tongue = said.tongue(page.source)
    theirs = tongue if tongue in page.words else STAFF_LANGUAGE
    original = _statement(page, item, answer, theirs) if theirs != STAFF_LANGUAGE else None
    return Passage(item.fact, statement, original, free=item.kind in FREE)


def _statement(page: Page, item: Item, answer: Answer, language: str) -> Statement:
    words = page.words[language]
    codes = (answer,) if isinstance(answer, str) else answer
    options = words.options.get(item.options, {})
    return Statement(language, words.items[item.name].text, tuple(options.get(code, code) for code in codes))


def _unexplained(facts: list[str], said: Submitted, about: Subject) -> Iterator[Section]:
    passages = tuple(_bare(fact, said.answers[fact]) for fact in facts)
    if passages:
        yield Section("", "", changed=True, passages=passages, about=about)


def _bare(fact: str, answer: Answer) -> Passage:
    answers = (answer,) if isinstance(answer, str) else answer
    return Passage(fact, Statement("", fact, answers), original=None, free=True)
