"""How long a sign-in has to wait: a delay that grows with each failure and never becomes a lock. All pure.

Three counts stand side by side. Somebody who guesses from one network meets the short list for that person from that
network first, so a colleague guessing at A neither locks A out elsewhere nor touches B; guesses spread over many
networks meet A's own list; guesses spread over many names meet the network's. The delays are capped, so the right
person gets in within minutes whatever others do. All are counted before anything is verified, alike for names that
do not exist, and begin anew each day because the day is part of the key.
"""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """How many attempts are free, and how the delay grows after them: 1, 2, 4 … seconds up to `longest`."""

    free: int
    longest: timedelta

    def delay(self, attempts: int) -> timedelta:
        """How long to wait after the `attempts`th attempt before the next is looked at."""
        beyond = attempts - self.free
        if beyond < 0:
            return timedelta()
        return min(timedelta(seconds=2 ** min(beyond, 20)), self.longest)


PERSON_HERE = Limit(free=5, longest=timedelta(minutes=15))
PERSON = Limit(free=20, longest=timedelta(seconds=30))
NETWORK = Limit(free=40, longest=timedelta(seconds=30))
CODE = Limit(free=5, longest=timedelta(minutes=15))


@dataclass(frozen=True)
class Count:
    """One list an attempt is put on: an opaque key, and its limit. Others than this person are on a `shared` one."""

    key: str
    limit: Limit
    shared: bool = False


def password_counts(secret_key: bytes, username: str, address: str, now: datetime) -> tuple[Count, ...]:
    """The counts an attempt with a password is put on; neither name nor address can be read from the keys."""
    person, network = f"person|{username.casefold()}", f"network|{network_of(address)}"
    return (
        Count(_key(secret_key, f"{person}|{network}", now), PERSON_HERE),
        Count(_key(secret_key, person, now), PERSON),
        Count(_key(secret_key, network, now), NETWORK, shared=True),
    )


def code_counts(secret_key: bytes, user_id: str, now: datetime) -> tuple[Count, ...]:
    """The count an attempt with a second factor is put on: about a hundred guesses a day at the very most."""
    return (Count(_key(secret_key, f"code|{user_id}", now), CODE),)


def network_of(address: str) -> str:
    """The /24 or /56 an address belongs to; anything that is no address is one network together."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(ip, ipaddress.IPv6Address):
        return network_of(str(ip.ipv4_mapped)) if ip.ipv4_mapped else str(ipaddress.ip_network((ip, 56), strict=False))
    return str(ipaddress.ip_network((ip, 24), strict=False))


def _key(secret_key: bytes, name: str, now: datetime) -> str:
    daily = hmac.digest(secret_key, f"throttle|{now.date().isoformat()}".encode(), hashlib.sha256)
    return hmac.new(daily, name.encode(), hashlib.sha256).hexdigest()[:32]
