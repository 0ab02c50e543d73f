"""A line of the audit log as templates show it: what only the records know is in words, codes are left to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import g

from intake.audit.entry import Row
from intake.audit.vocabulary import Action
from intake.records.queries.audit_search import Found
from intake.staff.vocabulary import door_title
from intake.web import parts

WORDS = "words"
SHORT_ID = 8


@dataclass(frozen=True)
class AuditLine:
    """An entry as it is shown; `who` and `reference` are empty where there is no such name here.

    `asked` are the codes of the entry as (name, value); what is in words already goes by the name `words`.
    """

    row: Row
    who: str
    reference: str
    units: tuple[str, ...]
    asked: tuple[tuple[str, str], ...]


def line_of(found: Found, people: Mapping[str, str]) -> AuditLine:
    """The line of one entry; `people` are the names of all users by their id."""
    row = found.row
    return AuditLine(
        row=row,
        who=found.name or "",
        reference=found.reference or (row.case_id or "")[:SHORT_ID],
        units=tuple(unit_name(unit) for unit in row.units.split()),
        asked=tuple(_asked(row, people)),
    )


def unit_name(unit: str) -> str:
    """What a unit is called."""
    known = parts().directory.units.get(unit)
    return known.name if known else unit


def _asked(row: Row, people: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    codes = row.codes.split()
    if row.action == Action.MOVE and codes:
        yield "move", codes[0]
        yield from (("choice", f"{codes[0]}.{choice}") for choice in codes[1:])
        return
    for code in codes:
        name, _equals, value = code.partition("=")
        yield _in_words(name, value, people)


def _in_words(name: str, value: str, people: Mapping[str, str]) -> tuple[str, str]:
    if name in ("user", "person") and value in people:
        return WORDS, people[value]
    if name == "unit":
        return WORDS, unit_name(value)
    if name == "principal":
        return WORDS, parts().directory.principals.get(value, value)
    if name == "door":
        return WORDS, door_title(parts().library, value, g.language)
    return name, value
