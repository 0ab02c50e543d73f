"""A mailbox that only a receipt code opens: its keys come from a secret that comes from the code, and are kept nowhere.

The clinic seals what it writes to the public half, which travels inside the sealed request. The private half exists
while somebody brings their code. Nothing here opens what was sealed to the clinic.
"""

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

from intake.errors import SealError, SettingsError
from intake.sealing.seal import HEADER_BYTES, MLKEM_SEED_BYTES, SUITES, Algorithm, Bound, key_name, unpadded

SECRET_BYTES = MLKEM_SEED_BYTES + 32


@dataclass(frozen=True)
class Mailbox:
    """The mailbox of a receipt code; `secret` is SECRET_BYTES derived from the code."""

    secret: bytes = field(repr=False)

    def public(self, algorithm: Algorithm) -> bytes:
        """The half that seals, the same each time; raise SettingsError where this build lacks the algorithm."""
        try:
            return _public(self.secret, algorithm)
        except UnsupportedAlgorithm:
            raise SettingsError("the mailbox needs a cryptography library with ML-KEM") from None

    def open(self, blob: bytes, context: Bound) -> bytes:
        """Open what was sealed to this mailbox for `context`; raise SealError for anything else."""
        try:
            algorithm, header = Algorithm(blob[0]), blob[:HEADER_BYTES]
            if header[1:] != key_name(_public(self.secret, algorithm)):
                raise SealError("this was sealed to another mailbox")
            key = _private(self.secret, algorithm)
            return unpadded(SUITES[algorithm].decrypt(blob[HEADER_BYTES:], key, header + context.encoded()))
        except (IndexError, InvalidTag, UnsupportedAlgorithm, ValueError):
            raise SealError("this was changed after it was sealed, or sealed for another place") from None


def _private(secret: bytes, algorithm: Algorithm) -> X25519PrivateKey | MLKEM768X25519PrivateKey:
    x25519 = X25519PrivateKey.from_private_bytes(secret[MLKEM_SEED_BYTES:])
    if algorithm is Algorithm.X25519:
        return x25519
    return MLKEM768X25519PrivateKey(MLKEM768PrivateKey.from_seed_bytes(secret[:MLKEM_SEED_BYTES]), x25519)


def _public(secret: bytes, algorithm: Algorithm) -> bytes:
    public = X25519PrivateKey.from_private_bytes(secret[MLKEM_SEED_BYTES:]).public_key().public_bytes_raw()
    if algorithm is Algorithm.HYBRID:
        mlkem = MLKEM768PrivateKey.from_seed_bytes(secret[:MLKEM_SEED_BYTES])
        public = mlkem.public_key().public_bytes_raw() + public
    return bytes([algorithm]) + public
