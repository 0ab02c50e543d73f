from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from intake.config import Settings
from intake.errors import SettingsError
from intake.ingest import Keyring, open_keyring, prepare
from intake.records.box import Encrypted
from intake.records.database import Database
from intake.records.queries import installation
from intake.sealing.unseal import generate_keypair


@pytest.fixture
def settings(database_url: str, keyring: Keyring, public_key: bytes, auditor_key: bytes, tmp_path: Path) -> Settings:
    (tmp_path / "keys").mkdir()
    for name in ("cookie.secret", "receipt.secret"):
        (tmp_path / "keys" / name).write_text("x" * 40)
        (tmp_path / "keys" / name).chmod(0o600)
    for name in ("inbox.public", "inbox.private", "audit.public"):
        (tmp_path / "keys" / name).write_text("eA==")
        (tmp_path / "keys" / name).chmod(0o600)
    read = Settings.read({"INTAKE_HOME": str(tmp_path), "DATABASE_URL": database_url})
    return replace(read, public_key=public_key, private_key=keyring.private_key, audit_key=auditor_key)


def test_the_first_to_come_makes_a_data_key_and_the_next_opens_it(session: Session, keyring: Keyring) -> None:
    again = open_keyring(session, keyring.private_key)

    closed = keyring.box.close(Encrypted.SUMMARY, "row", {"town": "lerum"})
    assert again.box.open(Encrypted.SUMMARY, "row", closed) == {"town": "lerum"}
    assert len(installation.data_keys(session)) == 1


def test_another_private_key_is_refused_before_any_row_is_touched(session: Session, keyring: Keyring) -> None:
    with pytest.raises(SettingsError, match="not the one this database was encrypted for"):
        open_keyring(session, generate_keypair()[1])


def test_the_keyring_of_an_installation_opens(database: Database, settings: Settings, keyring: Keyring) -> None:
    assert prepare(database, settings) == keyring


def test_keys_that_do_not_belong_together_are_refused(database: Database, settings: Settings) -> None:
    with pytest.raises(SettingsError, match="does not belong"):
        prepare(database, replace(settings, public_key=generate_keypair()[0]))


def test_a_public_process_has_no_keyring(database: Database, settings: Settings) -> None:
    with pytest.raises(SettingsError, match="no private key"):
        prepare(database, replace(settings, private_key=None))


def test_a_keyring_prints_no_key(keyring: Keyring) -> None:
    assert repr(keyring) == "Keyring()"


def test_a_log_begun_for_another_auditor_is_refused(database: Database, settings: Settings) -> None:
    with pytest.raises(SettingsError, match="auditor"):
        prepare(database, replace(settings, audit_key=generate_keypair()[0]))
