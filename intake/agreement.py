"""Do the words of a language agree with the Swedish: the same placeholders, the same markup, the same digits?"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%](?![a-z])|\{\w+\}")
_DIGITS = re.compile(r"\d+")
_MARKS = {
    "bold": re.compile(r"\*\*"),
    "links": re.compile(r"\]\([^)]*\)|https?://\S+?(?=[.,;:)]*(?:\s|$))"),
    "list items": re.compile(r"^\s*(?:[-*]|\d+[.)])\s", re.MULTILINE),
    "headings": re.compile(r"^#+\s", re.MULTILINE),
    "paragraphs": re.compile(r"\n\s*\n"),
}


def placeholders(text: str) -> list[str]:
    """Every placeholder of a text, sorted."""
    return sorted(_PLACEHOLDER.findall(text))


def digits(text: str) -> list[str]:
    """Every number of a text that is written in digits, sorted."""
    return sorted(_DIGITS.findall(_PLACEHOLDER.sub("", text)))


def faults(source: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    """What a text in another language names or marks otherwise than the Swedish.

    The last plural form is the general one; the others are held to name nothing the Swedish does not.
    """
    general, model = other[-1], source[-1]
    named, wanted = placeholders(general), placeholders(model)
    if named != wanted:
        yield f"has other placeholders than the Swedish: {_list(named)}, not {_list(wanted)}"
    foreign = {each for form in other[:-1] for each in placeholders(form)} - set(placeholders(" ".join(source)))
    if foreign:
        yield f"has placeholders that the Swedish does not have: {_list(sorted(foreign))}"
    for name, mark in _MARKS.items():
        if Counter(mark.findall(general.strip())) != Counter(mark.findall(model.strip())):
            yield f"has other {name} than the Swedish"


def digit_faults(source: Sequence[str], other: Sequence[str], *, excused: bool) -> Iterator[str]:
    """Other digits than the Swedish has, or an excuse for none."""
    there, wanted = digits(other[-1]), digits(source[-1])
    if there != wanted and not excused:
        yield f"has other digits than the Swedish: {_list(there)}, not {_list(wanted)}"
    if there == wanted and excused:
        yield "excuses a difference that is not there"


def _list(found: Sequence[str]) -> str:
    return " ".join(found) or "none"
