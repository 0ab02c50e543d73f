"""From finished answers to a sealed row in the inbox: walk, score, recommend, seal, insert.

The public process keeps nothing of what it hands over and cannot read it again. A receipt code comes from a secret in
the person's own draft, so sending the same draft twice gives the same receipt; of the code itself nothing is stored but
an id derived from it. Whoever brings the code opens a mailbox, whose keys come from the code too.
"""

import base64
import json
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.orm import Session

from intake import clock
from intake.config import Settings
from intake.i18n import today
from intake.origin import Origin
from intake.questionnaires.journey import Journey
from intake.questionnaires.model import Answers, Door
from intake.questionnaires.scoring import ENGINE, Result, score
from intake.questionnaires.tongues import answered_in, notices
from intake.records.ids import CROCKFORD, new_id
from intake.records.link_models import IssuedLink
from intake.records.models import PRIORITY
from intake.records.queries import inbox, links
from intake.routing.receivers import agreed
from intake.routing.recommendation import Recommendation, recommend, redirect
from intake.rules import Facts
from intake.sealing.mailbox import SECRET_BYTES, Mailbox
from intake.sealing.seal import Context, read_public_key, seal
from intake.web import Parts

PAYLOAD_VERSION = 1

_CODE_BYTES = 10
_CODE_LETTERS = 16
_GROUP = 4
_LONGEST_WRITTEN = 64
_LOOKALIKES = {"O": "0", "I": "1", "L": "1"}


@dataclass(frozen=True)
class Finished:
    """A form somebody has finished: the draft it was, its door, the walk its answers make, and in which language.

    `origin` says through which link it began, and whether staff filled it in. `tongues` are the languages instruments
    were answered in, by id, as far as they are known to be others than that one.
    """

    draft_id: str
    secret: bytes
    door: Door
    journey: Journey
    language: str
    origin: Origin = field(default_factory=Origin)
    tongues: Mapping[str, str] = field(default_factory=dict)

    @property
    def answered_in(self) -> Mapping[str, str]:
        """The language in which each instrument was answered."""
        return answered_in(self.door.instruments, self.journey.pages, self.language, self.tongues)


def results(door: Door, journey: Journey) -> tuple[Result, ...]:
    """Every instrument of the door that the walk led through, scored."""
    met = {page.source for page in journey.pages if page.items}
    return tuple(score(each, journey.answers, journey.facts) for each in door.instruments if each.id in met)


def suggestion(parts: Parts, door: Door, journey: Journey) -> Recommendation:
    """Where these answers would go today, and why."""
    return _suggest(parts, facts_of(door, journey))


def facts_of(door: Door, journey: Journey) -> Facts:
    """Everything a walk makes known: its answers, its door, and what the scores say."""
    return _facts(door, journey, results(door, journey))


def submit(session: Session, parts: Parts, finished: Finished) -> str:
    """Seal what was said and put it in the inbox, once per draft; return the unit it goes to. The caller commits."""
    door, scored = finished.door, results(finished.door, finished.journey)
    suggested = _suggest(parts, _facts(door, finished.journey, scored))
    unit = parts.directory.units[suggested.unit]
    link = links.link_by_id(session, finished.origin.link) if finished.origin.link else None
    code = receipt_code(finished.secret)
    payload = _payload(finished, scored) | _origin(finished, link)
    payload |= {
        "route": suggested.as_json(parts.routes),
        "mailbox": _mailbox_key(code, parts.settings),
        "consents": agreed(parts.receivers, parts.directory, unit, finished.journey, finished.language),
        "demonstration": parts.settings.demonstration,
    }
    row_id = new_id()
    row = inbox.Submission(
        id=row_id,
        draft_id=finished.draft_id,
        lookup=lookup_id(code, parts.settings.receipt_pepper),
        sealed=seal(parts.settings.public_key, _encoded(payload), Context(row_id, door.id, door.digest)),
        unit=suggested.unit,
        principal=unit.principal,
        priority=PRIORITY[suggested.urgency],
        language=finished.language,
        door=door.id,
        definition=door.digest,
    )
    if inbox.insert(session, row) and link is not None and link.withdrawn_at is None:
        links.count(session, link.id, today())
    return suggested.unit


def receipt_code(secret: bytes) -> str:
    """The receipt code of a draft: 80 bits as 16 letters and digits in groups of four."""
    number = int.from_bytes(_derive(secret, b"", b"receipt code", _CODE_BYTES))
    letters = "".join(CROCKFORD[number >> 5 * place & 31] for place in reversed(range(_CODE_LETTERS)))
    return _grouped(letters)


