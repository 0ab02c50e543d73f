"""What a browser keeps for us: Flask's session as an encrypted cookie that belongs to one part of the site.

Under `/f/<draft>/` the session is the cookie `draft`: a person's unfinished answers, alone in that draft's folder, so
two tabs never mix. Under `/code/<visit>/` it is the cookie `visit`: what a receipt code opens, for twenty minutes after
the last page. Under `/staff` it is the cookie `staff`. Everywhere else there is no session and no cookie. A cookie
is written only when its content changed, carries its own time of writing, and opens only under the name and the path it
was made for. Anything else that arrives in its place is treated as if nothing had.
"""

import base64
import json
import os
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, Request, Response, session
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin

from intake import clock
from intake.errors import DraftTooLarge

LONGEST_COOKIE = 3900  # bytes of name and value; browsers promise 4,096 with the attributes
DRAFT_HOURS = 24
STAFF_HOURS = 12
VISIT_MINUTES = 20  # a phone that was put down opens no mailbox any more
CLOCK_SLACK = 300  # seconds by which the clocks of two servers may differ

_IN_DRAFT = re.compile(r"/f/([0-9a-f]{32})/")
_IN_VISIT = re.compile(r"/code/([0-9a-f]{32})/")
_NONCE = 12
_OVERHEAD = _NONCE + 16


@dataclass(frozen=True)
class Jar:
    """Where a cookie lives: its name, the path it is sent to, for how many seconds it is good and who may send it."""

    name: str
    path: str
    seconds: int
    same_site: Literal["Lax", "Strict"]
    stays: bool


STAFF_JAR = Jar("staff", "/staff", STAFF_HOURS * 3600, "Strict", stays=False)


def jar_of(path: str) -> Jar | None:
    """The jar of the page at `path`, None where there is no session."""
    if draft := _IN_DRAFT.match(path):
        return draft_jar(draft[1])
    if visit := _IN_VISIT.match(path):
        return visit_jar(visit[1])
    return STAFF_JAR if path == STAFF_JAR.path or path.startswith(f"{STAFF_JAR.path}/") else None


def draft_jar(draft: str) -> Jar:
    """The jar of one draft; it outlives the browser, so that a phone that drops the page does not drop the answers."""
    return Jar("draft", f"/f/{draft}/", DRAFT_HOURS * 3600, "Lax", stays=True)


def visit_jar(visit: str) -> Jar:
    """The jar of one look into a mailbox; it goes with the browser, and at the latest with its minutes."""
    return Jar("visit", f"/code/{visit}/", VISIT_MINUTES * 60, "Lax", stays=False)


class CookieSession(SecureCookieSession):
    """A session that knows its jar; without one it is empty and refuses to be written."""

    def __init__(self, jar: Jar | None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(initial)
        self.jar = jar
        self.on_update = CookieSession._changed

    def move(self, jar: Jar, content: Mapping[str, Any]) -> None:
        """Forget what is here and write `content` into another jar with this response: how a draft begins."""
        self.jar = jar
        self.clear()
        self.update(content)

    def _changed(self) -> None:
        if self.jar is None:
            raise TypeError("no cookie belongs to this address, so nothing can be kept")
        self.modified = True


class EncryptedCookies(SessionInterface):
    """Flask's session interface over encrypted cookies. `secret` is any secret of 32 bytes or more."""

    def __init__(self, secret: bytes, *, secure: bool) -> None:
        self._box = AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"intake cookies").derive(secret))
        self._secure = secure

    def open_session(self, app: Flask, request: Request) -> CookieSession:  # noqa: ARG002  # Flask passes it
        """The session the request brings, empty when it brings none that opens."""
        jar = jar_of(request.path)
        if jar is None:
            return CookieSession(None)
        # Another cookie of this name may have been set for a wider path: ours is the one that opens.
        opened = (self._open(jar, value) for value in request.cookies.getlist(self._name(jar)))
        return CookieSession(jar, next(filter(None, opened), None))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002  # as above
        """Write the session when it changed; take the cookie away when it was emptied."""
        if not isinstance(session, CookieSession) or session.jar is None or not session.modified:
            return
        jar, name = session.jar, self._name(session.jar)
        if not session:
            response.delete_cookie(name, jar.path, secure=self._secure, httponly=True, samesite=jar.same_site)
            return
        response.set_cookie(
            name,
            self._seal(jar, session),
            max_age=jar.seconds if jar.stays else None,
            path=jar.path,
            secure=self._secure,
            httponly=True,
            samesite=jar.same_site,
        )

    def _name(self, jar: Jar) -> str:
        return f"__Secure-{jar.name}" if self._secure else jar.name

    def _seal(self, jar: Jar, session: CookieSession) -> str:
        nonce = os.urandom(_NONCE)
        sealed = self._box.encrypt(nonce, _packed(session), _place(jar))
        return base64.urlsafe_b64encode(nonce + sealed).decode().rstrip("=")

    def _open(self, jar: Jar, value: str) -> Mapping[str, Any]:
        try:
            sealed = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
            content = json.loads(zlib.decompress(self._box.decrypt(sealed[:_NONCE], sealed[_NONCE:], _place(jar))))
        except (InvalidTag, ValueError):
            return {}
        age = clock.now().timestamp() - content["at"]
        return content["session"] if -CLOCK_SLACK <= age <= jar.seconds else {}


def current() -> CookieSession:
    """The session of this request."""
    return cast("CookieSession", session)


def check_fits(content: Mapping[str, Any]) -> None:
    """Raise DraftTooLarge when `content` would not fit one cookie; nothing is changed by asking."""
    sealed = len(_packed(content)) + _OVERHEAD
    if len("__Secure-draft=") + (sealed * 4 + 2) // 3 > LONGEST_COOKIE:
        raise DraftTooLarge("the answers do not fit one cookie")


def _packed(session: Mapping[str, Any]) -> bytes:
    content = {"at": int(clock.now().timestamp()), "session": session}
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), level=9)


def _place(jar: Jar) -> bytes:
    return f"{jar.name} {jar.path}".encode()
