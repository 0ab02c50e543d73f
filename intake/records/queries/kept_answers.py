"""What people said in past requests, still encrypted, for trying changed rules: a few rows in memory at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.records.models import Case
from intake.records.third_party_models import ThirdParty

ROWS = 200


@dataclass(frozen=True)
class KeptAnswers:
    """A case by its id and reference. `answers` is ciphertext: `box.open(Encrypted.ANSWERS, kept.id, kept.answers)`.

    So is `apart`, what it tells about somebody else, for `Encrypted.THIRD_PARTY`; None where there is nothing.
    """

    id: str
    reference: str
    answers: bytes
    apart: bytes | None


def count_kept(session: Session) -> int:
    """How many cases there are."""
    return session.scalar(select(func.count()).select_from(Case)) or 0


def kept_answers(session: Session) -> Iterator[KeptAnswers]:
    """Every case there is, in the order of its index."""
    statement = (
        select(Case.id, Case.reference, Case.answers, ThirdParty.content)
        .outerjoin(ThirdParty, ThirdParty.case_id == Case.id)
        .order_by(Case.id)
    )
    rows = session.execute(statement, execution_options={"yield_per": ROWS})
    return (KeptAnswers(*row) for row in rows)
