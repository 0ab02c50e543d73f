"""Digests by which two values are found equal without being told: HMAC under a key of one principal's own.

Telephone numbers are few enough to try them all, so a plain hash would tell every one. Under another principal's key
the same number has another digest: nobody, with the whole table before them, follows a person from one to the other.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake.sealing.fields import KEY_LENGTH
from intake.sealing.seal import canonical

DIGEST_BYTES = 16


def digest_key(data_key: bytes, principal: str) -> bytes:
    """The key for one principal's digests, derived from a data key: 32 bytes that tell nothing of any other."""
    info = canonical(["contact-digest-v1", principal])
    return HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=None, info=info).derive(data_key)


def digest(key: bytes, kind: str, value: str) -> str:
    """128 bits that only this `kind` and `value` have under this key, as 32 hexadecimal digits."""
    return hmac.digest(key, f"{kind}-v1|{value}".encode(), hashlib.sha256)[:DIGEST_BYTES].hex()
