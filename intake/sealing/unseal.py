"""The staff half: make the keys, and open what was sealed. No module of the public form may import this one."""

from typing import TypeAlias

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

from intake.errors import SealError, SettingsError, WrongKey
from intake.sealing.seal import HEADER_BYTES, MLKEM_SEED_BYTES, SUITES, Algorithm, Bound, key_name, unpadded

PrivateKey: TypeAlias = X25519PrivateKey | MLKEM768X25519PrivateKey


def generate_keypair() -> tuple[bytes, bytes]:
    """A new public and private key, of the strongest algorithm this build of the cryptography library has."""
    try:
        return keypair(Algorithm.HYBRID)
    except UnsupportedAlgorithm:
        return keypair(Algorithm.X25519)


def keypair(algorithm: Algorithm) -> tuple[bytes, bytes]:
    """A new public and private key for `algorithm`."""
    private = X25519PrivateKey.generate().private_bytes_raw()
    if algorithm is Algorithm.HYBRID:
        private = MLKEM768PrivateKey.generate().private_bytes_raw() + private
    private = bytes([algorithm]) + private
    return public_key_of(private), private


def public_key_of(private_key: bytes) -> bytes:
    """The public key that belongs to `private_key`; raise SettingsError if that is not a private key of ours."""
    algorithm, mlkem, x25519 = _parts(private_key)
    public = x25519.public_key().public_bytes_raw()
    if mlkem is not None:
        public = mlkem.public_key().public_bytes_raw() + public
    return bytes([algorithm]) + public


def check_pair(public_key: bytes, private_key: bytes) -> None:
    """Raise SettingsError unless what is sealed with the one can be opened with the other."""
    if public_key_of(private_key) != public_key:
        raise SettingsError("the private key does not belong to the public key: nothing that comes in could be read")


def unseal(private_key: bytes, blob: bytes, context: Bound) -> bytes:
    """Open what was sealed for `context`.

    Raises WrongKey if it was sealed to another key, SealError if it was changed or belongs elsewhere, and
    SettingsError if `private_key` is not a key.
    """
    algorithm, mlkem, x25519 = _parts(private_key)
    header = blob[:HEADER_BYTES]
    if header != bytes([algorithm]) + key_name(public_key_of(private_key)):
        raise WrongKey("this was sealed to another key")
    key: PrivateKey = x25519 if mlkem is None else MLKEM768X25519PrivateKey(mlkem, x25519)
    try:
        padded = SUITES[algorithm].decrypt(blob[HEADER_BYTES:], key, header + context.encoded())
    except (InvalidTag, ValueError):
        raise SealError("this was changed after it was sealed, or sealed for another place") from None
    return unpadded(padded)


def _parts(private_key: bytes) -> tuple[Algorithm, MLKEM768PrivateKey | None, X25519PrivateKey]:
    raw = private_key[1:]
    try:
        algorithm = Algorithm(private_key[0])
        if algorithm is Algorithm.X25519:
            return algorithm, None, X25519PrivateKey.from_private_bytes(raw)
        seed, x25519 = raw[:MLKEM_SEED_BYTES], raw[MLKEM_SEED_BYTES:]
        return algorithm, MLKEM768PrivateKey.from_seed_bytes(seed), X25519PrivateKey.from_private_bytes(x25519)
    except UnsupportedAlgorithm:
        raise SettingsError("the private key needs a cryptography library with ML-KEM") from None
    except (IndexError, ValueError):
        raise SettingsError("the private key is not one that `intake init` made") from None
