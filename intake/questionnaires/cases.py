"""Worked cases: answers a clinician has scored by hand, and what the code must make of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.questionnaires.model import Instrument
from intake.questionnaires.scoring import Result, score
from intake.questionnaires.source import Node, read
from intake.rules import Value

CASES = "cases.yaml"
# A case may say that the sex is not known in the words the form has for it.
UNKNOWN = ("other", "undisclosed")


@dataclass(frozen=True)
class Case:
    """One worked case and where it stands."""

    node: Node
    name: str
    answers: Mapping[str, str]
    facts: Mapping[str, Value]
    expected: Mapping[str, Node]


def cases(root: Path, instrument: Instrument) -> Iterator[Case]:
    """Read the worked cases of an instrument; there must be some."""
    found = tuple(read(root, root / instrument.id / CASES))
    for node in found:
        entries = node.entries()
        given = {name: entries[name] for name in ("sex", "age") if name in entries}
        expected = {key: entry for key, entry in entries.items() if key not in ("name", "answers", *given)}
        yield Case(
            node=node,
            name=entries["name"].text() if "name" in entries else "",
            answers={f"{instrument.id}.{name}": entry.text() for name, entry in entries["answers"].entries().items()},
            facts={f"about.{name}": entry.value for name, entry in given.items() if entry.value not in UNKNOWN},
            expected=expected,
        )


def differences(instrument: Instrument, case: Case) -> Iterator[str]:
    """What the code makes of a case that the case says otherwise, one sentence each."""
    result = score(instrument, case.answers, case.facts)
    known = _told(result)
    for key, node in case.expected.items():
        if key == "bands":
            yield from _band_differences(result, node)
        elif key not in known:
            yield f"'{key}' is nothing this instrument tells"
        elif known[key] != node.value:
            yield f"{key} should be {node.value} but is {known[key]}"


def _told(result: Result) -> Mapping[str, object]:
    sums = {id_: span.value for id_, span in result.sums.items()}
    return {**sums, "complete": result.total.complete, "interval": [result.total.low, result.total.high]}


def _band_differences(result: Result, node: Node) -> Iterator[str]:
    possible = {reading.scheme.id: list(dict.fromkeys(reading.bands)) for reading in result.readings}
    for scheme, entry in node.entries().items():
        if possible.get(scheme, []) != entry.value:
            yield f"{scheme} should be {entry.value} but is {possible.get(scheme, [])}"
