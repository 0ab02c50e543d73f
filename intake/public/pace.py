"""How often one network may ask: a bucket of tries that fills again, in this process's memory.

A receipt code has 80 bits and cannot be guessed; this only keeps a machine that tries from keeping us busy. Schools and
mobile networks share an address, so the bucket is large.
"""

import hmac
import ipaddress
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

BURST, SECONDS = 30, 2.0
"""How many tries with a receipt code a network has at once, and how long until it has one more."""

_MOST_NETWORKS = 10_000


@dataclass
class Pace:
    """At most `burst` tries at once from a network, then one each `seconds`. Keeps no address, only keyed digests."""

    burst: int
    seconds: float
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _buckets: OrderedDict[bytes, tuple[float, float]] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def allows(self, address: str) -> bool:
        """Count a try from `address`, and tell whether it may go on."""
        network, now = hmac.digest(self._key, network_of(address).encode(), "sha256"), time.monotonic()
        with self._lock:
            left, since = self._buckets.pop(network, (float(self.burst), now))
            left = min(self.burst, left + (now - since) / self.seconds)
            # A refused try costs nothing: the neighbours of a machine that hammers still get their turn.
            self._buckets[network] = (left - 1 if left >= 1 else left, now)
            if len(self._buckets) > _MOST_NETWORKS:
                self._buckets.popitem(last=False)
        return left >= 1


def network_of(address: str) -> str:
    """The /24 or /56 an address belongs to; anything that is no address is a network of its own."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((ip, 24 if isinstance(ip, ipaddress.IPv4Address) else 56), strict=False))
