"""A case opened: what the person said, how to reach them, what it scored and why it came here. Each part by itself."""

from collections.abc import Mapping
from dataclasses import dataclass

import phonenumbers
from flask import g

from intake.errors import SealError
from intake.questionnaires.model import Answer
from intake.records.box import Box, Encrypted
from intake.records.models import Case
from intake.records.queries.cases import TimelineEntry
from intake.staff import payload
from intake.staff.scores import ScoreReport, score_reports
from intake.staff.transcript import Section, Submitted, sections_about, transcript
from intake.staff.vocabulary import interpreter, option
from intake.web import Parts

HERE = "SE"
WORKPLACE = ("referral.kind", "referral.unit")


@dataclass(frozen=True)
class Contact:
    """How to reach somebody, and what is safe. What was not answered is not safe.

    Somebody who writes `at_work` is reached there, and says which work it is and where. `guardians` tells whether
    those of a child may be spoken to: yes, no or talk_first; empty for a grown-up. `guardian_knows` is in words.
    """

    name: str
    ways: tuple[str, ...]
    phone: str
    email: str
    address: str
    times: tuple[str, ...]
    voicemail_safe: bool
    may_say_who: bool
    at_work: bool = False
    role: str = ""
    workplace: tuple[str, ...] = ()
    guardians: str = ""
    guardian_knows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Route:
    """Why the case came to this unit: the rule that held, what must not be missed, and the rules that did not hold."""

    because: str
    flags: tuple[str, ...]
    passed_over: tuple[tuple[str, str], ...]
    changed: bool


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
    """How to reach whoever wrote; None if it cannot be shown."""
    said = payload.answers(opened(box, Encrypted.CONTACT, case.id, case.contact))
    if not said:
        return None
    whose = "referrer" if "referrer.name" in said else "contact"
    return Contact(
        name=_text(said.get(f"{whose}.name", "")),
        ways=_words(parts, "contact.ways", said.get("contact.ways", ())),
        phone=as_dialled(_text(said.get(f"{whose}.phone", ""))),
        email=_text(said.get(f"{whose}.email", "")),
        address=_text(said.get("contact.address", "")),
        times=_words(parts, "safety.times", said.get("safety.times", ())),
        voicemail_safe=said.get("safety.voicemail") == "yes",
        may_say_who=said.get("safety.say_who") == "yes",
        at_work=whose == "referrer",
        role=_text(said.get("referrer.role", "")),
        workplace=tuple(word for fact in WORKPLACE for word in _words(parts, fact, said.get(fact, ()))),
        guardians=_text(said.get("youth.guardian_contact", "")),
        guardian_knows=_words(parts, "youth.guardian_knows", said.get("youth.guardian_knows", ())),
    )


def submitted(box: Box, case: Case, apart: Mapping[str, payload.Json]) -> Submitted:
    """What was submitted, with what was kept `apart` put back in its place; as much of it as opens."""
    whole = payload.mapping(opened(box, Encrypted.ANSWERS, case.id, case.answers))
    third_party = payload.answers(apart.get("answers"))
    return Submitted(
        door=case.door,
        language=case.language,
        answers={**payload.answers(whole.get("answers")), **third_party},
        facts={**payload.facts(whole.get("facts")), **payload.facts(apart.get("facts"))},
        definitions=payload.mapping(whole.get("definitions")),
        wordings=payload.mapping(whole.get("wordings")),
        apart=third_party.keys(),
    )


def told_by(parts: Parts, box: Box, case: Case, apart: Mapping[str, payload.Json]) -> Told | None:
    """What the person said of themselves and what follows from it; None if it cannot be shown."""
    whole = payload.mapping(opened(box, Encrypted.ANSWERS, case.id, case.answers))
    if not whole:
        return None
    answers = payload.answers(whole.get("answers"))
    wanted = _text(answers.get("needs.interpreter", ""))
    return Told(
        sections=sections_about("oneself", transcript(parts.library, submitted(box, case, apart))),
        scores=score_reports(parts.library, whole.get("scores"), g.language),
        route=_route(parts, payload.mapping(whole.get("route"))),
        consents=_words(parts, "consent.share", answers.get("consent.share", ())),
        interpreter=interpreter(parts.library, wanted, g.language) if wanted else "",
        adaptation=_text(answers.get("needs.adaptation", "")),
    )


def happened(box: Box, entry: TimelineEntry) -> Happened:
    """A line of the timeline with its detail opened."""
    if entry.detail is None:
        return Happened(entry, "", "", shut=False)
    detail = payload.mapping(opened(box, Encrypted.DETAIL, entry.row, entry.detail))
    return Happened(entry, payload.text(detail.get("choice")), payload.text(detail.get("note")), shut=not detail)


def opened(box: Box, column: Encrypted, row: str, ciphertext: bytes) -> payload.Json:
    """What was encrypted; None if it does not open."""
    try:
        return box.open(column, row, ciphertext)
    except (SealError, ValueError):
        return None


def _route(parts: Parts, kept: Mapping[str, payload.Json]) -> Route:
    because = {rule.id: rule.because.get(g.language, rule.id) for rule in parts.routes.routes}
    warnings = {flag.id: flag.because.get(g.language, flag.id) for flag in parts.routes.flags}
    trace = [payload.mapping(step) for step in payload.sequence(kept.get("trace"))]
    rule = payload.text(kept.get("rule"))
    return Route(
        because=because.get(rule, rule),
        flags=tuple(warnings.get(flag, flag) for flag in payload.strings(kept.get("flags"))),
        passed_over=tuple(
            (because.get(payload.text(step.get("rule")), ""), payload.text(step.get("failed")))
            for step in trace
            if step.get("held") is False
        ),
        changed=kept.get("digest") != parts.routes.digest,
    )


def _words(parts: Parts, fact: str, answer: Answer) -> tuple[str, ...]:
    codes = (answer,) if isinstance(answer, str) else answer
    return tuple(option(parts.library, fact, code, g.language) for code in codes if code)


def as_dialled(number: str) -> str:
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
