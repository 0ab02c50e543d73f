"""How hard a text is to read: the length of its sentences, and its readability index.

LIX (läsbarhetsindex) is Carl-Hugo Björnsson's, Läsbarhet, Stockholm 1968: words per sentence plus the share of words
with more than six letters, in per cent. Below 30 is very easy, 30 to 40 easy, 40 to 50 newspapers, above 50 hard. It
was made for Swedish and is used here for English too. It says nothing about one sentence, so short texts are not held
to it. The limits are what our texts hold: no sentence above 22 words, and no text that is not easy.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

LONG_WORD: Final = 6
ENOUGH_WORDS: Final = 25
MEASURED: Final = ("sv", "en")
LONGEST_SENTENCE: Final = 22
HARDEST: Final = 40
EASY_TO_READ: Final = "sv-x-lattlast"
LONGEST_EASY_SENTENCE: Final = 15

_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")
_ADDRESS = re.compile(r"https?://\S+")
_END = re.compile(r"(?<=[.!?:…])[\"'”’)*]*\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’:/\-–][^\W_]+)*")


@dataclass(frozen=True)
class Measure:
    """What was counted in one text or in many."""

    words: int
    long_words: int
    sentences: int

    @property
    def mean_sentence(self) -> float:
        """Words per sentence."""
        return self.words / max(self.sentences, 1)

    @property
    def lix(self) -> float:
        """The readability index."""
        return self.mean_sentence + 100 * self.long_words / max(self.words, 1)


def sentences(text: str) -> list[list[str]]:
    """The sentences of a text, each as its words; a placeholder counts as a word, an address as none."""
    plain = _ADDRESS.sub("", _PLACEHOLDER.sub(r"x", text))
    return [words for part in _END.split(plain) if (words := _WORD.findall(part))]


def measure(texts: Iterable[str]) -> Measure:
    """Count words, long words and sentences over some texts."""
    found = [sentence for text in texts for sentence in sentences(text)]
    words = [word for sentence in found for word in sentence]
    return Measure(len(words), sum(len(word) > LONG_WORD for word in words), len(found))


def too_long(text: str, most: int) -> list[str]:
    """The sentences of a text with more than `most` words, by their first words and their length."""
    return [f"{' '.join(words[:4])} … ({len(words)} words)" for words in sentences(text) if len(words) > most]


def too_hard(text: str, most: int) -> float | None:
    """The index of a text above `most`; None for one that is not, or is too short to have an index."""
    counted = measure([text])
    return counted.lix if counted.words >= ENOUGH_WORDS and counted.lix > most else None


def findings(text: str) -> Iterator[str]:
    """What makes a text hard to read in a language that is measured."""
    for sentence in too_long(text, LONGEST_SENTENCE):
        yield f"a sentence is longer than {LONGEST_SENTENCE} words: {sentence}"
    if (hard := too_hard(text, HARDEST)) is not None:
        yield f"is hard to read: LIX {hard:.0f}, and {HARDEST} is the limit"


def easier(easy: Iterable[str], source: Iterable[str]) -> Iterator[str]:
    """What of an easy-to-read language as a whole is not easier than its source."""
    ours, theirs = measure(easy), measure(source)
    if ours.mean_sentence >= theirs.mean_sentence:
        yield f"its sentences have {ours.mean_sentence:.1f} words on average, the Swedish {theirs.mean_sentence:.1f}"
    if ours.lix >= theirs.lix:
        yield f"its LIX is {ours.lix:.1f}, and that of the Swedish {theirs.lix:.1f}"
