"""Whoever brings a receipt code: where their request is found, and the mailbox that the code opens."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from intake import clock
from intake.records.queries.receipts import Standing, standing
from intake.sealing.mailbox import Mailbox
from intake.submission import lookup_id, mailbox_of, read_code

ANSWERS_FOR = timedelta(days=90)
"""How long a code still answers after its case was closed: time to read the last letter, and to ask why."""

NO_CODE = "-"
"""Looked for in place of what cannot be a code, so that it takes the same work."""


@dataclass(frozen=True)
class Bearer:
    """What a code gives; of the code itself nothing is kept."""

    lookup: str
    mailbox: Mailbox


def bearer(written: str, pepper: bytes) -> Bearer:
    """The bearer of a code as somebody wrote it, or of a code that opens nothing."""
    code = read_code(written) or NO_CODE
    return Bearer(lookup_id(code, pepper), mailbox_of(code, pepper))


def find(session: Session, who: Bearer) -> Standing | None:
    """Their request; None, by the same single statement, for codes that are wrong, expired or withdrawn."""
    return standing(session, who.lookup, closed_before=clock.now() - ANSWERS_FOR)
