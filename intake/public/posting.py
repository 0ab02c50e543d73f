"""From what somebody wrote with their code to a sealed letter: one insert, and the public process cannot read it again.

The clinic gets all of it. The person's own mailbox gets what they may want to see again: their messages, and of
everything else only that it was sent.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from intake import clock
from intake.config import Settings
from intake.errors import SealError
from intake.public.bearer import Bearer, find
from intake.public.papers import MOST_UNREAD
from intake.records.queries import mailbox
from intake.records.queries.mailbox import Line, Posted
from intake.sealing.seal import LetterContext, read_public_key, seal

VERSION = 1
SHOWN = 50
"""The latest letters are shown; older ones are on the timeline of the case."""


@dataclass(frozen=True)
class Item:
    """What is to be sent: its kind, what it says, the nonce of its form, the language it was written in."""

    kind: str
    says: Mapping[str, Any]
    nonce: str
    language: str


@dataclass(frozen=True)
class Shown:
    """A letter as the bearer of the code reads it; `kind` is empty where it cannot be opened."""

    from_clinic: bool
    at: datetime
    kind: str
    text: str


def post(session: Session, settings: Settings, who: Bearer, item: Item) -> Posted:
    """Seal and store, once; withdrawn is what we say of a request that is gone. The caller commits."""
    found = find(session, who)
    if found is None:
        return Posted.WITHDRAWN
    letter = _sealed(settings, who, found.inbox_id, item)
    if item.kind == "withdrawal":
        return mailbox.withdraw(session, letter)
    return mailbox.post(session, letter, MOST_UNREAD[item.kind])


def letters(session: Session, who: Bearer, inbox_id: str) -> list[Shown]:
    """The letters both ways, oldest first, opened with the key that the visitor brought."""
    return [_shown(who, inbox_id, line) for line in mailbox.letters_of(session, inbox_id, SHOWN)]


def _sealed(settings: Settings, who: Bearer, inbox_id: str, item: Item) -> mailbox.FromPerson:
    letter_id = _id(inbox_id, item)
    head = {"v": VERSION, "kind": item.kind, "written": clock.now().isoformat(timespec="seconds")}
    whole = {**head, "language": item.language, **item.says}
    own = whole if item.kind == "message" else head
    algorithm, _key = read_public_key(settings.public_key)
    return mailbox.FromPerson(
        id=letter_id,
        inbox_id=inbox_id,
        sealed=seal(settings.public_key, _encoded(whole), LetterContext(letter_id, inbox_id, "clinic")),
        for_person=seal(who.mailbox.public(algorithm), _encoded(own), LetterContext(letter_id, inbox_id, "person")),
    )


def _id(inbox_id: str, item: Item) -> str:
    """The same for the same words from the same form: pressing Send twice sends once, changed words are a new letter.

    The nonce is chance and kept nowhere, so the id says nothing about the words.
    """
    return hashlib.sha256(_encoded([inbox_id, item.nonce, item.kind, item.says])).hexdigest()[:32]


def _encoded(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _shown(who: Bearer, inbox_id: str, line: Line) -> Shown:
    from_clinic = line.sender == "clinic"
    try:
        said = json.loads(who.mailbox.open(line.for_person or b"", LetterContext(line.id, inbox_id, "person")))
        return Shown(from_clinic, datetime.fromisoformat(said["written"]), said["kind"], said.get("text", ""))
    except (KeyError, SealError, ValueError):
        return Shown(from_clinic, line.written_hour, "", "")
