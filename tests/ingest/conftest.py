import pytest

from intake.ingest import Keyring, open_keyring
from intake.records.database import Database
from intake.records.queries import audit
from intake.sealing.unseal import generate_keypair, public_key_of

AUDITOR = generate_keypair()[0]


@pytest.fixture
def keyring(database: Database) -> Keyring:
    with database.writing() as session:
        keyring = open_keyring(session, generate_keypair()[1])
        audit.begin(session, keyring.box, AUDITOR)
        session.commit()
    return keyring


@pytest.fixture
def auditor_key() -> bytes:
    return AUDITOR


@pytest.fixture
def public_key(keyring: Keyring) -> bytes:
    return public_key_of(keyring.private_key)
