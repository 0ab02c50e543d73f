"""Somebody who fills in the form: follows the links and buttons of the page in front of them, and nothing else."""

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from typing import TypeAlias

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

CODE = re.compile(r'class="code">([0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3})<')
Given: TypeAlias = str | list[str]

AUDIT: dict[str, Given] = {f"audit.q{number}": "2" for number in range(1, 11)}
DUDIT: dict[str, Given] = {f"dudit.q{number}": "2" for number in range(1, 12)}
REACH: dict[str, Given] = {"contact.ways": ["call"], "contact.phone": "070-174 06 05"}
ADULT: dict[str, Given] = {"concerns": ["alcohol"], "about.age": "34", "about.town": "alingsas", "about.sex": "female"}


class Seen(HTMLParser):
    """What is on a page: its fields with what is in them, its links by address, its form's address."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.links: list[str] = []
        self.actions: list[str] = []
        self.buttons: list[str] = []
        self._open = ""
        self.title = ""
        self.heading = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self._open = found.get("name", "") if tag == "textarea" else tag
        if tag == "a":
            self.links.append(found.get("href", ""))
        if tag == "form":
            self.actions.append(found["action"])
        if tag == "button" and "name" in found:
            self.buttons.append(found["name"])
        if tag in ("input", "textarea"):
            held = self.fields.setdefault(found["name"], [])
            if tag == "input" and (found.get("type") not in ("radio", "checkbox") or "checked" in found):
                held += [found.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self._open == "title":
            self.title += data
        elif self._open == "h1":
            self.heading += data
        elif self._open in self.fields:
            self.fields[self._open].append(data.lstrip("\n"))

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._open = ""


class Person:
    """A browser and the page it shows."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page: TestResponse
        self.address = ""

    @property
    def seen(self) -> Seen:
        """What is on the page."""
        return Seen(self.page.text)

    @property
    def code(self) -> str:
        """The receipt code on the page, which must be there."""
        found = CODE.search(self.page.text)
        assert found is not None, self.page.status
        return found[1]

    @property
    def draft(self) -> str:
        """The id of the draft in the address."""
        return self.address.split("/")[2]

    def begin(self, door: str = "self", start: str = "questions", language: str = "sv") -> "Person":
        """Press a door's button."""
        return self._arrive(self.client.post(f"/{language}/{door}", data={"start": start}))

    def open(self, address: str) -> "Person":
        """Go to an address; one without a slash is a page of this draft."""
        return self._arrive(self.client.get(address if "/" in address else f"{self.place}{address}"))

    @property
    def place(self) -> str:
        """The address of this draft in this language, up to the step."""
        return self.address[: self.address.rindex("/") + 1]

    def press(self, values: Mapping[str, Given] | None = None, *, skip: bool = False) -> "Person":
        """Fill in fields and press the page's button, or Skip; what is in the page's other fields goes along."""
        data: dict[str, Given] = {**self.seen.fields, **(values or {})}
        if skip:
            data["skip"] = "yes"
        return self._arrive(self.client.post(self.seen.actions[-1], data=data))

    def post_raw(self, body: bytes) -> "Person":
        """Send a body to where the page's form goes."""
        kind = "application/x-www-form-urlencoded"
        return self._arrive(self.client.post(self.seen.actions[-1], data=body, content_type=kind))

    def walk(self, answers: Mapping[str, Given], until: str = "review") -> "Person":
        """Answer every page from `answers`, skip what is not in there, until an address or a question `until`."""
        for _ in range(100):
            if self.address.endswith(f"/{until}") or until in self.seen.fields:
                return self
            asked = [name for name in self.seen.fields if name in answers]
            before = self.address
            self.press({name: answers[name] for name in asked}, skip=not asked and "skip" in self.seen.buttons)
            assert self.address != before, f"{unescape(self.seen.heading)}: {self.page.status}"
        raise AssertionError(f"{until} was never reached")

    def _arrive(self, answer: TestResponse) -> "Person":
        while answer.status_code == 303:
            answer = self.client.get(answer.location)
        self.page, self.address = answer, answer.request.path
        return self
