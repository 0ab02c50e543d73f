"""Letters to and from a person who has only their receipt code: read here, written here, mailed nowhere.

What is written to them is sealed to the mailbox of their code; staff keep a copy under the clinic's own key.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from intake import clock
from intake.errors import NotAllowedNow, SealError, SettingsError
from intake.records.box import Box, Encrypted
from intake.records.ids import new_id
from intake.records.models import Case
from intake.records.queries import cases, mailbox
from intake.records.queries.cases import Desk
from intake.records.queries.mailbox import Line, Posted
from intake.sealing.seal import LetterContext, seal
from intake.staff import payload
from intake.staff.account import Account

SHOWN = 50
MOST_POINTED_OUT = 50
"""Closed cases with unread letters that the queue looks at; more than that is a clinic that reads no letters at all."""


@dataclass(frozen=True)
class Written:
    """A letter as it was sent from the case's page: its text, its form's nonce, the last letter seen there."""

    text: str
    nonce: str
    seen: int


@dataclass(frozen=True)
class Letter:
    """A letter on the case's page; `kind` is empty where it cannot be read, or not yet."""

    line: Line
    at: datetime
    kind: str
    text: str
    language: str


@dataclass(frozen=True)
class Mailbox:
    """What the case's page shows: the latest letters, how many are unread, whether anybody would read an answer."""

    letters: tuple[Letter, ...]
    post: mailbox.Post
    open: bool
    nonce: str

    @property
    def last(self) -> int:
        """The number of the latest letter shown."""
        return self.letters[-1].line.number if self.letters else 0


def mailbox_of(records: Session, box: Box, case: Case) -> Mailbox:
    """The mailbox of a case, with what can be opened of it."""
    lines = mailbox.letters_of(records, case.inbox_id, SHOWN)
    post = mailbox.posts(records, [case.id]).get(case.id, mailbox.NOTHING)
    reachable = _key(box, case) is not None and not post.withdrawn
    return Mailbox(tuple(_letter(box, line) for line in lines), post, reachable, new_id())


def write(records: Session, box: Box, actor: Account, case: Case, written: Written) -> None:
    """Write to the person, once for each nonce and text; what stood on the page counts as read.

    Raise NotAllowedNow where nobody would read it: the person withdrew, or their request has no mailbox.
    """
    key = _key(box, case)
    if key is None:
        raise NotAllowedNow("the request came without a mailbox")
    posted = mailbox.answer(records, _sealed(box, key, actor, case, written))
    if posted is Posted.WITHDRAWN:
        raise NotAllowedNow("the person withdrew")
    if posted is Posted.STORED:
        cases.add_event(records, box, case.id, cases.Event("clinic_wrote", actor.id))
    mailbox.mark_read(records, case.inbox_id, written.seen)


def read_up_to(records: Session, box: Box, actor: Account, case: Case, number: int) -> None:
    """Let the letters up to `number` be read, and let the timeline say who read them."""
    if mailbox.mark_read(records, case.inbox_id, number):
        cases.add_event(records, box, case.id, cases.Event("letters_read", actor.id))


def closed_and_unread(records: Session, desk: Desk) -> list[Case]:
    """Closed cases at a desk whose person wrote again: the queue of open cases would not show them."""
    found = (cases.case_at(records, id_, desk) for id_ in mailbox.wrote_after_closing(records, MOST_POINTED_OUT))
    return [case for case in found if case is not None]


def _key(box: Box, case: Case) -> bytes | None:
    """What letters to this person are sealed with; older requests came without."""
    try:
        said = payload.mapping(box.open(Encrypted.ANSWERS, case.id, case.answers))
        return base64.b64decode(payload.text(said.get("mailbox")), validate=True) or None
    except (SealError, ValueError, binascii.Error):
        return None


def _sealed(box: Box, key: bytes, actor: Account, case: Case, written: Written) -> mailbox.FromClinic:
    said = {"v": 1, "kind": "message", "written": clock.now().isoformat(timespec="seconds"), "text": written.text}
    unique = json.dumps([case.inbox_id, "clinic", written.nonce, written.text])
    letter_id = hashlib.sha256(unique.encode()).hexdigest()[:32]
    try:
        for_person = seal(key, json.dumps(said).encode(), LetterContext(letter_id, case.inbox_id, "person"))
    except SettingsError:
        raise NotAllowedNow("the mailbox has no key that can be sealed to") from None
    content = box.close(Encrypted.LETTER, letter_id, said)
    return mailbox.FromClinic(letter_id, case.inbox_id, actor.id, content, for_person)


def _letter(box: Box, line: Line) -> Letter:
    try:
        said = payload.mapping(box.open(Encrypted.LETTER, line.id, line.content or b""))
        at = datetime.fromisoformat(payload.text(said.get("written")))
    except (SealError, ValueError):
        return Letter(line, line.written_hour, "", "", "")
    return Letter(
        line, at, payload.text(said.get("kind")), payload.text(said.get("text")), payload.text(said.get("language"))
    )
