"""The words of a key, so that a test says what is told and not how it is worded today."""

import re
from html import escape

from intake.config import content_root
from intake.i18n import read_catalogs

_ISOLATED = re.compile(r"</?bdi[^>]*>")

CATALOGS = read_catalogs(content_root() / "translations")


def said(key: str, language: str = "sv", **values: object) -> str:
    """What a page says under `key`, as it stands in its HTML."""
    words: str = CATALOGS.translations[language].ugettext(key)
    assert words != key
    return escape(words % values if values else words, quote=False)


def as_read(html: str) -> str:
    """A page's HTML with its sentences in one piece: names stand in elements of their own, and nobody sees those."""
    return _ISOLATED.sub("", html)
