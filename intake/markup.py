"""The only place where text becomes HTML. Everything else is escaped by the templates.

What comes in are texts from the definitions: plain paragraphs with a blank line between, addresses written out, and
names with what they mean in brackets; and the words of the catalogs. What goes out is made of `p`, `a` and `bdi` alone,
whatever came in.
"""

import html
import re
from collections.abc import MutableMapping
from typing import Any

import bleach
from markupsafe import Markup, escape

_BLANK_LINE = re.compile(r"\n\s*\n")
_Attributes = MutableMapping[Any, str]


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs; web addresses that are written out become links, tags become text."""
    escaped = (bleach.clean(part.strip(), tags=frozenset()) for part in _BLANK_LINE.split(text))
    linked = (bleach.linkify(part, callbacks=[_only_https]) for part in escaped if part)
    return Markup("\n").join(Markup(f"<p>{part}</p>") for part in linked)  # noqa: S704  # bleach has cleaned it


def as_text(words: str) -> Markup:
    """Words as they are, to stand in HTML or in an attribute between double quotes."""
    return Markup(html.escape(words, quote=False).replace('"', "&quot;"))  # noqa: S704  # it is escaped here


def by_name(text: str, language: str) -> Markup:
    """A name in another language with what it means in brackets behind it: the name says which language it is in.

    Without brackets all of the text is in the language around it.
    """
    name, bracket, meaning = text.partition(" (")
    return marked(name, language) + bracket + meaning if bracket else escape(text)


def marked(text: str, language: str) -> Markup:
    """A text that stands by itself in another language than the one around it."""
    return Markup('<bdi lang="{}">{}</bdi>').format(language, text)


def _only_https(attributes: _Attributes, new: bool = False) -> _Attributes | None:  # noqa: FBT001, FBT002  # bleach's shape
    """Keep a link only where the whole address stands in the text, and tell the other site nothing."""
    if not new or not attributes["_text"].startswith("https://"):
        return None
    attributes[(None, "rel")] = "noreferrer"
    return attributes
