"""Single encrypted fields: AES-256-GCM under a data key, bound to the table, column and row they were written for."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.errors import SealError

KEY_LENGTH = 32
NONCE_LENGTH = 12
KEY_ID_LENGTH = 2


@dataclass(frozen=True)
class Place:
    """Where a field belongs. Moved to any other place, its ciphertext cannot be opened."""

    table: str
    column: str
    row: str

    def encoded(self) -> bytes:
        """The place as canonical JSON, which the cipher authenticates."""
        return json.dumps([self.table, self.column, self.row], ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True)
class FieldBox:
    """Opens fields written under any of `keys` (id → 32 bytes); closes new ones with the key of the highest id."""

    keys: Mapping[int, bytes] = field(repr=False)

    def close(self, place: Place, plaintext: bytes) -> bytes:
        """Encrypt `plaintext` for `place`: key id, nonce, ciphertext and tag."""
        key_id = max(self.keys)
        header = key_id.to_bytes(KEY_ID_LENGTH)
        nonce = os.urandom(NONCE_LENGTH)
        return header + nonce + AESGCM(self.keys[key_id]).encrypt(nonce, plaintext, header + place.encoded())

    def open(self, place: Place, ciphertext: bytes) -> bytes:
        """Decrypt what was closed for `place`; SealError if it was not, was changed, or its key is not here."""
        header, rest = ciphertext[:KEY_ID_LENGTH], ciphertext[KEY_ID_LENGTH:]
        key = self.keys.get(int.from_bytes(header))
        if key is None or len(rest) < NONCE_LENGTH:
            raise SealError("this field was encrypted with a key that is not here")
        try:
            return AESGCM(key).decrypt(rest[:NONCE_LENGTH], rest[NONCE_LENGTH:], header + place.encoded())
        except InvalidTag:
            raise SealError("this field was changed, or moved from where it belongs") from None


def new_data_key() -> bytes:
    """A fresh data key."""
    return os.urandom(KEY_LENGTH)
