import base64
from pathlib import Path

import pytest

from intake.errors import SettingsError
from intake.sealing.keyfiles import write_key


def test_a_key_is_one_line_of_base64(tmp_path: Path) -> None:
    write_key(tmp_path / "keys" / "inbox.private", b"\x00\xff" * 40)

    assert base64.b64decode((tmp_path / "keys" / "inbox.private").read_text().rstrip("\n")) == b"\x00\xff" * 40


@pytest.mark.parametrize(
    ("name", "mode"), [("inbox.private", 0o600), ("cookie.secret", 0o600), ("inbox.public", 0o644)]
)
def test_only_a_public_key_may_be_read_by_others(tmp_path: Path, name: str, mode: int) -> None:
    write_key(tmp_path / name, b"key")

    assert (tmp_path / name).stat().st_mode & 0o777 == mode


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    write_key(tmp_path / "inbox.private", b"first")

    with pytest.raises(SettingsError, match="never written over"):
        write_key(tmp_path / "inbox.private", b"second")
    assert base64.b64decode((tmp_path / "inbox.private").read_bytes()) == b"first"


def test_nothing_else_is_left_in_the_folder(tmp_path: Path) -> None:
    write_key(tmp_path / "inbox.public", b"key")
    with pytest.raises(SettingsError):
        write_key(tmp_path / "inbox.public", b"key")

    assert list(tmp_path.iterdir()) == [tmp_path / "inbox.public"]
