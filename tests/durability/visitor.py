"""A browser without a screen: it keeps cookies by their path, fills in forms, and can be told to be patient."""

import re
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Self
from urllib.parse import urlencode

PHONE = "070-174 06 05"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")
BETWEEN_TRIES = 0.05


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    location: str
    text: str


@dataclass
class Visitor:
    """One person at the public form. Through `patience` seconds they try again when nobody answers, or not well."""

    port: int
    patience: float = 0.0
    cookies: dict[tuple[str, str], str] = field(default_factory=dict)
    review: str = ""
    token: str = ""

    def ask(self, method: str, path: str, **form: str) -> Answer:
        """Ask until there is an answer that is not a failure of the server's, or patience ends."""
        deadline = time.monotonic() + self.patience
        while True:
            try:
                answer = self._ask(method, path, form)
            except (OSError, HTTPException):
                if time.monotonic() > deadline:
                    raise
            else:
                if answer.status < 500 or time.monotonic() > deadline:
                    return answer
            time.sleep(BETWEEN_TRIES)

    def fill_in(self, name: str = "Kim") -> Self:
        """Ask to be called, up to the page where everything can be checked before it is sent."""
        page = self.ask("POST", "/sv/self", start="contact").location
        page = self.ask("GET", page).location
        self.token = token_in(self.ask("GET", page))
        page = self.ask("POST", page, csrf_token=self.token, skip="1").location
        contact = {"contact.name": name, "contact.ways": "call", "contact.phone": PHONE}
        safety = self.ask("POST", page, csrf_token=self.token, **contact).location
        consent = self.ask("POST", safety, csrf_token=self.token, skip="1").location
        self.review = self.ask("POST", consent, csrf_token=self.token).location
        assert self.review.endswith("/review")
        return self

    def send(self) -> Answer:
        """Press Send, whatever comes of it."""
        return self.ask("POST", self.review, csrf_token=self.token)

    def receipt(self) -> str:
        """Press Send, follow to the receipt, and read its code."""
        sent = self.send()
        assert sent.status == 303, sent.text
        codes = CODE.findall(self.ask("GET", sent.location).text)
        assert len(set(codes)) == 1, codes
        return str(codes[0])

    def twin(self) -> "Visitor":
        """The same browser at this moment, once more: a second click, a second tab, a page that is sent again."""
        return Visitor(self.port, self.patience, dict(self.cookies), self.review, self.token)

    @property
    def draft(self) -> str:
        """The id of the draft that was filled in."""
        return self.review.split("/")[2]

    def _ask(self, method: str, path: str, form: dict[str, str]) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            kept = [f"{name}={value}" for (at, name), value in self.cookies.items() if path.startswith(at)]
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": "; ".join(kept)}
            connection.request(method, path, urlencode(form), headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for header in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                self.cookies[morsel["path"], name] = morsel.value
        return Answer(response.status, response.headers.get("Location", ""), text)


def token_in(answer: Answer) -> str:
    """The CSRF token of the form on a page."""
    found = TOKEN.search(answer.text)
    assert found, answer
    return found[1]
