"""What a person sealed by their receipt code, read with suspicion like everything from the public side.

Pure: bytes in, values out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias, get_args

from intake.ingest.payload import EARLIEST, PayloadError

VERSION = 1
LARGEST = 64 * 1024
LONGEST_TEXT = 4000
MOST_ANSWERS = 50

Kind: TypeAlias = Literal["message", "contact", "consent", "withdrawal"]
Answers: TypeAlias = Mapping[str, str | list[str]]

OWN = ("contact.", "safety.")
AT_WORK = ("referrer.",)
CHANGEABLE = (*OWN, *AT_WORK)
"""How the names of those facts begin that a letter may change: of whoever writes for themselves, and at work."""


@dataclass(frozen=True)
class Said:
    """A letter: what kind, when it was written, and all of it as it was sealed.

    `answers` are the person's new contact answers, `receivers` those they take their consent back from.
    """

    kind: Kind
    written: datetime
    whole: Mapping[str, Any]
    answers: Answers
    receivers: tuple[str, ...]


def read_letter(content: bytes) -> Said:
    """Read a letter; raise PayloadError, which holds nothing of it, unless it is one in every respect."""
    try:
        if len(content) > LARGEST:
            raise PayloadError("too large")
        return _said(json.loads(content))
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        raise PayloadError("not a letter") from None


def _said(said: Mapping[str, Any]) -> Said:
    written = datetime.fromisoformat(said["written"])
    if said["v"] != VERSION or said["kind"] not in get_args(Kind) or written < EARLIEST:
        raise PayloadError("not a letter of this version")
    kind: Kind = said["kind"]
    kept: dict[str, Any] = {"v": VERSION, "kind": kind, "written": said["written"], "language": _text(said["language"])}
    if kind == "message":
        kept["text"] = _text(said["text"])
    return Said(
        kind,
        written,
        kept,
        answers=_answers(said["answers"]) if kind == "contact" else {},
        receivers=tuple(_texts(said["receivers"])) if kind == "consent" else (),
    )


def _answers(answers: Mapping[str, object]) -> Answers:
    if len(answers) > MOST_ANSWERS or not all(fact.startswith(CHANGEABLE) for fact in answers):
        raise PayloadError("not about contact")
    return {_text(fact): _texts(value) if isinstance(value, list) else _text(value) for fact, value in answers.items()}


def _texts(values: object) -> list[str]:
    if not isinstance(values, list) or not 0 < len(values) <= MOST_ANSWERS:
        raise PayloadError("not a list of codes")
    return [_text(value) for value in values]


def _text(value: object) -> str:
    """A text that is one, no longer than any field takes."""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise PayloadError("not a text")
    value.encode()
    return value
