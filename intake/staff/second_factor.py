"""The second factor: a code that changes every half minute, and ten recovery codes on paper. All pure."""

import hashlib
import hmac
import io
import secrets
from datetime import datetime

import pyotp
import segno

ISSUER = "Intake"
STEP_SECONDS = 30
DIGITS = 6
RECOVERY_CODES = 10
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def new_secret() -> str:
    """A fresh TOTP secret, 160 bits in base32."""
    return pyotp.random_base32()


def address(secret: str, username: str) -> str:
    """The otpauth address an authenticator application reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def picture(secret: str, username: str) -> bytes:
    """The QR code as an SVG document; black on white in every theme, since readers need that."""
    drawn = io.BytesIO()
    segno.make(address(secret, username), error="m").save(drawn, kind="svg", scale=5, dark="#000", light="#fff")
    return drawn.getvalue()


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, one before or after the present one allowed; None when it is none of them."""
    digits = "".join(code.split())
    if not (len(digits) == DIGITS and digits.isascii() and digits.isdigit()):
        return None
    present = int(now.timestamp()) // STEP_SECONDS
    matches = [step for step in (present - 1, present, present + 1) if _is_code(secret, digits, step)]
    return matches[-1] if matches else None


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes of 80 bits, in groups of four, to be shown once and printed."""
    return tuple(_new_code() for _ in range(RECOVERY_CODES))


def recovery_hash(code: str) -> str:
    """What is stored of a recovery code, however it was typed. 80 random bits need no slow hash."""
    return hashlib.sha256(code.upper().translate(_READ_AS).encode()).hexdigest()


def _is_code(secret: str, digits: str, step: int) -> bool:
    return hmac.compare_digest(pyotp.TOTP(secret).generate_otp(step), digits)


def _new_code() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(16))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))
