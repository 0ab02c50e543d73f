"""Somebody who has sent a request and kept the code."""

from dataclasses import dataclass, field

from flask.testing import FlaskClient
from sqlalchemy import select

from intake.ingest import open_everything, prepare
from intake.records.mailbox_models import Letter
from intake.records.models import Case, Inbox
from intake.submission import receipt_code
from tests.public.person import Given, Person
from tests.staff.people import KIM, Answers, Clinic


@dataclass
class Kim:
    """A person, their code, and the browser they use it in."""

    clinic: Clinic
    row: str
    code: str
    client: FlaskClient
    person: Person = field(init=False)

    def __post_init__(self) -> None:
        self.person = Person(self.client)

    @classmethod
    def sent(cls, clinic: Clinic, answers: Answers = KIM, door: str = "self") -> "Kim":
        """Send a request; nobody has opened it yet."""
        row = clinic.send(answers, door)
        with clinic.records() as records:
            draft = records.get_one(Inbox, row).draft_id
        return cls(clinic, row, receipt_code(draft.encode()), clinic.app.test_client())

    def open_mailbox(self, language: str = "sv") -> "Kim":
        """Write the code and press the button."""
        self.person.open(f"/{language}/code").press({"code": self.code})
        return self

    def go(self, kind: str = "") -> "Kim":
        """Open a paper, or the page of letters."""
        self.person.open(f"{self.address}{kind}")
        return self

    def press(self, **values: Given) -> "Kim":
        """Fill in and press the button of the page."""
        self.person.press({name.replace("__", "."): value for name, value in values.items()})
        return self

    def write(self, text: str) -> "Kim":
        """Write a message from the page of letters."""
        return self.go().press(text=text)

    @property
    def address(self) -> str:
        """Where this visit's pages lie."""
        return "/".join(self.person.address.split("/")[:4]) + "/"

    @property
    def page(self) -> str:
        """What is shown."""
        return self.person.page.text

    @property
    def status(self) -> int:
        """How it was answered."""
        return self.person.page.status_code

    def letters(self) -> list[Letter]:
        """What is stored, in order."""
        with self.clinic.records() as records:
            statement = select(Letter).where(Letter.inbox_id == self.row).order_by(Letter.number)
            return list(records.scalars(statement))

    def case(self) -> Case:
        """The case, after everything that waits was opened."""
        open_everything(self.clinic.parts.database, prepare(self.clinic.parts.database, self.clinic.parts.settings))
        with self.clinic.records() as records:
            return records.scalars(select(Case).where(Case.inbox_id == self.row)).one()

    def kinds(self) -> list[str]:
        """The timeline of the case."""
        return [entry.kind for entry in self.clinic.timeline(self.case().id)]
