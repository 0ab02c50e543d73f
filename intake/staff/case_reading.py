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
from intake.staff import payload, purpose
from intake.staff.account import account
from intake.staff.origin_reading import Source, channel_of, source_of
from intake.staff.route_reading import Known, Route, route_of
from intake.staff.scores import ScoreReport, score_reports
from intake.staff.transcript import Section, Submitted, sections_about, transcript
from intake.staff.vocabulary import instrument_title, interpreter, option
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
class Told:
    """What was submitted, as far as the person who asks may read it; `whole` says whether that is everything.

    `assisted` is the channel by which staff say that they filled it in. `untranslated` are the titles of instruments
    that were not asked because they have no words in the person's language.
    """

    sections: tuple[Section, ...]
    scores: tuple[ScoreReport, ...]
    route: Route
    interpreter: str
    adaptation: str
    source: Source | None
    assisted: str
    untranslated: tuple[str, ...]
    whole: bool


@dataclass(frozen=True)
class Happened:
    """A line of the timeline; `choice` and `note` are empty where nothing was said, `shut` where it cannot be read.

    `before` is how the person was reached until they changed it, `receivers` whom they no longer let read, and `other`
    the id of the other case it is about, if it is about another.
    """

    entry: TimelineEntry
    choice: str
    note: str
    unit: str
    shut: bool
    before: Contact | None = None
    receivers: tuple[str, ...] = ()
    other: str = ""


def contact_of(parts: Parts, box: Box, case: Case) -> Contact | None:
    """How to reach whoever wrote; None if it cannot be shown."""
    return _contact(parts, opened(box, Encrypted.CONTACT, case.id, case.contact))


def _contact(parts: Parts, kept: payload.Json) -> Contact | None:
    said = payload.answers(kept)
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
        tongues={id_: payload.text(tag) for id_, tag in payload.mapping(whole.get("tongues")).items()},
        untranslated=payload.strings(whole.get("untranslated")),
    )


def told_by(parts: Parts, box: Box, case: Case, apart: Mapping[str, payload.Json]) -> Told | None:
    """What the person said of themselves and what follows from it; None if it cannot be shown."""
    whole = payload.mapping(opened(box, Encrypted.ANSWERS, case.id, case.answers))
    if not whole:
        return None
    said, role = submitted(box, case, apart), account().role
    known = Known(said.answers, said.facts, purpose.weighs(parts.library, role))
    wanted = _text(said.answers.get("needs.interpreter", ""))
    return Told(
        sections=sections_about("oneself", transcript(parts.library, said, purpose.reads(parts.library, role))),
        scores=score_reports(parts.library, whole.get("scores"), g.language),
        route=route_of(parts, payload.mapping(whole.get("route")), known),
        interpreter=interpreter(parts.library, wanted, g.language) if wanted else "",
        adaptation=_text(said.answers.get("needs.adaptation", "")),
        source=source_of(parts.library, whole.get("source"), g.language),
        assisted=channel_of(whole.get("assisted")),
        untranslated=tuple(instrument_title(parts.library, id_, g.language) for id_ in said.untranslated),
        whole=purpose.reads_everything(role),
    )


def suggestion_of(box: Box, case: Case) -> tuple[str, str]:
    """The rule and the unit that were suggested when the request came; empty if that cannot be read."""
    whole = payload.mapping(opened(box, Encrypted.ANSWERS, case.id, case.answers))
    route = payload.mapping(whole.get("route"))
    return payload.text(route.get("rule")), payload.text(route.get("unit"))


def happened(parts: Parts, box: Box, entry: TimelineEntry) -> Happened:
    """A line of the timeline with its detail opened."""
    if entry.detail is None:
        return Happened(entry, "", "", "", shut=False)
    detail = payload.mapping(opened(box, Encrypted.DETAIL, entry.row, entry.detail))
    return Happened(
        entry,
        payload.text(detail.get("choice")),
        payload.text(detail.get("note")),
        payload.text(detail.get("unit")),
        shut=not detail,
        before=_contact(parts, detail.get("before")),
        receivers=_words(parts, "consent.share", payload.strings(detail.get("receivers"))),
        other=payload.text(detail.get("other")),
    )


def opened(box: Box, column: Encrypted, row: str, ciphertext: bytes) -> payload.Json:
    """What was encrypted; None if it does not open."""
    try:
        return box.open(column, row, ciphertext)
    except (SealError, ValueError):
        return None


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
