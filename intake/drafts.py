"""A person's unfinished answers, kept in their own browser and nowhere else until they press Send."""

import base64
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal, TypeAlias

from flask_wtf.csrf import generate_csrf

from intake import clock, cookies
from intake.origin import Assisted, Origin
from intake.questionnaires.model import Answers

Start: TypeAlias = Literal["questions", "contact"]

ASSISTED_HOURS = 4
"""How long an assisted draft waits for its next page: others use the computer it was begun on."""

_FORMAT = 2
_SECRET_BYTES = 16


@dataclass(frozen=True)
class Draft:
    """One form being filled in. `start` is the button it began with, `done` names the pages left behind.

    `secret` is what the receipt code comes from. `unit` is where it was sent and `sent_on` the day, empty until then;
    `instead_of` is the unit it was meant for, if that was paused; a sent draft holds no answers any more. `origin` is
    set when it begins and by nothing that is posted. `tongues` are the languages instruments were answered in, by id.
    """

    id: str
    door: str
    start: Start
    secret: bytes
    answers: Answers
    done: frozenset[str]
    unit: str = ""
    sent_on: str = ""
    origin: Origin = field(default_factory=Origin)
    instead_of: str = ""
    tongues: Mapping[str, str] = field(default_factory=dict)

    @property
    def assisted(self) -> Assisted | None:
        """How staff fill it in for somebody; None when nobody does."""
        return self.origin.assisted

    @property
    def sent(self) -> bool:
        """Tell whether the answers have been handed over."""
        return bool(self.unit)

    def settle(self, page: str, asked: Iterable[str], answers: Answers) -> "Draft":
        """The draft after `page`, where the facts `asked` were answered with `answers`, or not at all."""
        asked = frozenset(asked)
        kept = {fact: answer for fact, answer in self.answers.items() if fact not in asked}
        return replace(self, answers=kept | dict(answers), done=self.done | {page})

    def heard(self, instrument: str, language: str) -> "Draft":
        """The draft after something of an instrument was answered in a language."""
        return replace(self, tongues={**self.tongues, instrument: language})

    def hand_over(self, unit: str, day: date, instead_of: str = "") -> "Draft":
        """The draft after it was sent to `unit` on `day`: only what the receipt needs."""
        sent = replace(self, unit=unit, sent_on=day.isoformat(), instead_of=instead_of)
        return replace(sent, answers={}, done=frozenset(), tongues={})


def blank(door: str, start: Start) -> Draft:
    """A draft that nobody keeps yet, under an id and with a secret that nobody can guess."""
    return Draft(secrets.token_hex(16), door, start, secrets.token_bytes(_SECRET_BYTES), {}, frozenset())


def begin(draft: Draft) -> Draft:
    """Begin with `draft`; this response carries its cookie, whatever address the request had."""
    cookies.current().move(cookies.draft_jar(draft.id), {"draft": _packed(draft)})
    generate_csrf()
    return draft


def load(draft_id: str) -> Draft | None:
    """The draft of this address as the browser brings it; None when it is missing, too old or of an earlier format."""
    content = cookies.current().get("draft", {})
    if content.get("format") != _FORMAT or content.get("until", _now()) < _now():
        return None
    assisted = content.get("assisted")
    return Draft(
        id=draft_id,
        door=content["door"],
        start=content["start"],
        secret=base64.b64decode(content["secret"]),
        answers={
            fact: tuple(given) if isinstance(given, list) else given for fact, given in content["answers"].items()
        },
        done=frozenset(content["done"]),
        unit=content["unit"],
        sent_on=content["sent_on"],
        origin=Origin(content.get("link", ""), Assisted(**assisted) if assisted else None),
        instead_of=content.get("instead_of", ""),  # a receipt of an earlier version has none
        tongues=content.get("tongues", {}),  # and neither has a draft
    )


def save(draft: Draft) -> None:
    """Let this response write the draft; raise DraftTooLarge, and keep what was, when it would not fit."""
    session = cookies.current()
    content = {**session, "draft": _packed(draft)}
    cookies.check_fits(content)
    session.update(content)


def forget() -> None:
    """Let this response take the draft's cookie away."""
    if cookies.current().jar is not None:
        cookies.current().clear()


def _packed(draft: Draft) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "door": draft.door,
        "start": draft.start,
        "secret": base64.b64encode(draft.secret).decode(),
        "answers": dict(draft.answers),
        "done": sorted(draft.done),
        "unit": draft.unit,
        "sent_on": draft.sent_on,
        **_origin(draft.origin),
        **({"tongues": dict(draft.tongues)} if draft.tongues else {}),
        "instead_of": draft.instead_of,
    }


def _origin(origin: Origin) -> dict[str, Any]:
    """What is kept of where the draft began: nothing for most people."""
    kept: dict[str, Any] = {"link": origin.link} if origin.link else {}
    if origin.assisted:
        kept |= {"assisted": asdict(origin.assisted), "until": _now() + ASSISTED_HOURS * 3600}
    return kept


def _now() -> int:
    return int(clock.now().timestamp())
