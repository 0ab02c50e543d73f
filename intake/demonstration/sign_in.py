"""How to sign in to a demonstration: made by chance for each installation, and kept beside its keys.

One password and one second factor serve all accounts, so that a stranger has one thing to copy and not five.
"""

import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyotp

from intake.errors import SettingsError
from intake.staff.second_factor import STEP_SECONDS, address, new_secret

WORDS = 4
CODES_AHEAD = 2


@dataclass(frozen=True)
class SignIn:
    """The password, and the secret of the second factor."""

    password: str
    secret: str

    def __repr__(self) -> str:
        return "SignIn()"


def file_in(home: Path) -> Path:
    """Where the sign-in of this installation is kept."""
    return home / "demonstration.txt"


def new_sign_in(words: Sequence[str]) -> SignIn:
    """A password of four words and two digits, about 32 bits, behind the throttle and the second factor."""
    chosen = [secrets.choice(words) for _ in range(WORDS)]
    return SignIn("-".join([*chosen, f"{secrets.randbelow(100):02}"]), new_secret())


def keep(path: Path, sign_in: SignIn) -> None:
    """Write the sign-in for its owner's eyes only, in place of an earlier one that no account has any more."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(f"password {sign_in.password}\nsecret {sign_in.secret}\n")


def kept(path: Path) -> SignIn:
    """Read the sign-in back; raise SettingsError when it is gone or not what was written."""
    try:
        values = dict(line.split() for line in path.read_text(encoding="utf-8").splitlines())
        return SignIn(values["password"], values["secret"])
    except (OSError, KeyError, ValueError):
        raise SettingsError(f"{path} is gone or damaged: sign in with an account from `intake user add`") from None


def told(sign_in: SignIn, base_url: str, usernames: Sequence[str], now: datetime) -> Iterator[str]:
    """Everything a stranger needs to sign in at once, the second factor of the next minute or more included."""
    first, *others = usernames
    yield f"  staff pages    {base_url}/staff/"
    yield f"  user name      {first}  (or {', '.join(others)})"
    yield f"  password       {sign_in.password}"
    yield f"  second factor  {', '.join(_codes(sign_in.secret, now))}"
    yield f"                 {address(sign_in.secret, first)}"


def _codes(secret: str, now: datetime) -> Iterator[str]:
    """The code of now and the ones after it, each with the hour from which it holds; good once for each name."""
    yield f"{pyotp.TOTP(secret).at(now)} now"
    step = int(now.timestamp()) // STEP_SECONDS
    for ahead in range(1, CODES_AHEAD + 1):
        begins = datetime.fromtimestamp((step + ahead) * STEP_SECONDS, UTC)
        yield f"{pyotp.TOTP(secret).at(begins)} from {begins.astimezone():%H:%M:%S}"
