"""Signed links: an address for a school, a health centre or a poster that leads to a door and opens nothing.

The address itself holds all that is needed to lead somebody on, so no database is asked before Send, and opening it
any number of times, as mail scanners do, changes nothing. The signature keeps anybody else from making one. It names
a place, never a person. Pure: values in, values out.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from itsdangerous import BadData, HMACAlgorithm, URLSafeSerializer

from intake.questionnaires.journey import fits
from intake.questionnaires.model import Answers, Door

LONGEST_TOKEN = 1000
SIGNATURE_BYTES = 12  # 96 bits of HMAC-SHA-256: a shorter address makes a code that cheap telephones read

_SALT = b"intake signed link"


@dataclass(frozen=True)
class Link:
    """What an address says: the link's id, a door, a language (empty: the browser's), answers to begin with."""

    id: str
    door: str
    language: str = ""
    answers: Answers = field(default_factory=dict)


def sign(secrets: Sequence[bytes], link: Link) -> str:
    """The token of a link, signed with the last of `secrets`: letters, digits, `-`, `_` and `.` alone."""
    said: list[object] = [link.id, link.door, link.language]
    return str(_serializer(secrets).dumps([*said, dict(link.answers)] if link.answers else said))


def read(secrets: Sequence[bytes], token: str) -> Link | None:
    """The link of a token that was signed with any of `secrets`; None for everything else."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        id_, door, language, *rest = _serializer(secrets).loads(token)
    except (BadData, TypeError, ValueError):
        return None
    return Link(str(id_), str(door), str(language), _answers(rest[0] if rest else {}))


def prefilled(answers: Answers, door: Door) -> Answers:
    """Those of `answers` that are codes of an item of the door; a link never writes words into a form."""
    known = {fact: answer for fact, answer in answers.items() if fact in door.items and door.items[fact].codes}
    return {fact: answer for fact, answer in known.items() if fits(door.items[fact], answer)}


class _Short(HMACAlgorithm):
    """HMAC cut short, as RFC 2104 allows: forging one address would gain a wrong count of a poster."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return super().get_signature(key, value)[:SIGNATURE_BYTES]


def _serializer(secrets: Sequence[bytes]) -> URLSafeSerializer:
    kept = {"key_derivation": "hmac", "digest_method": hashlib.sha256, "algorithm": _Short(hashlib.sha256)}
    return URLSafeSerializer(list(secrets), salt=_SALT, signer_kwargs=kept)


def _answers(said: object) -> Answers:
    pairs = said.items() if isinstance(said, Mapping) else ()
    return {str(fact): tuple(map(str, given)) if isinstance(given, list) else str(given) for fact, given in pairs}
