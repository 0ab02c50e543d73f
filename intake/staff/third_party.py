"""What a case tells about somebody who did not write it: shown apart, marked as told by another, removed for good."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g

from intake.questionnaires.model import Answers
from intake.records.box import Box, Encrypted
from intake.records.models import Case
from intake.records.queries import third_party
from intake.records.queries.third_party import Kept
from intake.staff import payload, purpose
from intake.staff.account import account
from intake.staff.case_reading import Contact, as_dialled, contact_of, opened, submitted
from intake.staff.transcript import Section, sections_about, transcript
from intake.staff.vocabulary import door_title, option
from intake.staff.work import Work
from intake.web import Parts

REASONS = ("asked", "not_needed", "wrong", "no_consent")
"""Why it is removed: the person asked for it; the case does not need it; it is wrong; the person had not agreed."""

_TELLER = ("relative.relation", "referral.kind", "referral.unit")


@dataclass(frozen=True)
class AboutAnother:
    """What is told about somebody else, and by whom (in words).

    `contact` is how that person may be reached, where they agreed to it. Where `kept` says that it was removed,
    nothing else is left; `shut` where it cannot be opened.
    """

    kept: Kept
    teller: tuple[str, ...]
    sections: tuple[Section, ...]
    contact: Contact | None
    shut: bool


def opened_part(box: Box, case: Case, kept: Kept | None) -> Mapping[str, payload.Json]:
    """What was kept apart; empty where there is nothing, nothing any more, or nothing that opens."""
    if kept is None or kept.content is None:
        return {}
    return payload.mapping(opened(box, Encrypted.THIRD_PARTY, case.id, kept.content))


def about_another(parts: Parts, box: Box, case: Case, kept: Kept | None) -> AboutAnother | None:
    """What the case tells about somebody else; None where it never told anything."""
    if kept is None:
        return None
    part = opened_part(box, case, kept)
    said = submitted(box, case, part)
    told = transcript(parts.library, said, purpose.reads(parts.library, account().role))
    teller = [word for fact in _TELLER for word in _words(parts, fact, said.answers)]
    return AboutAnother(
        kept=kept,
        teller=(door_title(parts.library, case.door, g.language), *teller),
        sections=sections_about("third_party", told) if part else (),
        contact=_contact(parts, payload.answers(part.get("answers"))),
        shut=kept.content is not None and not part,
    )


def contact_of_person(parts: Parts, box: Box, case: Case, kept: Kept | None) -> Contact | None:
    """How the person a case is for is reached: whoever wrote, or of whom somebody wrote in their work."""
    writer = contact_of(parts, box, case)
    if writer is None or not writer.at_work:
        return writer
    return _contact(parts, payload.answers(opened_part(box, case, kept).get("answers")))


def remove(work: Work, reason: str) -> None:
    """Remove what a case tells about somebody else and say so on its timeline.

    Raise Conflict if nothing is there any more, and NotAllowedNow in a unit that was only asked.
    """
    work.check_owner()
    third_party.remove(work.records, work.case.id, work.actor.id, reason)
    work.remember("remove_third_party", choice=reason)


def _contact(parts: Parts, said: Answers) -> Contact | None:
    if not {"someone.name", "someone.phone"} & said.keys():
        return None
    return Contact(
        name=_text(said, "someone.name"),
        ways=(),
        phone=as_dialled(_text(said, "someone.phone")),
        email="",
        address="",
        times=_words(parts, "someone.times", said),
        voicemail_safe=said.get("someone.voicemail") == "yes",
        may_say_who=said.get("someone.say_who") == "yes",
    )


def _words(parts: Parts, fact: str, said: Answers) -> tuple[str, ...]:
    answer = said.get(fact, ())
    codes = (answer,) if isinstance(answer, str) else answer
    return tuple(option(parts.library, fact, code, g.language) for code in codes)


def _text(said: Answers, fact: str) -> str:
    answer = said.get(fact, "")
    return answer if isinstance(answer, str) else ""
