"""Who is asking: a staff member's sign-in, read anew at every request, so that what was ended stays ended."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeAlias, cast

from flask import g, session
from sqlalchemy.orm import Session

from intake import clock
from intake.records.database import Database
from intake.records.models import StaffSession, User
from intake.records.queries import accounts
from intake.records.queries.cases import Desk
from intake.triage import EVERYBODY, NEWCOMER, PASSWORD_ONLY, Permission, Role, permissions

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
LONGEST_WITHOUT_CODE = timedelta(minutes=10)
TOUCHED_EVERY = timedelta(minutes=1)
"""How often a sign-in in use is noted: a click a second must not mean a write a second."""

Stage: TypeAlias = Literal["password", "full"]


@dataclass(frozen=True)
class Account:
    """A staff member as this request knows them. `sign_in` is the hash under which the sign-in is stored."""

    id: str
    username: str
    name: str
    role: Role
    principal: str
    units: tuple[str, ...]
    language: str
    enrolled: bool
    stage: Stage
    sign_in: str

    @property
    def desk(self) -> Desk:
        """Where this person works: what lies there is all they can reach."""
        return Desk(self.units, self.principal)

    def may(self, permission: Permission) -> bool:
        """Tell whether this person, as far as they have signed in, may ask for `permission`."""
        if self.stage == "full":
            return permission in permissions(self.role)
        return permission in (PASSWORD_ONLY if self.enrolled else NEWCOMER)


def account() -> Account:
    """The person who is asking; only for pages that somebody has to be signed in for."""
    return cast("Account", g.account)


def asks_for(permission: Permission) -> bool:
    """Tell whether whoever is asking, known or not, may ask for `permission`."""
    return g.account.may(permission) if g.account else permission in EVERYBODY


def recognise(database: Database) -> Account | None:
    """The person behind the request's cookie, if their sign-in lives; notes that it was used."""
    token = session.get("sign_in")
    if not isinstance(token, str):
        return None
    with database.session() as reading:
        found = _find(reading, _hash(token))
    if found and found[1]:
        with database.session() as writing, writing.begin():
            accounts.touch_session(writing, found[0].sign_in)
    return found[0] if found else None


def begin(records: Session, user_id: str, stage: Stage) -> None:
    """Sign the user in at `stage` under a new name; what the cookie held before is forgotten and its sign-in ended."""
    end(records)
    token = secrets.token_urlsafe(32)
    accounts.start_session(records, _hash(token), user_id, stage)
    session["sign_in"] = token


def end(records: Session) -> None:
    """End the sign-in this request came with, if any, and empty the cookie."""
    token = session.get("sign_in")
    if isinstance(token, str):
        accounts.end_session(records, _hash(token))
    session.clear()


def _find(reading: Session, id_hash: str) -> tuple[Account, bool] | None:
    now = clock.now()
    found = accounts.live_session(reading, id_hash, seen_after=now - IDLE, created_after=now - LONGEST)
    if found is None:
        return None
    row, user = found
    if row.stage == "password" and row.created_at <= now - LONGEST_WITHOUT_CODE:
        return None
    return _account(row, user, accounts.units_of(reading, user.id)), row.seen_at <= now - TOUCHED_EVERY


def _account(row: StaffSession, user: User, units: tuple[str, ...]) -> Account:
    return Account(
        id=user.id,
        username=user.username,
        name=user.name,
        role=Role(user.role),
        principal=user.principal,
        units=units,
        language=user.language,
        enrolled=user.totp_secret is not None,
        stage=cast("Stage", row.stage),
        sign_in=row.id_hash,
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
