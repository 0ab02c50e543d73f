"""The people who sign in: their accounts, units, sign-ins, second factors and recovery codes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from intake import clock
from intake.records.database import rows_changed
from intake.records.ids import new_id
from intake.records.models import Membership, RecoveryCode, StaffSession, User


@dataclass(frozen=True)
class NewUser:
    """An account to be made; `password_hash` is Argon2id, `role` one of triage.Role, `principal` who employs them."""

    username: str
    name: str
    password_hash: str
    role: str
    language: str
    units: tuple[str, ...]
    principal: str = ""
    email: str | None = None


def add_user(session: Session, new: NewUser) -> User:
    """Make an account; the caller has seen that the name is free (IntegrityError otherwise)."""
    user = User(
        id=new_id(),
        username=new.username.lower(),
        name=new.name,
        password_hash=new.password_hash,
        role=new.role,
        principal=new.principal,
        language=new.language,
        email=new.email,
        created_at=clock.now(),
    )
    session.add(user)
    session.flush()
    set_units(session, user.id, new.units)
    return user


def user_by_name(session: Session, username: str) -> User | None:
    """The account with this name in any case, disabled or not."""
    return session.scalar(select(User).where(User.username == username.lower()))


def exists(session: Session, user_id: str) -> bool:
    """Tell whether there is such a user, disabled or not."""
    return session.scalar(select(User.id).where(User.id == user_id)) is not None


def users(session: Session) -> Sequence[User]:
    """Every account, by name."""
    return session.scalars(select(User).order_by(User.username)).all()


def units_of(session: Session, user_id: str) -> tuple[str, ...]:
    """The units whose cases the user may reach, in alphabetical order."""
    return tuple(
        session.scalars(select(Membership.unit).where(Membership.user_id == user_id).order_by(Membership.unit))
    )


def set_units(session: Session, user_id: str, units: Collection[str]) -> None:
    """Let the user work in exactly these units."""
    session.execute(delete(Membership).where(Membership.user_id == user_id))
    session.add_all(Membership(user_id=user_id, unit=unit) for unit in sorted(set(units)))
    session.flush()


def set_principal(session: Session, user_id: str, principal: str) -> None:
    """Let the user work for this principal and no other; every sign-in ends, since what it may reach is another."""
    rows_changed(session, update(User).where(User.id == user_id).values(principal=principal))
    end_sessions_of(session, user_id)


def set_password_hash(session: Session, user_id: str, password_hash: str) -> None:
    """Replace the password's hash: a new password, or the old one hashed anew with today's cost."""
    rows_changed(session, update(User).where(User.id == user_id).values(password_hash=password_hash))


def set_language(session: Session, user_id: str, language: str) -> None:
    """Let the staff pages speak `language` to the user."""
    rows_changed(session, update(User).where(User.id == user_id).values(language=language))


def set_email(session: Session, user_id: str, email: str | None) -> None:
    """Let notices go to this address, or to none."""
    rows_changed(session, update(User).where(User.id == user_id).values(email=email))


def set_totp_secret(session: Session, user_id: str, ciphertext: bytes) -> None:
    """Give the user a new second factor, closed with `box.close(Encrypted.TOTP_SECRET, user_id, …)`."""
    values = {"totp_secret": ciphertext, "totp_last_step": None}
    rows_changed(session, update(User).where(User.id == user_id).values(values))


def forget_second_factor(session: Session, user_id: str) -> None:
    """Let the user set up a new second factor at the next sign-in; the old one and its recovery codes are gone."""
    values = {"totp_secret": None, "totp_last_step": None}
    rows_changed(session, update(User).where(User.id == user_id).values(values))
    replace_recovery_codes(session, user_id, ())
    end_sessions_of(session, user_id)


def use_totp_step(session: Session, user_id: str, step: int) -> bool:
    """Use up a time step; False if it, or a later one, was used before — also by a request at this very moment."""
    unused = User.totp_last_step.is_(None) | (User.totp_last_step < step)
    return rows_changed(session, update(User).where(User.id == user_id, unused).values(totp_last_step=step)) == 1


def replace_recovery_codes(session: Session, user_id: str, hashes: Collection[str]) -> None:
    """Give the user these recovery codes and no others."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    session.add_all(RecoveryCode(user_id=user_id, hash=code) for code in hashes)
    session.flush()


def use_recovery_code(session: Session, user_id: str, code_hash: str) -> bool:
    """Use up a recovery code; False if there is none such, or it was used before."""
    statement = (
        update(RecoveryCode)
        .where(RecoveryCode.user_id == user_id, RecoveryCode.hash == code_hash, RecoveryCode.used_at.is_(None))
        .values(used_at=clock.now())
    )
    return rows_changed(session, statement) == 1


def recovery_codes_left(session: Session, user_id: str) -> int:
    """How many recovery codes the user has not used."""
    unused = select(func.count()).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return session.scalar(unused) or 0


def disable_user(session: Session, user_id: str) -> None:
    """Let the user in no more, from the next request on."""
    rows_changed(session, update(User).where(User.id == user_id).values(disabled=True))
    end_sessions_of(session, user_id)


def start_session(session: Session, id_hash: str, user_id: str, stage: str) -> None:
    """Begin a sign-in at `stage`, `password` or `full`."""
    now = clock.now()
    session.add(StaffSession(id_hash=id_hash, user_id=user_id, stage=stage, created_at=now, seen_at=now))
    session.flush()


def live_session(
    session: Session, id_hash: str, *, seen_after: datetime, created_after: datetime
) -> tuple[StaffSession, User] | None:
    """The sign-in and its user, unless it ended, was idle or lasted too long, or the user is disabled."""
    statement = (
        select(StaffSession, User)
        .join(User, User.id == StaffSession.user_id)
        .where(
            StaffSession.id_hash == id_hash,
            StaffSession.ended_at.is_(None),
            StaffSession.seen_at > seen_after,
            StaffSession.created_at > created_after,
            User.disabled.is_(False),
        )
    )
    row = session.execute(statement).one_or_none()
    return None if row is None else (row[0], row[1])


def touch_session(session: Session, id_hash: str) -> bool:
    """Note that the sign-in was used now; False, and nothing comes back to life, if it has ended."""
    statement = update(StaffSession).where(StaffSession.id_hash == id_hash, StaffSession.ended_at.is_(None))
    return rows_changed(session, statement.values(seen_at=clock.now())) == 1


def end_session(session: Session, id_hash: str) -> None:
    """End one sign-in."""
    ended = update(StaffSession).where(StaffSession.id_hash == id_hash, StaffSession.ended_at.is_(None))
    rows_changed(session, ended.values(ended_at=clock.now()))


def end_sessions_of(session: Session, user_id: str) -> int:
    """End every sign-in of a user; return how many there were."""
    ended = update(StaffSession).where(StaffSession.user_id == user_id, StaffSession.ended_at.is_(None))
    return rows_changed(session, ended.values(ended_at=clock.now()))
