"""A colleague at work: a browser, what it shows, and the two things they sign in with."""

import re
from dataclasses import dataclass, field

import pyotp
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from intake import clock

PASSWORD = "fyra gröna ekar vid ån"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def without_token(page: str) -> str:
    """A page without its CSRF token, which is another each second."""
    return re.sub(r'value="[^"]{40,}"', "", page)


@dataclass
class Colleague:
    """Somebody at work with a browser; `page` is what it shows."""

    username: str
    client: FlaskClient
    page: str = ""
    answer: TestResponse = field(init=False, repr=False)

    def get(self, address: str, **headers: str) -> TestResponse:
        """Open an address."""
        return self._see(self.client.get(address, headers=headers))

    def post(self, address: str, **fields: str) -> TestResponse:
        """Send a form, with the token of the page that is open."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.page)
        return self._see(self.client.post(address, data={"csrf_token": token[1] if token else "", **fields}))

    def give_password(self, password: str = PASSWORD) -> TestResponse:
        """Take the first step of signing in."""
        self.get("/staff/sign-in")
        return self.post("/staff/sign-in", username=self.username, password=password)

    def give_code(self, code: str | None = None) -> TestResponse:
        """Take the second step, with the present code unless another is given."""
        self.get("/staff/second-factor")
        return self.post("/staff/second-factor", code=code or pyotp.TOTP(SECRET).at(clock.now()))

    def sign_in(self) -> "Colleague":
        """Sign in all the way."""
        self.give_password()
        assert self.give_code().status_code == 303
        return self

    def move(self, case: str, move: str, **fields: str) -> TestResponse:
        """Make a move on the case that is open, and look at what became of it."""
        answer = self.post(f"/staff/case/{case}/move", move=move, version=self.version, **fields)
        if answer.status_code == 303:
            self.get(answer.location)
        return answer

    def references(self, address: str = "") -> list[str]:
        """The cases in the queue that is open, or at an address, in their order."""
        if address:
            assert self.get(address).status_code == 200
        return re.findall(r'<bdi dir="ltr">([0-9A-Z]{3}-[0-9A-Z]{3})</bdi></a>', self.page)

    def link(self, relation: str) -> str:
        """Where the page's link to the `next` page leads, or to the `prev`."""
        found = re.search(rf'href="([^"]+)" rel="{relation}"', self.page)
        return found[1].replace("&amp;", "&") if found else ""

    def section(self, heading: str) -> str:
        """What a section of the page says."""
        inside = self.page.partition(f'id="{heading}-heading"')[2].partition("</section>")[0]
        return " ".join(re.sub(r"<[^>]+>", " ", inside).split())

    @property
    def version(self) -> str:
        """The version of the case that is open."""
        found = re.search(r'name="version" value="(\d+)"', self.page)
        return found[1] if found else ""

    def _see(self, answer: TestResponse) -> TestResponse:
        self.answer = answer
        if answer.mimetype == "text/html":
            self.page = answer.text
        return answer
