"""The clinic of the tests: who works there, and who wrote to them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.ingest import open_inbox, prepare
from intake.questionnaires.journey import walk
from intake.questionnaires.tongues import speak
from intake.records.box import Box
from intake.records.ids import new_id
from intake.records.models import Case, Inbox, Throttle, User
from intake.records.queries import accounts, cases, links
from intake.records.third_party_models import ThirdParty
from intake.staff import identity
from intake.staff.passwords import hash_password
from intake.submission import Finished, submit
from intake.web import Parts
from tests.staff.colleague import PASSWORD, SECRET, Colleague

ALINGSAS, LERUM = "socialmedicin-alingsas", "socialmedicin-lerum"

Answers = dict[str, str | tuple[str, ...]]
KIM: Answers = {
    "concerns": ("alcohol", "gambling"),
    "about.age": "34",
    "about.town": "alingsas",
    "about.sex": "female",
    "contact.name": "Kim",
    "contact.ways": ("call",),
    "contact.phone": "070-174 06 05",
}


@dataclass(frozen=True)
class Clinic:
    """The application with its records: who works there, who wrote."""

    app: Flask

    @property
    def parts(self) -> Parts:
        """What the application was made of."""
        parts: Parts = self.app.extensions["intake"]
        return parts

    @property
    def box(self) -> Box:
        """What opens the encrypted columns."""
        return prepare(self.parts.database, self.parts.settings).box

    def records(self) -> Session:
        """A session of the database."""
        return self.parts.database.writing()

    def employ(self, username: str, role: str, *units: str, secret: str = SECRET) -> Colleague:
        """Somebody who can sign in with PASSWORD and the codes of `secret`."""
        colleague = self.newcomer(username, role, *units)
        self.enrol(colleague, secret)
        return colleague

    def newcomer(self, username: str, role: str, *units: str) -> Colleague:
        """Somebody with a password and no second factor yet."""
        with self.records() as records, records.begin():
            accounts.add_user(records, self._account(username, role, units))
        return self.outsider(username)

    def enrol(self, colleague: Colleague, secret: str = SECRET) -> tuple[str, ...]:
        """Give somebody a second factor; return their recovery codes."""
        user, box = self.user(colleague.username), self.box
        with self.records() as records, records.begin():
            return identity.enrol(records, box, user.id, secret)

    def user(self, username: str) -> User:
        """An account as it is now."""
        with self.records() as records:
            return records.scalars(select(User).where(User.username == username)).one()

    def disable(self, username: str) -> None:
        """Let somebody in no more."""
        user = self.user(username)
        with self.records() as records, records.begin():
            accounts.disable_user(records, user.id)

    def move_to(self, username: str, *units: str) -> None:
        """Let somebody work in these units from now on."""
        user = self.user(username)
        with self.records() as records, records.begin():
            accounts.set_units(records, user.id, units)

    def end_sign_ins(self, username: str) -> None:
        """End every sign-in somebody has."""
        user = self.user(username)
        with self.records() as records, records.begin():
            accounts.end_sessions_of(records, user.id)

    def timeline(self, case_id: str) -> list[cases.TimelineEntry]:
        """What happened to a case."""
        with self.records() as records:
            return cases.events_of(records, case_id)

    def case(self, case_id: str) -> Case:
        """A case as it is now."""
        with self.records() as records:
            return records.get_one(Case, case_id)

    def issue_link(self, unit: str = ALINGSAS) -> str:
        """Let a unit have a poster; return the id of its link."""
        with self.records() as records, records.begin():
            by = records.scalars(select(User.id)).first() or ""
            return links.issue(records, links.NewLink(unit, "poster", "self", "sv", "", "Biblioteket", {}, by)).id

    def spoil(self, case_id: str, **columns: object) -> None:
        """Overwrite columns of a case behind everybody's back."""
        with self.records() as records, records.begin():
            records.execute(update(Case).where(Case.id == case_id).values(**columns))

    def spoil_third_party(self, case_id: str, content: bytes) -> None:
        """Overwrite what a case tells about somebody else behind everybody's back."""
        with self.records() as records, records.begin():
            records.execute(update(ThirdParty).where(ThirdParty.case_id == case_id).values(content=content))

    def multiply(self, case_id: str, times: int) -> None:
        """Let as many others have written just the same."""
        like, rows = self.case(case_id), [self.send() for _ in range(times)]
        columns = {column.key: getattr(like, column.key) for column in Case.__table__.columns}
        with self.records() as records, records.begin():
            records.execute(update(Inbox).values(sealed=None, opened_at=clock.now()))
            for row in rows:
                cases.add(records, Case(**columns | {"id": new_id(), "lookup": new_id(), "inbox_id": row}))

    def throttled(self) -> list[str]:
        """The keys of everything that is counted."""
        with self.records() as records:
            return list(records.scalars(select(Throttle.key)))

    def file_bytes(self) -> bytes:
        """Everything in the SQLite database as it lies on disk, the log that is not yet written back included."""
        path = Path(self.parts.database.url.database or "")
        return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))

    def weaken_hash(self, username: str) -> str:
        """Store somebody's password as an older version would have; return that hash."""
        weak, user = (
            PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD),
            self.user(username),
        )
        with self.records() as records, records.begin():
            accounts.set_password_hash(records, user.id, weak)
        return weak

    def _account(self, username: str, role: str, units: tuple[str, ...]) -> accounts.NewUser:
        """Somebody who works for the principal of their first unit; `unit@principal` says another."""
        unit, _at, named = units[0].partition("@") if units else ("", "", "")
        principal = named or (self.parts.directory.units[unit].principal if unit else "region")
        works_in = tuple(each.partition("@")[0] for each in units)
        return accounts.NewUser(username, username.title(), _hash(), role, "sv", works_in, principal)

    def outsider(self, username: str = "") -> Colleague:
        """A browser nobody has signed in with."""
        return Colleague(username, self.app.test_client())

    def receive(self, answers: Answers = KIM, door: str = "self", language: str = "sv") -> str:
        """Let a person send their answers and open the inbox; return the id of the case."""
        row = self.send(answers, door, language)
        with self.records() as records:
            open_inbox(records, prepare(self.parts.database, self.parts.settings))
            return records.scalars(select(Case.id).where(Case.inbox_id == row)).one()

    def send(self, answers: Answers = KIM, door: str = "self", language: str = "sv") -> str:
        """Let a person send their answers; return the id of their row in the inbox."""
        return self._send(answers, door, language, "questions")

    def send_contact(self, answers: Answers) -> str:
        """Let a person only ask to be reached; return the id of their row in the inbox."""
        return self._send(answers, "self", "sv", "contact")

    def _send(self, answers: Answers, door: str, language: str, start: str) -> str:
        known, draft = self.parts.library.doors[door], new_id()
        pages = speak(known, language, answers).pages
        journey = walk(pages, answers, [page.name for page in pages], {"start": start})
        with self.records() as records, records.begin():
            submit(records, self.parts, Finished(draft, draft.encode(), known, journey, language))
            return records.scalars(select(Inbox.id).where(Inbox.draft_id == draft)).one()


@cache
def _hash() -> str:
    return hash_password(PASSWORD)
