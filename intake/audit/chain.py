"""The chain: each row's seal covers the row before it, under a key that is another each day and then is gone.

    seal(n) = HMAC-SHA256(key of the day, seal(n-1), n, the row's content)        key(d+1) = HKDF(key(d))

A key can be worked out from the one before it and never from the one after. The service keeps only today's, so whoever
breaks in today can seal nothing under the keys of earlier days. The first key is kept too, sealed to an auditor whose
private key is not on this machine; from it the auditor works out all others and verifies every row.

A row takes the next key when its date (UTC) is another than that of the row before: later, or, when the clock was set
back, earlier. So a wrong clock never brings an old key back and is seen by whoever verifies.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake.audit.entry import Row

KEY_BYTES = 32


@dataclass(frozen=True)
class Link:
    """Where the chain stands after a row: its number, its seal, the day of its key and its date.

    Before the first row, and after older rows were dropped, it is where the chain begins.
    """

    seq: int
    mac: str
    day: int
    date: date


class DayKeys:
    """The keys that are known, by their day, and all that can be worked out from them: those of later days."""

    def __init__(self, known: Mapping[int, bytes]) -> None:
        self._known = dict(known)

    def of(self, day: int) -> bytes | None:
        """The key of `day`; None if neither it nor one of an earlier day is known."""
        if day not in self._known:
            earlier = [each for each in self._known if each < day]
            if not earlier:
                return None
            for each in range(max(earlier) + 1, day + 1):
                self._known[each] = next_key(self._known[each - 1], each)
        return self._known[day]


def beginning(sealed: bytes) -> str:
    """The seal before the first row: it binds the chain to its first key as that was sealed to the auditor."""
    return hashlib.sha256(b"intake-audit-v1|" + sealed).hexdigest()


def next_key(key: bytes, day: int) -> bytes:
    """The key of `day`, from that of the day before."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"intake-audit-v1|%d" % day).derive(key)


def day_after(link: Link, at: date) -> int:
    """The day whose key seals a row that follows `link` on the date `at`."""
    return link.day if at == link.date else link.day + 1


def seal_of(key: bytes, previous: str, row: Row) -> str:
    """The seal of `row` when `previous` is the seal before it, as 64 hexadecimal digits."""
    return hmac.digest(key, bytes.fromhex(previous) + row.seq.to_bytes(8) + row.content(), "sha256").hex()


def follows(link: Link, row: Row, keys: DayKeys) -> bool:
    """Tell whether `row` is what was written after `link`, as far as the known keys can tell."""
    if row.seq != link.seq + 1 or row.day != day_after(link, row.at.date()):
        return False
    key = keys.of(row.day)
    return key is None or hmac.compare_digest(seal_of(key, link.mac, row).encode(), row.mac.encode())
