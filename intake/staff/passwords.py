"""Passwords: Argon2id, never more than two at once, the same work whether or not the person exists."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from intake.errors import IntakeError

SHORTEST = 15
LONGEST = 256
HASHES_AT_ONCE = 2
LONGEST_WAIT = 2.0
"""Seconds a sign-in waits for its turn; then it is told to come back, so that no thread of the form is held up."""

# OWASP's Password Storage Cheat Sheet: Argon2id, 46 MiB, one pass, one lane.
_hasher = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
_turns = threading.BoundedSemaphore(HASHES_AT_ONCE)
_NOBODY = _hasher.hash("the password of nobody at all")


class PasswordRefused(IntakeError):
    """A new password is shorter than 15 characters, or longer than 256."""


class TooBusy(IntakeError):
    """Too many sign-ins at once; nothing was checked."""


def hash_password(password: str) -> str:
    """The hash to store; raise PasswordRefused outside 15–256 characters. Which characters is nobody's business."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordRefused(f"use {SHORTEST} to {LONGEST} characters")
    with _turn():
        return _hasher.hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Tell whether `password` is the one behind `stored`; None, for somebody unknown, costs as much and is false."""
    with _turn():
        try:
            _hasher.verify(stored or _NOBODY, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def outdated(stored: str) -> bool:
    """Tell whether a hash was made with other parameters than today's, and should be made anew while we can."""
    return _hasher.check_needs_rehash(stored)


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=LONGEST_WAIT):
        raise TooBusy("two passwords are being checked already")
    try:
        yield
    finally:
        _turns.release()
