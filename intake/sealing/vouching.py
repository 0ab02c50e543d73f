"""Proof that a staff process began a draft: only the private key makes it, and the public process has none.

The draft itself travels in a cookie that public processes can write too. Without this, one that was taken over could
let any colleague's name stand on a timeline.
"""

import base64
import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake.sealing.seal import canonical

PROOF_BYTES = 16


def vouch(private_key: bytes, draft: str, channel: str, by: str) -> str:
    """The proof that the user `by` fills in the draft for somebody through `channel`: 22 letters for one draft only."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"intake assisted entry").derive(private_key)
    said = canonical(["intake-assisted-v1", draft, channel, by])
    return base64.urlsafe_b64encode(hmac.digest(key, said, hashlib.sha256)[:PROOF_BYTES]).decode().rstrip("=")


def is_vouched(private_key: bytes, draft: str, channel: str, by: str, proof: str) -> bool:
    """Tell whether `proof` is the one for exactly this."""
    return hmac.compare_digest(vouch(private_key, draft, channel, by).encode(), proof.encode())
