"""Do the words of a language agree with the Swedish: the same placeholders, the same markup, the same digits?"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%](?![a-z])|\{\w+\}")
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"(?<=[.!?؟…])[\"'”’»)*]*\s+|\n+")
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
    """Every number of a text that is written in digits, in order."""
    return _DIGITS.findall(_PLACEHOLDER.sub("", text))


def faults(source: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    """What a text in another language names or marks otherwise than the Swedish."""
    yield from placeholder_faults(source, other)
    for name, mark in _MARKS.items():
        if Counter(mark.findall(other[-1].strip())) != Counter(mark.findall(source[-1].strip())):
            yield f"has other {name} than the Swedish"


def placeholder_faults(source: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    """What of a text cannot be filled in, or not with what the Swedish is: a page that shows it would fail.

    The last plural form is the general one; the others are held to name nothing the Swedish does not.
    """
    named, wanted = placeholders(other[-1]), placeholders(source[-1])
    if named != wanted:
        yield f"has other placeholders than the Swedish: {_list(named)}, not {_list(wanted)}"
    known = set(placeholders(" ".join(source)))
    foreign = {each for form in other[:-1] for each in placeholders(form)} - known
    if foreign:
        yield f"has placeholders that the Swedish does not have: {_list(sorted(foreign))}"
    if any(each.startswith("%(") for each in known) and any("%" in _PLACEHOLDER.sub("", form) for form in other):
        yield "has a % that nothing fills in: write %%"


def digit_faults(source: Sequence[str], other: Sequence[str], *, excused: bool) -> Iterator[str]:
    """Other digits than the Swedish has, or an excuse for none."""
    differ = digits_differ(source[-1], other[-1])
    if differ and not excused:
        yield differ
    if not differ and excused:
        yield "excuses a difference that is not there"


def digits_differ(source: str, other: str) -> str:
    """How the digits of a text differ from the Swedish, empty where they do not.

    They are compared in order and sentence by sentence, so that no number moves to another statement; where there are
    more sentences or fewer, all together.
    """
    theirs, ours = ([digits(each) for each in _SENTENCE_END.split(text.strip())] for text in (source, other))
    if len(theirs) != len(ours):
        theirs, ours = ([sorted(digits(text))] for text in (source, other))
    for wanted, there in zip(theirs, ours, strict=True):
        if wanted != there:
            return f"has other digits than the Swedish: {_list(there)}, not {_list(wanted)}"
    return ""


def _list(found: Sequence[str]) -> str:
    return " ".join(found) or "none"
