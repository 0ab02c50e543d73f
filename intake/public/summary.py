"""What a person has answered, in the words they were asked: the page they check before they send."""

from collections.abc import Iterable
from dataclasses import dataclass

from intake.questionnaires.journey import Journey
from intake.questionnaires.model import Answers, Item, Page


@dataclass(frozen=True)
class Row:
    """A question and its answer as lines of text, none where it was left; `step` is the page to change it on."""

    question: str
    answer: tuple[str, ...]
    step: int


@dataclass(frozen=True)
class Group:
    """The questions of one questionnaire."""

    title: str
    rows: tuple[Row, ...]


def groups(journey: Journey, language: str) -> tuple[Group, ...]:
    """Every shown question by questionnaire, in the order they first come up."""
    by_source: dict[str, list[Page]] = {}
    for page in journey.pages:
        if page.items:
            by_source.setdefault(page.source, []).append(page)
    return tuple(
        Group(pages[0].words[language].title, tuple(_rows(pages, journey.answers, language)))
        for pages in by_source.values()
    )


def _rows(pages: list[Page], answers: Answers, language: str) -> Iterable[Row]:
    for page in pages:
        for item in page.items:
            yield Row(page.words[language].items[item.name].text, _told(item, page, answers, language), page.step)


def _told(item: Item, page: Page, answers: Answers, language: str) -> tuple[str, ...]:
    answer = answers.get(item.fact, ())
    given = (answer,) if isinstance(answer, str) else answer
    return tuple(page.words[language].option(item, code) for code in given) if item.codes else given
