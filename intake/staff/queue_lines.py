"""A line of the queue: of what a person said only the summary is opened, and a row that stays shut hides no other."""

from dataclasses import dataclass

from flask import g

from intake.errors import SealError
from intake.questionnaires.model import Library
from intake.records.box import Box, Encrypted
from intake.records.models import Case
from intake.records.queries.mailbox import NOTHING, Post
from intake.records.queries.queue import QueueRow
from intake.staff.origin_reading import channel_of
from intake.staff.payload import Json, mapping, strings, text
from intake.staff.scores import ScoreReport, score_reports
from intake.staff.vocabulary import door_title, interpreter, short_option


@dataclass(frozen=True)
class Summary:
    """What the queue may show of a person, in words: nothing by which they could be called, named or found."""

    town: str
    age_group: str
    concerns: tuple[str, ...]
    interpreter: str
    scores: tuple[ScoreReport, ...]
    assisted: str


@dataclass(frozen=True)
class Line:
    """A case in the queue, and what lies in its mailbox; `summary` is None where it cannot be shown."""

    row: QueueRow
    door: str
    summary: Summary | None
    post: Post


def line_of(library: Library, box: Box, row: QueueRow, post: Post = NOTHING) -> Line:
    """The line of one case, in the language of the request."""
    return Line(row, door_title(library, row.door, g.language), summary_of(library, box, row), post)


def summary_of(library: Library, box: Box, row: QueueRow | Case) -> Summary | None:
    """What the queue may show of a person, in the language of the request; None if it cannot be opened."""
    try:
        said: Json = mapping(box.open(Encrypted.SUMMARY, row.id, row.summary))
    except (SealError, ValueError):
        return None
    wanted = text(said.get("interpreter"))
    return Summary(
        town=_words(library, "about.town", text(said.get("town"))),
        age_group=text(said.get("age_group")),
        concerns=tuple(_words(library, "concerns", code) for code in strings(said.get("concerns"))),
        interpreter=interpreter(library, wanted, g.language) if wanted else "",
        scores=score_reports(library, said.get("scores"), g.language),
        assisted=channel_of({"channel": said.get("assisted")}),
    )


def _words(library: Library, fact: str, code: str) -> str:
    return short_option(library, fact, code, g.language) if code else ""
