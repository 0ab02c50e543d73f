"""Is it really them? A name with its password, then something only they have."""

from sqlalchemy.orm import Session

from intake import clock
from intake.records.box import Box, Encrypted
from intake.records.database import Database
from intake.records.models import User
from intake.records.queries import accounts
from intake.staff.passwords import hash_password, outdated, verify_password
from intake.staff.second_factor import matching_step, new_recovery_codes, recovery_hash


def user_with_password(database: Database, username: str, password: str) -> User | None:
    """The user, if the password is theirs and they may sign in; takes as long whatever the reason it is not so.

    Nothing is held open while the password is checked: that is the slowest thing the staff side does.
    """
    with database.session() as reading:
        user = accounts.user_by_name(reading, username) if username.isprintable() else None
    right = verify_password(user.password_hash if user else None, password)
    return user if right and user and not user.disabled else None


def refresh_hash(records: Session, user: User, password: str) -> None:
    """Hash the password anew if that was last done with older parameters."""
    if outdated(user.password_hash):
        accounts.set_password_hash(records, user.id, hash_password(password))


def use_code(records: Session, box: Box, user_id: str, code: str) -> bool:
    """Use up a code from the authenticator, or a recovery code; False if it is neither or was used before."""
    user = records.get_one(User, user_id)
    if user.totp_secret is None:
        return False
    step = matching_step(box.open(Encrypted.TOTP_SECRET, user_id, user.totp_secret), code, clock.now())
    if step is not None:
        return accounts.use_totp_step(records, user_id, step)
    return accounts.use_recovery_code(records, user_id, recovery_hash(code))


def enrol(records: Session, box: Box, user_id: str, secret: str) -> tuple[str, ...]:
    """Give the user this second factor and return the ten recovery codes that go with it.

    Older codes are void and every sign-in of the user ends: whoever began one may not be who holds this factor.
    """
    codes = new_recovery_codes()
    accounts.set_totp_secret(records, user_id, box.close(Encrypted.TOTP_SECRET, user_id, secret))
    accounts.replace_recovery_codes(records, user_id, [recovery_hash(code) for code in codes])
    accounts.end_sessions_of(records, user_id)
    return codes
