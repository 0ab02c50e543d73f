"""What the public form seals, read with suspicion: whoever holds the public key could have sealed anything.

Pure: bytes in, values out.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn, TypeVar

from intake.errors import IntakeError
from intake.origin import CHANNELS, Assisted
from intake.records.models import PRIORITY

VERSION = 1
LARGEST = 256 * 1024
DEEPEST = 6
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
"""Nothing was submitted before; a time so early that no database holds it in UTC would stop everything behind it."""

AGE_GROUPS = (
    (13, "under_13"),
    (16, "13_15"),
    (18, "16_17"),
    (21, "18_20"),
    (25, "21_24"),
    (45, "25_44"),
    (65, "45_64"),
)
OLDEST_GROUP = "65_plus"
UNKNOWN_AGE = "unknown"

STANDINGS = ("current", "withdrawn", "unknown")
"""What a link a request came through was on that day."""

_SCORE_IN_SUMMARY = ("instrument", "complete", "total", "min", "max", "bands")
_CONTACT = ("contact.", "safety.", "youth.", "referrer.", "referral.kind", "referral.unit")
_GUARDIANS = "youth.guardian_contact"
_GROWN_UP = 18
_CONSENT = ("code", "principal", "unit", "purpose", "words", "wording")

Wanted = TypeVar("Wanted")


class PayloadError(IntakeError):
    """What was sealed is not a submission as we know it."""


@dataclass(frozen=True)
class Payload:
    """A submission, as a case is made from it.

    `assisted` is a claim until its proof was looked at. `third_party` is what was told about somebody else, None where
    nothing was; `whole` is all else as it was sealed.
    """

    door: str
    language: str
    submitted: datetime
    unit: str
    urgency: str
    flags: tuple[str, ...]
    answers: Mapping[str, str | list[str]]
    facts: Mapping[str, Any]
    scores: tuple[Mapping[str, Any], ...]
    demonstration: bool
    consents: tuple[Mapping[str, str], ...]
    assisted: Assisted | None
    third_party: Mapping[str, Any] | None
    whole: Mapping[str, Any]


def read_payload(content: bytes) -> Payload:
    """Read a submission; raise PayloadError, which holds nothing of it, unless it is one in every respect."""
    try:
        if len(content) > LARGEST:
            raise PayloadError("too large")
        said = json.loads(content, parse_constant=_refuse_constant, parse_float=_refuse_constant)
        _check_plain(said, DEEPEST)
        return _payload(said)
    except (KeyError, RecursionError, TypeError, ValueError):
        raise PayloadError("not a submission") from None


def summary_of(payload: Payload) -> dict[str, Any]:
    """What the queue shows of a person: nothing by which they could be called, named or found."""
    interpreter = _code(payload.facts.get("needs.interpreter"))
    return {
        "town": _code(payload.facts.get("about.town")),
        "age_group": age_group(payload.facts.get("about.age")),
        "concerns": _codes(payload.answers.get("concerns", [])),
        "interpreter": interpreter if interpreter != "none" else None,
        "flags": list(payload.flags),
        "scores": [{name: score[name] for name in _SCORE_IN_SUMMARY} for score in payload.scores],
    } | ({"assisted": payload.assisted.channel} if payload.assisted else {})


def contact_of(payload: Payload) -> dict[str, str | list[str]]:
    """How whoever wrote can be reached, and what is safe. A child who did not say that guardians may know says no."""
    age = payload.facts.get("about.age")
    silent: dict[str, str | list[str]] = {_GUARDIANS: "no"} if type(age) is int and age < _GROWN_UP else {}
    return silent | {fact: answer for fact, answer in payload.answers.items() if fact.startswith(_CONTACT)}


def age_group(age: object) -> str:
    """The group an age in years belongs to; `unknown` where it was not said."""
    if type(age) is not int:
        return UNKNOWN_AGE
    return next((group for below, group in AGE_GROUPS if age < below), OLDEST_GROUP)


def _payload(said: Mapping[str, Any]) -> Payload:
    route = _get(said, "route", dict)
    submitted = datetime.fromisoformat(_get(said, "submitted", str))
    if said["v"] != VERSION or submitted < EARLIEST or route["urgency"] not in PRIORITY:
        raise PayloadError("not a submission of this version")
    _check_source(said)
    _check_tongues(said)
    return Payload(
        door=_get(said, "door", str),
        language=_get(said, "language", str),
        submitted=submitted,
        unit=_get(route, "unit", str),
        urgency=_get(route, "urgency", str),
        flags=tuple(_codes(_get(route, "flags", list))),
        answers={fact: _answer(answer) for fact, answer in _get(said, "answers", dict).items()},
        facts=_get(said, "facts", dict),
        scores=tuple(_score(score) for score in _get(said, "scores", list)),
        demonstration=_get(said, "demonstration", bool),
        consents=tuple(_consent(consent) for consent in said.get("consents", ())),
        assisted=_assisted(said),
        third_party=_third_party(said["third_party"]) if "third_party" in said else None,
        whole={name: part for name, part in said.items() if name != "third_party"},
    )


def _third_party(said: Mapping[str, Any]) -> Mapping[str, Any]:
    _get(said, "facts", dict)
    for answer in _get(said, "answers", dict).values():
        _answer(answer)
    return said


def _consent(consent: Mapping[str, Any]) -> Mapping[str, str]:
    return {name: _get(consent, name, str) for name in _CONSENT}


def _assisted(said: Mapping[str, Any]) -> Assisted | None:
    """Who filled it in for somebody, as it is claimed; requests from before this was told have no such part."""
    if "assisted" not in said:
        return None
    claim = _get(said, "assisted", dict)
    if claim["channel"] not in CHANNELS:
        raise PayloadError("not a way in which staff fill in a form")
    return Assisted(_get(claim, "channel", str), _get(claim, "by", str), _get(claim, "proof", str))


def _check_source(said: Mapping[str, Any]) -> None:
    """Refuse a source that has another shape than ours; most requests have none."""
    if "source" not in said:
        return
    source = _get(said, "source", dict)
    if source["standing"] not in STANDINGS:
        raise PayloadError("not a standing a link can have")
    if source["standing"] != "unknown":
        _get(source, "kind", str)
        _get(source, "place", str)
        _codes(_get(source, "prefilled", list))


def _check_tongues(said: Mapping[str, Any]) -> None:
    """Refuse what does not say plainly in which languages instruments were answered, and which were not asked."""
    _codes(list(_get(said, "tongues", dict).values()) if "tongues" in said else [])
    _codes(_get(said, "untranslated", list) if "untranslated" in said else [])


def _score(score: Mapping[str, Any]) -> Mapping[str, Any]:
    _get(score, "instrument", str)
    _get(score, "complete", bool)
    _get(score, "min", int)
    _get(score, "max", int)
    if score["total"] is not None:
        _get(score, "total", int)
    for bands in _get(score, "bands", dict).values():
        _codes(bands)
    return score


def _answer(answer: object) -> str | list[str]:
    return answer if isinstance(answer, str) else _codes(answer)


def _codes(codes: object) -> list[str]:
    """A list of texts; a single text is a list of one."""
    if isinstance(codes, str):
        return [codes]
    if isinstance(codes, list) and all(isinstance(code, str) for code in codes):
        return codes
    raise PayloadError("not a list of codes")


def _code(code: object) -> str | None:
    return code if isinstance(code, str) else None


def _get(said: Mapping[str, Any], name: str, kind: type[Wanted]) -> Wanted:
    value = said[name]
    if type(value) is not kind:
        raise PayloadError(f"{name} is not what it should be")
    return value


def _check_plain(value: object, depth: int) -> None:
    """Refuse what is nested deeper than a submission is, and text that is no text."""
    if depth < 0:
        raise PayloadError("nested too deep")
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, list | dict):
        inside: Iterable[object] = [*value, *value.values()] if isinstance(value, dict) else value
        for each in inside:
            _check_plain(each, depth - 1)


def _refuse_constant(_: str) -> NoReturn:
    raise PayloadError("a submission has no such number")
