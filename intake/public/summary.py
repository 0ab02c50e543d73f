"""What a person has answered, in the words they were asked: the page they check before they send."""

from collections.abc import Iterable
from dataclasses import dataclass

from intake.questionnaires.journey import Journey
from intake.questionnaires.model import Answers, Item, Page
from intake.questionnaires.tongues import NOTICE, Spoken


@dataclass(frozen=True)
class Row:
    """A question and its answer as lines of text, none where it was left; `step` is the page to change it on.

    `codes` are those of the chosen answers, one for each line; there are none where the person wrote the answer.
    """

    item: Item
    question: str
    answer: tuple[str, ...]
    codes: tuple[str, ...]
    step: int


@dataclass(frozen=True)
class Group:
    """The questions of one questionnaire.

    `tongue` is the language of its words, empty where it is that of the page. One that was not asked, for want of
    words, has no rows; `step` is then the page that says so.
    """

    title: str
    tongue: str
    rows: tuple[Row, ...]
    step: int


def groups(journey: Journey, spoken: Spoken) -> tuple[Group, ...]:
    """Every shown question by questionnaire, in the order they first come up."""
    by_source: dict[str, list[Page]] = {}
    for page in journey.pages:
        if page.items or page.presents == NOTICE:
            by_source.setdefault(page.source, []).append(page)
    return tuple(_group(pages, journey.answers, spoken) for pages in by_source.values())


def unasked(journey: Journey, spoken: Spoken) -> tuple[Group, ...]:
    """The questionnaires that were not asked, for want of words."""
    return tuple(group for group in groups(journey, spoken) if not group.rows)


def _group(pages: list[Page], answers: Answers, spoken: Spoken) -> Group:
    tongue = spoken.tongue(pages[0].source)
    return Group(
        title=pages[0].words[tongue].title,
        tongue=tongue if tongue != spoken.language else "",
        rows=tuple(_rows(pages, answers, tongue)),
        step=pages[0].step,
    )


def _rows(pages: list[Page], answers: Answers, language: str) -> Iterable[Row]:
    for page in pages:
        for item in page.items:
            yield _row(page, item, answers, language)


def _row(page: Page, item: Item, answers: Answers, language: str) -> Row:
    answer, words = answers.get(item.fact, ()), page.words[language]
    given = (answer,) if isinstance(answer, str) else answer
    codes = given if item.codes else ()
    said = tuple(words.option(item, code) for code in codes) or given
    return Row(item, words.items[item.name].text, said, codes, page.step)
