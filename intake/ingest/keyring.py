"""The keys of a process that may read: the private key, and the box it opens."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from intake.config import Settings
from intake.errors import SettingsError, WrongKey
from intake.records.box import Box
from intake.records.database import Database
from intake.records.queries import audit, installation
from intake.records.queries.installation import SealedKey
from intake.sealing.fields import FieldBox, new_data_key
from intake.sealing.seal import KeyContext, fingerprint, seal
from intake.sealing.unseal import check_pair, public_key_of, unseal

FIRST = 1


@dataclass(frozen=True)
class Keyring:
    """What opens the inbox, and what opens and closes the fields of cases. Prints nothing of either."""

    private_key: bytes = field(repr=False)
    box: Box = field(repr=False)


def prepare(database: Database, settings: Settings) -> Keyring:
    """The keyring of this installation, whose audit log is begun if it was not.

    Raises SettingsError if its keys do not fit together or do not fit its data.
    """
    if settings.private_key is None:
        raise SettingsError("a process that serves only the public form has no private key and cannot read anything")
    check_pair(settings.public_key, settings.private_key)
    with database.writing() as session:
        keyring = open_keyring(session, settings.private_key)
        audit.begin(session, keyring.box, settings.audit_key or b"")
        session.commit()
    return keyring


def open_keyring(session: Session, private_key: bytes) -> Keyring:
    """Open the data keys, after making the first one where there is none; raise SettingsError if they stay shut."""
    if not installation.data_keys(session):
        _make_first(session, private_key)
    try:
        keys = {key.id: unseal(private_key, key.sealed, KeyContext(key.id)) for key in installation.data_keys(session)}
    except WrongKey:
        raise SettingsError("the private key is not the one this database was encrypted for") from None
    return Keyring(private_key, Box(FieldBox(keys)))


def _make_first(session: Session, private_key: bytes) -> None:
    """Store a data key, unless another process does so at this moment: then that one counts."""
    public_key = public_key_of(private_key)
    sealed = seal(public_key, new_data_key(), KeyContext(FIRST))
    installation.add_data_key(session, SealedKey(FIRST, fingerprint(public_key), sealed))
