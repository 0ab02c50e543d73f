"""A case opened: what the person said, how to reach them, what it scored and why it came here. Each part by itself."""

from dataclasses import dataclass

import phonenumbers
from flask import g

from intake.errors import SealError
from intake.questionnaires.model import Answer
from intake.records.box import Box, Encrypted
from intake.records.models import Case
from intake.records.queries.cases import TimelineEntry
from intake.staff import payload
from intake.staff.route_reading import Known, Route, route_of
from intake.staff.scores import ScoreReport, score_reports
from intake.staff.transcript import Section, Submitted, transcript
from intake.staff.vocabulary import interpreter, option
from intake.web import Parts

HERE = "SE"


@dataclass(frozen=True)
class Contact:
    """How to reach somebody, and what is safe. What was not answered is not safe."""

    name: str
    ways: tuple[str, ...]
    phone: str
    email: str
    address: str
    times: tuple[str, ...]
    voicemail_safe: bool
    may_say_who: bool


@dataclass(frozen=True)
class Told:
    """Everything that was submitted."""

    sections: tuple[Section, ...]
    scores: tuple[ScoreReport, ...]
    route: Route
    consents: tuple[str, ...]
    interpreter: str
    adaptation: str


@dataclass(frozen=True)
class Happened:
    """A line of the timeline; `choice` and `note` are empty where nothing was said, `shut` where it cannot be read."""

    entry: TimelineEntry
    choice: str
    note: str
    shut: bool


def contact_of(parts: Parts, box: Box, case: Case) -> Contact | None:
    """How to reach the person; None if it cannot be shown."""
    said = payload.answers(_open(box, Encrypted.CONTACT, case.id, case.contact))
    if not said:
        return None
    return Contact(
        name=_text(said.get("contact.name", "")),
        ways=_words(parts, "contact.ways", said.get("contact.ways", ())),
        phone=_as_dialled(_text(said.get("contact.phone", ""))),
        email=_text(said.get("contact.email", "")),
        address=_text(said.get("contact.address", "")),
        times=_words(parts, "safety.times", said.get("safety.times", ())),
        voicemail_safe=said.get("safety.voicemail") == "yes",
        may_say_who=said.get("safety.say_who") == "yes",
    )


def told_by(parts: Parts, box: Box, case: Case) -> Told | None:
    """What the person said and what follows from it; None if it cannot be shown."""
    whole = payload.mapping(_open(box, Encrypted.ANSWERS, case.id, case.answers))
    if not whole:
        return None
    answers = payload.answers(whole.get("answers"))
    definitions, wordings = payload.mapping(whole.get("definitions")), payload.mapping(whole.get("wordings"))
    facts = payload.facts(whole.get("facts"))
    wanted = _text(answers.get("needs.interpreter", ""))
    return Told(
        sections=transcript(parts.library, Submitted(case.door, case.language, answers, facts, definitions, wordings)),
        scores=score_reports(parts.library, whole.get("scores"), g.language),
        route=route_of(parts, payload.mapping(whole.get("route")), Known(answers, facts)),
        consents=_words(parts, "consent.share", answers.get("consent.share", ())),
        interpreter=interpreter(parts.library, wanted, g.language) if wanted else "",
        adaptation=_text(answers.get("needs.adaptation", "")),
    )


def happened(box: Box, entry: TimelineEntry) -> Happened:
    """A line of the timeline with its detail opened."""
    if entry.detail is None:
        return Happened(entry, "", "", shut=False)
    detail = payload.mapping(_open(box, Encrypted.DETAIL, entry.row, entry.detail))
    return Happened(entry, payload.text(detail.get("choice")), payload.text(detail.get("note")), shut=not detail)


def _open(box: Box, column: Encrypted, row: str, ciphertext: bytes) -> payload.Json:
    try:
        return box.open(column, row, ciphertext)
    except (SealError, ValueError):
        return None


def _words(parts: Parts, fact: str, answer: Answer) -> tuple[str, ...]:
    codes = (answer,) if isinstance(answer, str) else answer
    return tuple(option(parts.library, fact, code, g.language) for code in codes if code)


def _as_dialled(number: str) -> str:
    """A number as it is written here, or as it was sent where it is none."""
    try:
        parsed = phonenumbers.parse(number, HERE)
    except phonenumbers.NumberParseException:
        return number
    local = phonenumbers.region_code_for_number(parsed) == HERE
    form = phonenumbers.PhoneNumberFormat
    return str(phonenumbers.format_number(parsed, form.NATIONAL if local else form.INTERNATIONAL))


def _text(answer: Answer) -> str:
    return answer if isinstance(answer, str) else ", ".join(answer)
