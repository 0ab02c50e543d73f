"""One look into a mailbox: what the browser keeps for it, twenty minutes from the last page, and nothing afterwards.

The cookie belongs to this visit's own address, so two codes in two tabs never mix. It holds what the code gives, never
the code; and what could not be sent, so that neither Back nor a reload loses it.
"""

import base64
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict

from intake import cookies
from intake.errors import DraftTooLarge
from intake.public.bearer import Bearer
from intake.records.ids import new_id
from intake.sealing.mailbox import Mailbox

_FORMAT = 1
_NOT_WRITTEN = {"code", "csrf_token", "door", "nonce", "switch"}


@dataclass(frozen=True)
class Visit:
    """Somebody whose code was right. `door` is the one they came through, `language` that of the page they look at."""

    id: str
    bearer: Bearer
    door: str
    language: str

    def address(self, endpoint: str, kind: str | None = None) -> str:
        """The address of a page of this visit, perhaps of one kind of paper."""
        return url_for(endpoint, visit=self.id, language=self.language, kind=kind)


def begin(bearer: Bearer, door: str, language: str) -> Visit:
    """Begin a visit; this response carries its cookie, whatever address the request had."""
    visit = Visit(new_id(), bearer, door, language)
    content = {
        "format": _FORMAT,
        "lookup": bearer.lookup,
        "secret": base64.b64encode(bearer.mailbox.secret).decode(),
        "door": door,
    }
    cookies.current().move(cookies.visit_jar(visit.id), {"visit": content})
    generate_csrf()
    return visit


def load(visit_id: str, language: str) -> Visit | None:
    """The visit of this address, good for twenty more minutes; None when it is over or never was."""
    content = cookies.current().get("visit", {})
    if content.get("format") != _FORMAT:
        return None
    cookies.current().modified = True
    bearer = Bearer(content["lookup"], Mailbox(base64.b64decode(content["secret"])))
    return Visit(visit_id, bearer, content["door"], language)


def keep(kind: str, values: MultiDict[str, str]) -> bool:
    """Keep what was written on a paper of this kind and not sent; False, and the page alone has it, without room."""
    written = {name: given for name, given in values.lists() if name not in _NOT_WRITTEN}
    content: dict[str, Any] = {**cookies.current(), "kept": {kind: written}}
    try:
        cookies.check_fits(content)
    except DraftTooLarge:
        return False
    cookies.current().update(content)
    return True


def kept(kind: str) -> MultiDict[str, str] | None:
    """What was written on such a paper and not sent, if anything."""
    written = cookies.current().get("kept", {}).get(kind)
    return MultiDict(written) if written else None


def tell(what: str) -> None:
    """Let the next page say that `what` was done, and let nothing unsent be kept any more."""
    cookies.current().pop("kept", None)
    cookies.current()["told"] = what


def told() -> str:
    """What was done just now, said once."""
    return str(cookies.current().pop("told", ""))


def forget() -> None:
    """Let this response take the visit's cookie away."""
    if cookies.current().jar is not None:
        cookies.current().clear()
