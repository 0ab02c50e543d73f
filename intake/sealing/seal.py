"""The public half: seal what somebody said so that only the clinic's private key opens it.

A sealed value is one byte for the algorithm, eight that name the key it was sealed to, and the HPKE message. The first
nine bytes and the context are authenticated: moved to another row, door or definition, it cannot be opened. What is
sealed is padded to whole KiB, so that its size says little about how much somebody had to tell.
"""

import hashlib
import json
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, Protocol, TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite

from intake.errors import SealError, SettingsError

PublicKey: TypeAlias = X25519PublicKey | MLKEM768X25519PublicKey

BUCKET = 1024
LENGTH_BYTES = 4
KEY_NAME_BYTES = 8
HEADER_BYTES = 1 + KEY_NAME_BYTES
MLKEM_PUBLIC_BYTES = 1184
MLKEM_SEED_BYTES = 64


class Algorithm(IntEnum):
    """How something is sealed; the first byte of every key and every sealed value."""

    X25519 = 1
    """For builds of the cryptography library without ML-KEM."""
    HYBRID = 2
    """ML-KEM-768 together with X25519: what is hoarded today stays shut when quantum computers come."""


SUITES = {
    Algorithm.X25519: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
    Algorithm.HYBRID: Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
}


class Bound(Protocol):
    """What a sealed value is bound to."""

    def encoded(self) -> bytes:
        """The same bytes for the same thing, always."""


@dataclass(frozen=True)
class Context:
    """The submission a sealed value belongs to: its id, its door, the digest of the door's definition."""

    submission: str
    door: str
    definition: str

    def encoded(self) -> bytes:
        """The context as canonical JSON."""
        return canonical(["intake-v1", self.submission, self.door, self.definition])


@dataclass(frozen=True)
class LetterContext:
    """The letter a sealed value holds: its id, the request it belongs to, and who is to open it."""

    letter: str
    request: str
    reader: Literal["clinic", "person"]

    def encoded(self) -> bytes:
        """The context as canonical JSON."""
        return canonical(["intake-letter-v1", self.letter, self.request, self.reader])


@dataclass(frozen=True)
class KeyContext:
    """The data key a sealed value holds."""

    id: int

    def encoded(self) -> bytes:
        """The context as canonical JSON."""
        return canonical(["intake-data-key-v1", self.id])


def canonical(parts: list[str | int]) -> bytes:
    """A list as JSON that can be written in only one way."""
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def seal(public_key: bytes, plaintext: bytes, context: Bound) -> bytes:
    """Seal `plaintext` to the holder of the private key; raise SettingsError if `public_key` is not a key."""
    algorithm, key = read_public_key(public_key)
    header = bytes([algorithm]) + key_name(public_key)
    return header + SUITES[algorithm].encrypt(_padded(plaintext), key, header + context.encoded())


def read_public_key(public_key: bytes) -> tuple[Algorithm, PublicKey]:
    """The algorithm and the key in these bytes; raise SettingsError if they are not a public key of ours."""
    raw = public_key[1:]
    try:
        algorithm = Algorithm(public_key[0])
        if algorithm is Algorithm.X25519:
            return algorithm, X25519PublicKey.from_public_bytes(raw)
        mlkem, x25519 = raw[:MLKEM_PUBLIC_BYTES], raw[MLKEM_PUBLIC_BYTES:]
        return algorithm, MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(mlkem), X25519PublicKey.from_public_bytes(x25519)
        )
    except UnsupportedAlgorithm:
        raise SettingsError("the public key needs a cryptography library with ML-KEM") from None
    except (IndexError, ValueError):
        raise SettingsError("the public key is not one that `intake init` made") from None


def key_name(public_key: bytes) -> bytes:
    """The eight bytes by which a sealed value names its key."""
    return hashlib.sha256(public_key).digest()[:KEY_NAME_BYTES]


def fingerprint(public_key: bytes) -> str:
    """The key in 32 digits, in groups of four, short enough to compare by reading aloud."""
    digits = hashlib.sha256(public_key).hexdigest()[:32]
    return " ".join(digits[i : i + 4] for i in range(0, 32, 4))


def unpadded(padded: bytes) -> bytes:
    """What was put into whole KiB; raise SealError for anything that was not."""
    length = int.from_bytes(padded[:LENGTH_BYTES])
    framed = padded[LENGTH_BYTES:]
    if length > len(framed):
        raise SealError("this is not what we seal")
    return framed[:length]


def _padded(plaintext: bytes) -> bytes:
    framed = len(plaintext).to_bytes(LENGTH_BYTES) + plaintext
    return framed + bytes(-len(framed) % BUCKET)
