"""What a page says in its own language, text by text: names and other parts that are marked stand as one sign."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

MARK: Final = "\ufffc"
"""Stands in a text for an element of its own: a name, a number to call, a code."""
SAID = ("aria-label", "alt", "placeholder", "title")
NO_WORDS = ("svg", "textarea", "script", "style")
VOID = ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr", "path")


@dataclass
class Open:
    """An element that is not closed yet; `run` is what has been read of the text that stands directly in it."""

    tag: str
    apart: bool
    run: list[str] = field(default_factory=list)


class Shown(HTMLParser):
    """The texts of a page that are in its own language, by what it says itself.

    Apart is what says that it is in another language, what a person wrote (`lang="" dir="auto"`), and codes and numbers
    (`<bdi dir="ltr">`). A text ends where an element begins or ends; only a `bdi` stands within one.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = ""
        self.texts: list[str] = []
        self._open = [Open("", apart=False)]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.language = self.language or found.get("lang", "")
        apart = self._is_apart(tag, found)
        if tag == "bdi":
            self._open[-1].run.append(MARK)
        else:
            self._say()
        if not apart:
            self.texts += [found[name] for name in SAID if name in found]
        if tag not in VOID:
            self._open.append(Open(tag, apart))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and len(self._open) > 1:
            self._say()
            if self._open.pop().tag == tag:
                break
        if tag != "bdi":
            self._say()

    def handle_data(self, data: str) -> None:
        self._open[-1].run.append(data)

    def _is_apart(self, tag: str, found: dict[str, str]) -> bool:
        if tag in NO_WORDS or (tag == "bdi" and found.get("dir") == "ltr" and "lang" not in found):
            return True
        if "lang" not in found:
            return self._open[-1].apart
        return found["lang"] != self.language if found["lang"] else found.get("dir") == "auto"

    def _say(self) -> None:
        """End the text that is being read."""
        here = self._open[-1]
        text, here.run = "".join(here.run), []
        if not here.apart:
            self.texts += text.split(" · ") if here.tag == "title" else [text]
