"""The index of possible matches: cases of one principal whose people can be reached in the same way."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, aliased

from intake.records.database import insert_into, rows_changed
from intake.records.joining_models import ContactDigest
from intake.records.models import Case

MOST = 40
"""No more matches are looked at: a number that more cases share belongs to a switchboard, not to a person."""

Digest = tuple[str, str]
"""A kind, `phone` or `email`, and the digest of such a value."""


def without_digests(session: Session, data_key: int, limit: int) -> Sequence[str]:
    """At most `limit` cases that are not yet in the index under the data key with this id."""
    return session.scalars(select(Case.id).where(Case.contact_key < data_key).limit(limit)).all()


def begin_indexing(session: Session, case_id: str, data_key: int) -> bool:
    """Note that the case is in the index under this data key; False when somebody else noted so first."""
    noted = update(Case).where(Case.id == case_id, Case.contact_key < data_key).values(contact_key=data_key)
    return rows_changed(session, noted) == 1


def replace_digests(session: Session, case: Case, digests: Collection[Digest]) -> None:
    """Let the case be found by exactly these."""
    rows_changed(session, delete(ContactDigest).where(ContactDigest.case_id == case.id))
    for kind, digest in sorted(digests):
        row = insert_into(session, ContactDigest).values(
            case_id=case.id, kind=kind, digest=digest, principal=case.principal
        )
        rows_changed(session, row.on_conflict_do_nothing())


def matches(session: Session, case_id: str, limit: int = MOST) -> Mapping[str, tuple[str, ...]]:
    """The cases of the same principal that can be reached like this one, each with what they share; at most `limit`.

    Whether the person who asks may see any of them is for the caller to find out.
    """
    mine, theirs = aliased(ContactDigest), aliased(ContactDigest)
    same = (theirs.digest == mine.digest) & (theirs.kind == mine.kind) & (theirs.principal == mine.principal)
    statement = (
        select(theirs.case_id, theirs.kind)
        .select_from(mine)
        .join(theirs, same)
        .where(mine.case_id == case_id, theirs.case_id != case_id)
        .limit(limit)
    )
    found: dict[str, tuple[str, ...]] = {}
    for other, kind in session.execute(statement):
        found[other] = tuple(sorted({*found.get(other, ()), kind}, reverse=True))
    return found


def id_of_reference(session: Session, reference: str) -> str | None:
    """The id of the case with this reference; whether it may be seen is for the caller to find out."""
    return session.scalar(select(Case.id).where(Case.reference == reference))
