"""One entry of the audit log: who did what, in which capacity, about which case, and how it ended. Never content.

What an entry may hold is checked when it is made: ids are ids, everything else is a code. Names, notes, scores and
addresses have no column, and a text with a space or a letter beyond A to Z is no code.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from intake.audit.vocabulary import Result

CODE = re.compile(r"[A-Za-z0-9_.:=-]{1,80}")
ID = re.compile(r"[0-9a-f]{32}")
MOST_CODES = 12
MOST_SHOWN = 1000
SHORT = 12
"""Of each case that a list showed an entry keeps so many digits of its id: enough that two never meet."""


@dataclass(frozen=True)
class Entry:
    """What is noted about one act.

    `actor` is the id of a user, or one of vocabulary.NOT_PEOPLE; `role` and `units` are those the person acted in.
    `codes` say what was asked for: a move with its choice, a filter with its value. A list notes how many `rows` it
    had and the ids of the cases it `shown`. Raises ValueError for anything that is neither an id nor a code.
    """

    action: str
    actor: str
    result: Result = Result.DONE
    role: str = ""
    units: tuple[str, ...] = ()
    case_id: str | None = None
    codes: tuple[str, ...] = ()
    rows: int | None = None
    shown: tuple[str, ...] = ()
    request_id: str = ""

    def __post_init__(self) -> None:
        words = (self.action, self.actor, *self.units, *self.codes, *filter(None, (self.role, self.request_id)))
        ids = (*self.shown, *filter(None, (self.case_id,)))
        if not all(map(CODE.fullmatch, words)) or not all(map(ID.fullmatch, ids)):
            raise ValueError("an entry of the audit log holds ids and codes, and nothing else")
        if len(self.codes) > MOST_CODES or len(self.shown) > MOST_SHOWN:
            raise ValueError(f"at most {MOST_CODES} codes and {MOST_SHOWN} cases go into one entry of the audit log")


class Row(NamedTuple):
    """An entry as it is kept, in the order of its columns; `day` is the number of the day key that sealed it."""

    seq: int
    day: int
    at: datetime
    actor: str
    role: str
    units: str
    action: str
    case_id: str | None
    codes: str
    rows: int | None
    shown: str
    result: str
    request_id: str
    mac: str

    def content(self) -> bytes:
        """All that is sealed of the row, as JSON that can be written in only one way; the seal itself is not."""
        said = ["intake-audit-v1", self.seq, self.day, self.at.isoformat(timespec="microseconds"), *self[3:-1]]
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def row_of(entry: Entry, seq: int, day: int, at: datetime) -> Row:
    """The entry as the row `seq`, not sealed yet."""
    return Row(
        seq=seq,
        day=day,
        at=at,
        actor=entry.actor,
        role=entry.role,
        units=" ".join(entry.units),
        action=entry.action,
        case_id=entry.case_id,
        codes=" ".join(entry.codes),
        rows=entry.rows,
        shown=" ".join(case[:SHORT] for case in entry.shown),
        result=entry.result,
        request_id=entry.request_id,
        mac="",
    )