def read_code(written: str) -> str | None:
    """The receipt code somebody wrote from paper or memory, as it was given; None when it cannot be one.

    Accepts small letters, spaces, any dashes, the digits of any script, and O, I and L for the digits they look like.
    """
    if len(written) > _LONGEST_WRITTEN:
        return None
    letters = "".join(_alike(letter) for letter in unicodedata.normalize("NFKC", written).upper())
    if len(letters) != _CODE_LETTERS or not set(letters) <= set(CROCKFORD):
        return None
    return _grouped(letters)


def lookup_id(code: str, pepper: bytes) -> str:
    """What is stored of a receipt code: useless to anybody without the code or without this installation's pepper."""
    return _derive(code.encode(), pepper, b"receipt lookup", 32).hex()


def mailbox_of(code: str, pepper: bytes) -> Mailbox:
    """The mailbox of a receipt code: what the clinic writes to its bearer, nobody else can read."""
    return Mailbox(_derive(code.encode(), pepper, b"receipt mailbox", SECRET_BYTES))


def _mailbox_key(code: str, settings: Settings) -> str:
    """What staff seal letters with: sealed inside the request, so that nobody who reaches the database replaces it."""
    algorithm, _key = read_public_key(settings.public_key)
    return base64.b64encode(mailbox_of(code, settings.receipt_pepper).public(algorithm)).decode()


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + _GROUP] for start in range(0, _CODE_LETTERS, _GROUP))


def _alike(letter: str) -> str:
    """A letter as Crockford's alphabet reads it; nothing for what only separates."""
    if letter.isspace() or unicodedata.category(letter) == "Pd":
        return ""
    return _LOOKALIKES.get(letter, str(unicodedata.decimal(letter, letter)))


def _derive(secret: bytes, salt: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=purpose).derive(secret)


def _suggest(parts: Parts, facts: Facts) -> Recommendation:
    return redirect(recommend(parts.routes, facts), parts.directory, today())


def _facts(door: Door, journey: Journey, scored: tuple[Result, ...]) -> Facts:
    facts = {**journey.facts, "door": door.id}
    for result in scored:
        facts |= result.facts()
    return facts


def _payload(finished: Finished, scored: tuple[Result, ...]) -> dict[str, Any]:
    """What is sealed; what is told about somebody else is a part of its own, and there only when something was told."""
    apart = finished.door.about_third_party
    answers, facts = finished.journey.answers, _facts(finished.door, finished.journey, scored)
    third_party = {"answers": _only(answers, apart), "facts": _only(facts, apart)}
    tongues, unasked = finished.answered_in, notices(finished.journey.pages)
    return {
        "v": PAYLOAD_VERSION,
        "door": finished.door.id,
        "language": finished.language,
        "submitted": clock.now().isoformat(timespec="seconds"),
        "definitions": finished.door.definitions,
        "wordings": finished.door.wordings(finished.language, tongues),
        "engine": ENGINE,
        "answers": _only(answers, answers.keys() - apart),
        "facts": _only(facts, facts.keys() - apart),
        "tongues": tongues,
        "scores": [result.as_json(tongues[result.instrument.id]) for result in scored],
    } | _where_any(untranslated=list(unasked), third_party=third_party if third_party["answers"] else None)


def _where_any(**parts: object) -> dict[str, Any]:
    """Those parts in which something was told."""
    return {name: told for name, told in parts.items() if told}


def _only(said: Mapping[str, Any], names: Collection[str]) -> Mapping[str, Any]:
    return {name: value for name, value in said.items() if name in names}


def _origin(finished: Finished, link: IssuedLink | None) -> dict[str, Any]:
    """Where the request began, as far as there is anything to tell; a link that is not known is told as that."""
    told: dict[str, Any] = {}
    if finished.origin.link:
        known = _source(link, finished.journey.answers) if link else {"standing": "unknown"}
        told["source"] = {"link": finished.origin.link, **known}
    if finished.origin.assisted:
        told["assisted"] = asdict(finished.origin.assisted)
    return told


def _source(link: IssuedLink, answers: Answers) -> dict[str, Any]:
    """A link as staff will read of it, with the facts that it filled in and that were left so."""
    begun = links.answers_of(link)
    return {
        "standing": "withdrawn" if link.withdrawn_at else "current",
        "kind": link.kind,
        "place": link.place,
        "prefilled": sorted(fact for fact in begun if answers.get(fact) == begun[fact]),
    }


def _encoded(payload: Mapping[str, Any]) -> bytes:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"), default=sorted).encode()
