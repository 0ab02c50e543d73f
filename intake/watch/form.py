"""The public form as a visitor meets it, walked by a machine: page after page, with a canary's mark and no more."""

import re
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlencode, urlsplit

from intake.errors import IntakeError
from intake.i18n import SOURCE
from intake.watch.web import connection

MOST_PAGES = 30
LARGEST_PAGE = 1024 * 1024

_DOOR = "self"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")
_FIELD = 'name="contact.email"'
_SKIP = 'name="skip"'
_REDIRECTS = (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER)


class FormClosed(IntakeError):
    """The form could not be sent through; says at which step, and nothing that a page said."""


@dataclass
class Walk:
    """One visitor's way through the form at `site`; keeps cookies as a browser does."""

    site: str
    cookies: dict[tuple[str, str], str] = field(default_factory=dict)

    def send(self, mark: str) -> None:
        """Ask to be reached at `mark`, send it and see the receipt; raise FormClosed at the first step that fails."""
        address = self._ask("POST", f"/{SOURCE}/{_DOOR}", {"start": "contact"})[0]
        for _ in range(MOST_PAGES):
            address, page = self._page(address)
            if address.endswith("/done"):
                return self._check_receipt(page)
            address = self._ask("POST", address, _filled(page, mark))[0]
        raise FormClosed("the form does not come to an end")

    def _page(self, address: str) -> tuple[str, str]:
        """A page, and the address at which it was found in the end."""
        for _ in range(MOST_PAGES):
            onward, page = self._ask("GET", address)
            if not onward:
                return address, page
            address = onward
        raise FormClosed("the form leads round in circles")

    def _ask(self, method: str, address: str, values: dict[str, str] | None = None) -> tuple[str, str]:
        """Where an answer leads, and what it says. A form that does not lead on was not taken."""
        place = f"{method} of page {address.rsplit('/', 1)[-1]}"
        try:
            status, onward, page = self._exchange(method, address, values)
        except (OSError, HTTPException, CookieError, ValueError) as error:
            raise FormClosed(f"{place}: {type(error).__name__}") from None
        if status not in _REDIRECTS and (method == "POST" or status != HTTPStatus.OK):
            raise FormClosed(f"{place}: status {status}")
        return (urlsplit(onward).path if status in _REDIRECTS else ""), page

    def _exchange(self, method: str, address: str, values: dict[str, str] | None) -> tuple[int, str, str]:
        with closing(connection(self.site)) as there:
            kept = [f"{name}={value}" for (path, name), value in self.cookies.items() if address.startswith(path)]
            headers = {"Cookie": "; ".join(kept)} if kept else {}
            body = urlencode(values) if values is not None else None
            if body is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            there.request(method, address, body, headers)
            answer = there.getresponse()
            for header in answer.headers.get_all("Set-Cookie", []):
                for name, morsel in SimpleCookie(header).items():
                    self.cookies[morsel["path"] or "/", name] = morsel.value
            page = answer.read(LARGEST_PAGE).decode("utf-8", "replace")
            return answer.status, answer.headers.get("Location", ""), page

    @staticmethod
    def _check_receipt(page: str) -> None:
        if not _CODE.search(page):
            raise FormClosed("the receipt shows no code")


def _filled(page: str, mark: str) -> dict[str, str]:
    """What is sent from a page: the mark where an address is asked for, nothing where nothing has to be said."""
    token = _TOKEN.search(page)
    if token is None:
        raise FormClosed("a page has no form")
    values = {"csrf_token": token[1]}
    if _FIELD in page:
        return values | {"contact.ways": "email", "contact.email": mark}
    return values | ({"skip": "yes"} if _SKIP in page else {})
