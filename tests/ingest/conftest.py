import pytest

from intake.ingest import Keyring, open_keyring
from intake.records.database import Database
from intake.sealing.unseal import generate_keypair, public_key_of


@pytest.fixture
def keyring(database: Database) -> Keyring:
    with database.writing() as session:
        keyring = open_keyring(session, generate_keypair()[1])
        session.commit()
    return keyring


@pytest.fixture
def public_key(keyring: Keyring) -> bytes:
    return public_key_of(keyring.private_key)
