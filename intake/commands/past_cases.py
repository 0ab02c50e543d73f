"""The facts of past cases, without anything that rules do not ask for, where this installation can read them.

Whoever reads them is in the audit log before the first is opened; where the log cannot be written, none is.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from intake.audit.entry import Entry
from intake.audit.vocabulary import COMMAND, Action
from intake.config import Settings
from intake.errors import NotRecorded, SealError, SettingsError
from intake.ingest import prepare
from intake.records.box import Box, Encrypted
from intake.records.database import Database
from intake.records.queries import audit
from intake.records.queries.kept_answers import KeptAnswers, count_kept, kept_answers
from intake.rules import Facts
from intake.staff import payload


@dataclass(frozen=True)
class Past:
    """A case by its reference: of what was said only the facts asked for. `facts` is None where it cannot be opened."""

    reference: str
    facts: Facts | None


@contextmanager
def past_cases(environ: Mapping[str, str], names: Collection[str]) -> Iterator[Iterator[Past]]:
    """The facts `names` of every case of this installation, once the audit log says that they are read.

    Raise SettingsError if this installation has no key to read them, NotRecorded if its audit log cannot be written.
    """
    settings = Settings.read(environ)
    if settings.private_key is None:
        raise SettingsError("this process serves only the public form and holds no private key")
    database = Database(settings.database_url)
    try:
        box = prepare(database, settings).box
        noted = _note(database, box)
        with database.session() as session:
            yield _past(session, box, frozenset(names), noted)
    finally:
        database.close()


def _note(database: Database, box: Box) -> int:
    """Tell the audit log how many cases are read now, and return that number."""
    try:
        with database.writing() as records, records.begin():
            rows = count_kept(records)
            audit.note(records, box, Entry(Action.REPLAY, COMMAND, rows=rows))
    except (SQLAlchemyError, SealError, SettingsError) as error:
        reason = type(error).__name__
        raise NotRecorded(f"the audit log could not be written ({reason}), so no past case is opened") from error
    return rows


def _past(session: Session, box: Box, names: frozenset[str], most: int) -> Iterator[Past]:
    """No more than were noted, even if people write meanwhile."""
    for kept in islice(kept_answers(session), most):
        yield Past(kept.reference, _facts(box, kept, names))


def _facts(box: Box, kept: KeptAnswers, names: frozenset[str]) -> Facts | None:
    """What was said by whoever wrote and, as long as it is kept, about somebody else."""
    try:
        whole = payload.mapping(box.open(Encrypted.ANSWERS, kept.id, kept.answers))
        apart = payload.mapping(box.open(Encrypted.THIRD_PARTY, kept.id, kept.apart)) if kept.apart else {}
    except (SealError, ValueError):
        return None
    told = {**payload.facts(whole.get("facts")), **payload.facts(apart.get("facts"))}
    return {name: value for name, value in told.items() if name in names}
