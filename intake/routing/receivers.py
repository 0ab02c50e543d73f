"""Whom a person has said yes to: from the codes of the consent form to principals and units."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.errors import DefinitionError
from intake.questionnaires.journey import Journey
from intake.questionnaires.loader import load
from intake.questionnaires.model import Library
from intake.questionnaires.source import Node, read
from intake.routing.loader import load_directory
from intake.routing.model import Directory, Unit
from intake.rules import Facts

RECEIVERS = "receivers.yaml"
CONSENT = "consent.share"
PURPOSES = ("care", "support", "consult")


@dataclass(frozen=True)
class Receiver:
    """What one code means. `kinds` is empty where it means staff in the very unit the request goes to."""

    code: str
    principals: tuple[str, ...]
    purpose: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """A receiver with a name: a principal in one unit, for a purpose."""

    code: str
    principal: str
    unit: str
    purpose: str


Receivers = Mapping[str, Receiver]


def load_receivers(root: Path, library: Library, directory: Directory) -> Receivers:
    """Read receivers.yaml under `root`; every code of the consent form must mean somebody, and no other may."""
    node = read(root, root / RECEIVERS)
    found = {code: _receiver(code, entry, directory) for code, entry in node.entries().items()}
    asked = {code for door in library.doors.values() if CONSENT in door.items for code in door.items[CONSENT].codes}
    if asked != set(found):
        raise node.wrong(f"should say who is meant by {', '.join(sorted(asked))}")
    return found


def receiver_findings(root: Path) -> Iterator[str]:
    """What is wrong with receivers.yaml under `root`, if anything; nothing when what it names does not load."""
    try:
        library, directory = load(root), load_directory(root)
    except DefinitionError:
        return
    try:
        load_receivers(root, library, directory)
    except DefinitionError as error:
        yield str(error)


def named(
    receivers: Receivers, directory: Directory, unit: Unit, codes: tuple[str, ...], facts: Facts
) -> Iterator[Named]:
    """Everybody who is named by `codes` for a request to `unit`, as far as town and age in `facts` let them be."""
    age, town = facts.get("about.age"), facts.get("about.town")
    for receiver in (receivers[code] for code in codes if code in receivers):
        principal = _principal(receiver, town)
        if principal is None:
            continue
        if receiver.kinds:
            of_kind = (each for each in directory.units.values() if each.kind in receiver.kinds)
            units = [each.id for each in of_kind if each.takes_age(age) and each.serves(town)]
        else:
            units = [unit.id] if principal in unit.shared_with else []
        yield from (Named(receiver.code, principal, each, receiver.purpose) for each in units)


def agreed(
    receivers: Receivers, directory: Directory, unit: Unit, journey: Journey, language: str
) -> list[dict[str, str]]:
    """Every consent a person gave on the way, as it is sealed with the request: to whom, for what, in which words."""
    codes = journey.answers.get(CONSENT, ())
    chosen = (codes,) if isinstance(codes, str) else codes
    return [
        {
            "code": each.code,
            "principal": each.principal,
            "unit": each.unit,
            "purpose": each.purpose,
            "words": (words := _words(journey, each.code, language)),
            "wording": digest_of(words),
        }
        for each in named(receivers, directory, unit, chosen, journey.facts)
    ]


def digest_of(words: str) -> str:
    """The digest by which an exact wording is known."""
    return hashlib.sha256(words.encode()).hexdigest()


def _words(journey: Journey, code: str, language: str) -> str:
    """All that stood on the page when somebody ticked this box: its text, the question, and the box."""
    page = next(page for page in journey.pages for item in page.items if item.fact == CONSENT)
    item = next(item for item in page.items if item.fact == CONSENT)
    words, own = page.words[language], page.own_words(language)
    about = [own.heading, own.text] if own else []
    asked = words.items[item.name]
    return "\n".join(text for text in (*about, asked.text, asked.hint, words.option(item, code)) if text)


def _principal(receiver: Receiver, town: object) -> str | None:
    if len(receiver.principals) == 1:
        return receiver.principals[0]
    return next((principal for principal in receiver.principals if principal == town), None)


def _receiver(code: str, node: Node, directory: Directory) -> Receiver:
    found = node.fields("principals purpose at", "kinds")
    at = found["at"].one_of(("unit", "kinds"))
    if (at == "kinds") != ("kinds" in found):
        raise node.wrong("'kinds' go with 'at: kinds', and with nothing else")
    return Receiver(
        code=code,
        principals=tuple(member.one_of(tuple(directory.principals)) for member in found["principals"]),
        purpose=found["purpose"].one_of(PURPOSES),
        kinds=tuple(_kind(member, directory) for member in found.get("kinds", ())),
    )


def _kind(node: Node, directory: Directory) -> str:
    """A kind somebody works in: a yes to a kind no unit has would name nobody, and nobody would notice."""
    return node.one_of(tuple(dict.fromkeys(unit.kind for unit in directory.units.values() if unit.has_staff)))
