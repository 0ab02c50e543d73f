"""Where a request came from, in words: the poster or referrer whose link it came through, and who filled it in."""

from dataclasses import dataclass

from intake.origin import CHANNELS
from intake.questionnaires.model import Library
from intake.staff.payload import Json, mapping, strings, text
from intake.staff.vocabulary import question

STANDINGS = ("current", "withdrawn", "unknown")
KINDS = ("poster", "referrer")


@dataclass(frozen=True)
class Source:
    """The link a request came through, as it was on that day; `prefilled` are the questions it answered.

    `kind` and `place` are empty where the link is not known.
    """

    standing: str
    kind: str
    place: str
    prefilled: tuple[str, ...]


def source_of(library: Library, kept: Json, language: str) -> Source | None:
    """The source as far as it has the shape of one; None for whoever came by themselves."""
    said = mapping(kept)
    standing, kind = text(said.get("standing")), text(said.get("kind"))
    if standing not in STANDINGS or (standing != "unknown" and kind not in KINDS):
        return None
    prefilled = tuple(question(library, fact, language) or fact for fact in strings(said.get("prefilled")))
    return Source(standing, kind, text(said.get("place")), prefilled)


def channel_of(kept: Json) -> str:
    """How staff say that they got the answers; empty where they do not."""
    claimed = text(mapping(kept).get("channel"))
    return claimed if claimed in CHANNELS else ""
