"""Reading what was unsealed with suspicion: ingest has checked it, but one poisoned row must never hide the others."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from intake.questionnaires.model import Answer, Answers
from intake.rules import Facts

Json: TypeAlias = Any
"""Whatever JSON can say; nothing is known of it."""

LONGEST_TEXT = 4000
"""Characters shown of any one text. The form takes at most 1,000; more means that something else wrote it."""


def answers(json: Json) -> Answers:
    """Every answer that has the shape of one, by fact."""
    found = {fact: _answer(value) for fact, value in mapping(json).items()}
    return {fact: answer for fact, answer in found.items() if answer}


def facts(json: Json) -> Facts:
    """Every fact that has the shape of one, by name."""
    return {
        name: frozenset(strings(value)) if isinstance(value, list) else value
        for name, value in mapping(json).items()
        if isinstance(value, str | int | list)
    }


def mapping(json: Json) -> Mapping[str, Json]:
    """`json` if it is an object, else an empty one."""
    return json if isinstance(json, dict) else {}


def sequence(json: Json) -> tuple[Json, ...]:
    """The entries of `json` if it is a list, else none."""
    return tuple(json) if isinstance(json, list) else ()


def strings(json: Json) -> tuple[str, ...]:
    """The texts in `json` if it is a list, else none."""
    return tuple(text(each) for each in sequence(json) if isinstance(each, str))


def text(json: Json) -> str:
    """`json` if it is a text, no longer than can be shown; else nothing."""
    return json[:LONGEST_TEXT] if isinstance(json, str) else ""


def number(json: Json) -> int | None:
    """`json` if it is a whole number, else None; true and false are not numbers."""
    return json if isinstance(json, int) and not isinstance(json, bool) else None


def _answer(json: Json) -> Answer:
    return text(json) if isinstance(json, str) else strings(json)
