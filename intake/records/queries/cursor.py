"""Where a page of the queue begins, as a short text in an address: what comes back is checked, never trusted."""

import base64
import binascii
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from intake.errors import NotFound

Key: TypeAlias = int | str | datetime

LONGEST_CURSOR = 400
LARGEST_NUMBER = 10**6
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_INSTANT = (datetime(2200, 1, 1, tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Cursor:
    """The row a page begins after (or, going `backward`, ends before): the place of its state, and its keys."""

    order: str
    backward: bool
    rank: int
    keys: tuple[Key, ...]

    def text(self) -> str:
        """The cursor as it stands in an address."""
        keys = [_micros(key) if isinstance(key, datetime) else key for key in self.keys]
        said = json.dumps([self.order, self.backward, self.rank, *keys], separators=(",", ":"))
        return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def read_cursor(text: str, order: str, kinds: Sequence[type]) -> Cursor:
    """Read a cursor for this order, whose keys are of these kinds; NotFound for anything we did not write."""
    try:
        if len(text) > LONGEST_CURSOR:
            raise NotFound("no such page")
        said = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        its_order, backward, rank, *keys = said
        if its_order != order or not isinstance(backward, bool):
            raise NotFound("no such page")
        read = tuple(_read(key, kind) for key, kind in zip(keys, kinds, strict=True))
        return Cursor(order, backward, _number(rank, LARGEST_NUMBER), read)
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise NotFound("no such page") from error


def _read(key: object, kind: type) -> Key:
    if kind is datetime:
        return _EPOCH + timedelta(microseconds=_number(key, _LAST_INSTANT))
    if kind is int:
        return _number(key, LARGEST_NUMBER)
    if isinstance(key, str) and _CODE.fullmatch(key):
        return key
    raise ValueError("not a code")


def _number(key: object, largest: int) -> int:
    if type(key) is int and 0 <= key <= largest:
        return key
    raise ValueError("not a number")


def _micros(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)
