"""Puts cases into the index of possible matches, after decryption and nowhere else: no public process has the key.

A number is written as E.164 and an address in one spelling before they are digested; what is neither is left out.
"""

import unicodedata
from collections.abc import Iterator, Mapping

import phonenumbers
from sqlalchemy.orm import Session

from intake.errors import SealError
from intake.records.box import Box, Encrypted
from intake.records.models import Case
from intake.records.queries import matches
from intake.sealing.digests import digest, digest_key

HERE = "SE"
BATCH = 100


def index_contact(session: Session, box: Box, case: Case) -> None:
    """Let the case be found by the contact it has now, at ingest and whenever that changes. The caller commits."""
    newest = max(box.fields.keys)
    key = digest_key(box.fields.keys[newest], case.principal)
    digests = {(kind, digest(key, kind, value)) for kind, value in reached_by(_contact(box, case))}
    matches.begin_indexing(session, case.id, newest)
    matches.replace_digests(session, case, digests)


def index_older(session: Session, box: Box, limit: int = BATCH) -> int:
    """Index at most `limit` cases from before there was an index, or before the newest data key; return how many.

    Commits after each, and whatever came before. Any number of workers may do this at once, as often as they like.
    """
    newest = max(box.fields.keys)
    waiting = matches.without_digests(session, newest, limit)
    session.commit()
    for case_id in waiting:
        if matches.begin_indexing(session, case_id, newest):
            index_contact(session, box, session.get_one(Case, case_id))
        session.commit()
    return len(waiting)


def reached_by(contact: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The ways to reach somebody that tell one person from another, as (kind, value), each in one spelling."""
    phone, email = contact.get("contact.phone"), contact.get("contact.email")
    if isinstance(phone, str) and (number := _e164(phone)):
        yield "phone", number
    if isinstance(email, str) and (address := _one_spelling(email)):
        yield "email", address


def _contact(box: Box, case: Case) -> Mapping[str, object]:
    """What can be read of the contact; a case that stays shut is found by nothing, and hinders no other."""
    try:
        said = box.open(Encrypted.CONTACT, case.id, case.contact)
    except (SealError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _e164(phone: str) -> str:
    try:
        parsed = phonenumbers.parse(phone, HERE)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def _one_spelling(email: str) -> str:
    """An address in small letters; whoever gives the same one in capitals reads the same mail."""
    return unicodedata.normalize("NFKC", email).strip().casefold() if "@" in email else ""
