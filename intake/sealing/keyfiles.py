"""Keys on disk: base64 and a newline, written whole or not at all, never over another key."""

import base64
import os
import secrets
from pathlib import Path

from intake.errors import SettingsError

PUBLIC_SUFFIX = ".public"


def write_key(path: Path, key: bytes) -> None:
    """Write `key` to `path`, for its owner alone unless the name ends in `.public`.

    Raises SettingsError if there is a file already: whoever replaces a key makes everything sealed to it unreadable.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        _write(draft, base64.b64encode(key) + b"\n", 0o644 if path.suffix == PUBLIC_SUFFIX else 0o600)
        os.link(draft, path)  # unlike a rename, this never replaces what is there
    except FileExistsError:
        raise SettingsError(f"{path} exists already, and a key is never written over") from None
    finally:
        draft.unlink(missing_ok=True)
    _settle(path.parent)


def read_key(path: Path) -> bytes:
    """The key that `write_key` wrote to `path`."""
    return base64.b64decode(path.read_bytes())


def _write(path: Path, content: bytes, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        os.fchmod(file.fileno(), mode)  # the umask may have taken rights away, never given any
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Have the new name itself survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
