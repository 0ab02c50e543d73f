"""The mark of a canary: an address for mail that only the holder of the private key can make, and that nobody reads.

It stands in the form where a person writes their address. Whoever opens the inbox knows by it that nobody wrote, when
it was let go, and that it came the whole way; nobody else can make a request look like one.
"""

import hmac
import re
import secrets
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

GOOD_FOR = timedelta(days=14)
"""Longer than any holiday: a worker that comes back to life still knows the canaries that waited for it."""
CLOCKS_DIFFER = timedelta(minutes=5)

# RFC 2606: no mail ever goes to .invalid.
_MARK = re.compile(r"canary\.([0-9a-f]{8})\.([0-9a-f]{8})\.([0-9a-f]{32})@canary\.invalid")
_MAC_LETTERS = 32


def mark(private_key: bytes, at: datetime) -> str:
    """The mark of a canary that is let go at `at`, told to the second; no two are alike."""
    signed = f"{int(at.timestamp()):08x}.{secrets.token_hex(4)}"
    return f"canary.{signed}.{_mac(private_key, signed)}@canary.invalid"


def let_go_at(private_key: bytes, text: str, now: datetime) -> datetime | None:
    """When the canary with this mark was let go; None for anything that we did not mark, or too long ago."""
    found = _MARK.fullmatch(text)
    if not found:
        return None
    at, chance, mac = found.groups()
    let_go = datetime.fromtimestamp(int(at, 16), UTC)
    if not hmac.compare_digest(mac, _mac(private_key, f"{at}.{chance}")):
        return None
    return let_go if now - GOOD_FOR <= let_go <= now + CLOCKS_DIFFER else None


def _mac(private_key: bytes, signed: str) -> str:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"intake canary v1").derive(private_key)
    return hmac.digest(key, signed.encode(), "sha256").hex()[:_MAC_LETTERS]
