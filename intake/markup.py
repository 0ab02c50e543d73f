"""The only place where text becomes HTML. Everything else is escaped by the templates.

What comes in are texts from the definitions: plain paragraphs with a blank line between, and addresses written out.
What goes out is made of `p` and `a` alone, whatever came in.
"""

import re
from collections.abc import MutableMapping
from typing import Any

import bleach
from markupsafe import Markup

_BLANK_LINE = re.compile(r"\n\s*\n")
_Attributes = MutableMapping[Any, str]


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs; web addresses that are written out become links, tags become text."""
    escaped = (bleach.clean(part.strip(), tags=frozenset()) for part in _BLANK_LINE.split(text))
    linked = (bleach.linkify(part, callbacks=[_only_https]) for part in escaped if part)
    return Markup("\n").join(Markup(f"<p>{part}</p>") for part in linked)  # noqa: S704  # bleach has cleaned it


def _only_https(attributes: _Attributes, new: bool = False) -> _Attributes | None:  # noqa: FBT001, FBT002  # bleach's shape
    """Keep a link only where the whole address stands in the text, and tell the other site nothing."""
    if not new or not attributes["_text"].startswith("https://"):
        return None
    attributes[(None, "rel")] = "noreferrer"
    return attributes
