"""Words that do not agree: other digits than the Swedish, two answers that read the same, ranges that do not tile.

Public copies of these very instruments carry such faults ("2–4 times a month", then "2–3 times a month"), and each of
them changes what an answer means.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from intake.agreement import digits_differ
from intake.errors import DefinitionError
from intake.questionnaires.source import Node, read
from intake.questionnaires.wording import languages
from intake.questionnaires.words import SOURCE_LANGUAGE

_DIGITS = re.compile(r"\d+")
_AROUND = " .,;:!?…؟،؛()[]\"'“”„«»"
_RANGE = re.compile(r"^\D{0,3}(?P<low>\d+)(?:\D{1,9}?(?P<mid>\d+))*\s*(?P<unit>\D*)$")
# What may differ without meaning anything: provenance is about one language only, `digits_differ` explains the rest.
_NOT_COMPARED = ("language", "status", "source", "wording_checked", "digits_differ", "title")


def word_findings(root: Path, folder: Path) -> Iterator[str]:
    """Every finding about the language files of one folder; one that cannot be read is not among them."""
    files = dict(_readable(root, folder))
    if SOURCE_LANGUAGE not in files:
        return
    source = _sentences(files[SOURCE_LANGUAGE])
    for tag, node in files.items():
        yield from _option_findings(node)
        if tag != SOURCE_LANGUAGE:
            yield from _digit_findings(source, node)


def _readable(root: Path, folder: Path) -> Iterator[tuple[str, Node]]:
    for tag in languages(folder):
        with suppress(DefinitionError):
            node = read(root, folder / f"{tag}.yaml")
            node.entries()
            yield tag, node


def _sentences(node: Node) -> dict[str, Node]:
    """Every text in a language file by its path, apart from what is not compared."""
    if isinstance(node.value, str):
        return {node.path: node}
    children: list[Node] = []
    if isinstance(node.value, dict):
        children = [child for key, child in node.entries().items() if node.path or key not in _NOT_COMPARED]
    elif isinstance(node.value, list):
        children = list(node)
    return {path: sentence for child in children for path, sentence in _sentences(child).items()}


def _digit_findings(source: Mapping[str, Node], node: Node) -> Iterator[str]:
    entries = node.entries()
    excused = entries["digits_differ"].entries() if "digits_differ" in entries else {}
    sentences = _sentences(node)
    for path in source.keys() - sentences.keys():
        yield f"{node.file}: {path}: is missing"
    for path, sentence in sentences.items():
        if path not in source:
            yield f"{sentence.place}: the Swedish has nothing here"
        elif path not in excused and (differ := _differ(source[path], sentence)):
            yield f"{sentence.place}: {differ}"
    for path, reason in excused.items():
        if path not in sentences or path not in source or not _differ(source[path], sentences[path]):
            yield f"{reason.place}: excuses a difference that is not there"


def _differ(source: Node, sentence: Node) -> str:
    return digits_differ(str(source.value), str(sentence.value))


def _option_findings(node: Node) -> Iterator[str]:
    sets = node.entries().get("options")
    for answers in sets.entries().values() if sets else ():
        labels = list(answers.entries().values())
        texts = [_as_read(str(label.value)) for label in labels]
        for label, text in zip(labels, texts, strict=True):
            if texts.index(text) != len(texts) - 1 - texts[::-1].index(text):
                yield f"{label.place}: another answer reads the same"
        for first, second in pairwise(labels):
            yield from _tile_finding(first, second)


def _as_read(text: str) -> str:
    """A text as somebody hears it: whatever its capitals, its spaces and what stands around it."""
    return " ".join(text.split()).strip(_AROUND).casefold()


def _tile_finding(first: Node, second: Node) -> Iterator[str]:
    """Two answers in a row that count the same thing must neither overlap nor leave a number out."""
    earlier, later = _range(str(first.value)), _range(str(second.value))
    if earlier is None or later is None or not later[2].endswith(earlier[2]):
        return
    if later[0] != earlier[1] + 1:
        fault = "overlaps" if later[0] <= earlier[1] else "leaves a gap after"
        yield f"{second.place}: '{second.value}' {fault} '{first.value}'"


def _range(label: str) -> tuple[int, int, str] | None:
    """The lowest and highest number a label names and what it counts; None for a label that is no range."""
    match = _RANGE.match(label.strip())
    if match is None:
        return None
    numbers = [int(digits) for digits in _DIGITS.findall(label)]
    return min(numbers), max(numbers), match["unit"].strip().casefold()
