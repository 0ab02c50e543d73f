"""The facts of past cases, without anything that rules do not ask for, where this installation can read them."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from intake.config import Settings
from intake.errors import SealError, SettingsError
from intake.ingest import open_keyring
from intake.records.box import Box, Encrypted
from intake.records.database import Database
from intake.records.queries.kept_answers import KeptAnswers, kept_answers
from intake.rules import Facts
from intake.staff import payload


@dataclass(frozen=True)
class Past:
    """A case by its reference: of what was said only the facts asked for. `facts` is None where it cannot be opened."""

    reference: str
    facts: Facts | None


@contextmanager
def past_cases(environ: Mapping[str, str], names: Collection[str]) -> Iterator[Iterator[Past]]:
    """The facts `names` of every case of this installation; raise SettingsError where it has no key to read them."""
    settings = Settings.read(environ)
    if settings.private_key is None:
        raise SettingsError("this process serves only the public form and holds no private key")
    database = Database(settings.database_url)
    try:
        with database.session() as session:
            yield _past(session, open_keyring(session, settings.private_key).box, frozenset(names))
    finally:
        database.close()


def _past(session: Session, box: Box, names: frozenset[str]) -> Iterator[Past]:
    for kept in kept_answers(session):
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
