"""The people of the demonstration, read from `demonstration.yaml` and held against the very form they filled in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from intake.errors import DefinitionError, Forbidden, NotAllowedNow
from intake.questionnaires.journey import Journey, walk
from intake.questionnaires.loader import load
from intake.questionnaires.model import Answer, Door, Instrument, Library
from intake.questionnaires.source import Node, read
from intake.questionnaires.tongues import speak
from intake.triage import MOVES, Role, State, check_move

FILE = "demonstration.yaml"
NOTE = "note"
READ = "open"
LEFT_OUT = "-"

CONSENT = "consent"

_ACT = re.compile(r"(?P<when>\S+ \S+) (?P<by>\w+) (?P<does>\w+)( (?P<choice>\w+))?( to (?P<unit>[\w-]+))?")
_MOMENT = re.compile(r"(\d{1,2}) ([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True)
class Moment:
    """A number of days, before today or after another day, and the hour of that day."""

    days: int
    hour: time


@dataclass(frozen=True)
class Act:
    """Something staff did: `does` is the code of a move, `note`, or `consent`, told on the telephone for a purpose.

    `when` counts working days; `unit` is where something is to go.
    """

    when: Moment
    by: Role
    does: str
    choice: str
    note: str
    unit: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody who wrote to us, what they said, and what was done about it."""

    sent: Moment
    door: Door
    language: str
    journey: Journey
    history: tuple[Act, ...]


@dataclass(frozen=True)
class Colleague:
    """Somebody who works here, for one principal."""

    username: str
    role: Role
    principal: str
    name: str
    units: tuple[str, ...]


@dataclass(frozen=True)
class Cast:
    """Everybody, and the words their passwords are made of."""

    colleagues: tuple[Colleague, ...]
    words: tuple[str, ...]
    people: tuple[Person, ...]


def read_cast(root: Path, library: Library) -> Cast:
    """Read the cast from the content folder; raise DefinitionError for a person the form would not have let through."""
    found = read(root, root / FILE).fields("accounts words people")
    return Cast(
        colleagues=tuple(_colleague(username, node) for username, node in found["accounts"].entries().items()),
        words=found["words"].texts(),
        people=tuple(_person(node, library) for node in found["people"]),
    )


def cast_findings(root: Path) -> Iterator[str]:
    """The first fault of the cast under `root`, if any; nothing when the questionnaires do not load."""
    try:
        library = load(root)
    except DefinitionError:
        return
    try:
        read_cast(root, library)
    except DefinitionError as error:
        yield str(error)


def _colleague(username: str, node: Node) -> Colleague:
    found = node.fields("role principal name units")
    return Colleague(
        username=username,
        role=Role(found["role"].one_of(tuple(Role))),
        principal=found["principal"].text(),
        name=found["name"].text(),
        units=found["units"].texts(),
    )


def _person(node: Node, library: Library) -> Person:
    found = node.fields("sent door language says", "start history")
    door = library.doors[found["door"].one_of(tuple(library.doors))]
    start = found["start"].one_of(("questions", "contact")) if "start" in found else "questions"
    language = found["language"].one_of(library.languages)
    return Person(
        sent=_moment(found["sent"]),
        door=door,
        language=language,
        journey=_journey(found["says"], door, start, language),
        history=_history(found["history"]) if "history" in found else (),
    )


def _journey(says: Node, door: Door, start: str, language: str) -> Journey:
    """The walk these answers make; every one must count, and nothing may be missing before Send."""
    answers = dict(_answers(says, door))
    pages = speak(door, language, answers).pages
    journey = walk(pages, answers, {page.name for page in pages}, {"start": start})
    ignored = sorted(answers.keys() - journey.answers.keys())
    if ignored:
        raise says.wrong(f"{', '.join(ignored)}: not asked of this person, or not such an answer")
    if journey.next_page is not None:
        raise says.wrong(f"the page {journey.next_page.name} is not finished")
    if door.send_if is not None and not door.send_if.holds(journey.facts):
        raise says.wrong("this person does not send anything")
    return journey


def _answers(says: Node, door: Door) -> Iterator[tuple[str, Answer]]:
    instruments = {each.id: each for each in door.instruments}
    for name, node in says.entries().items():
        if name in instruments:
            yield from _scored(node, instruments[name])
            if f"{name}_offer" in door.items:
                yield f"{name}_offer", "now"
        elif isinstance(node.value, dict):
            yield from ((f"{name}.{item}", _answer(each)) for item, each in node.entries().items())
        else:
            yield name, _answer(node)


def _scored(node: Node, instrument: Instrument) -> Iterator[tuple[str, str]]:
    codes = node.text().split()
    if len(codes) != len(instrument.items):
        raise node.wrong(f"should have {len(instrument.items)} answers, not {len(codes)}")
    for item, code in zip(instrument.items, codes, strict=True):
        if code != LEFT_OUT:
            yield item.fact, code


def _answer(node: Node) -> Answer:
    return node.texts() if isinstance(node.value, list) else node.text()


def _history(node: Node) -> tuple[Act, ...]:
    """The acts in order; each has to be a move the table allows from where the ones before it led."""
    state, acts = State.RECEIVED, []
    for line, each in node.entries().items():
        act = _act(line, each)
        if state is State.RECEIVED and act.does != READ:
            state = State.READ
        if act.does in MOVES:
            state = _moved(state, act, each)
        acts.append(act)
    return tuple(acts)


def _moved(state: State, act: Act, node: Node) -> State:
    try:
        return check_move(act.does, state, act.by, act.choice, {"owner", "receiver"}).paths[state]
    except (Forbidden, NotAllowedNow) as error:
        raise node.wrong(str(error)) from error


def _act(line: str, node: Node) -> Act:
    """One act from its line, `days hour who move [choice] [to unit]`, and the note written with it, if any."""
    match = _ACT.fullmatch(line)
    if match is None or match["by"] not in tuple(Role) or match["does"] not in (*MOVES, NOTE, CONSENT):
        raise node.wrong("should be days, hour, role, move and perhaps a choice, such as '1 09:05 reception claim'")
    note = "" if node.value is None else node.text()
    when = _moment(Node(node.file, node.path, match["when"]))
    return Act(when, Role(match["by"]), match["does"], match["choice"] or "", note, match["unit"] or "")


def _moment(node: Node) -> Moment:
    match = _MOMENT.fullmatch(node.text())
    if match is None:
        raise node.wrong("should be days and an hour, such as '3 08:40'")
    days, hour, minute = map(int, match.groups())
    return Moment(days, time(hour, minute))
