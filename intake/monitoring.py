"""How an installation is watched and who it tells: mail, a ping to the outside, the canary. Part of the settings."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias
from urllib.parse import SplitResult, unquote, urlsplit

from intake.errors import SettingsError

Security: TypeAlias = Literal["none", "starttls", "tls"]

SMTP = "INTAKE_SMTP_URL"
_SECURITY: Mapping[str, tuple[Security, int]] = {
    "smtp": ("none", 25),
    "smtp+starttls": ("starttls", 587),
    "smtps": ("tls", 465),
}
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
_LONGEST_ADDRESS = 254
HOURLY = 60
FEWEST_MINUTES, MOST_MINUTES = 5, 24 * 60


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over, and how. `username` is empty where nobody has to sign in."""

    host: str
    port: int
    security: Security
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Monitoring:
    """Settings of whoever watches. `mail` is None where nobody is told by mail, `canary_minutes` 0 where none flies."""

    mail: MailServer | None
    mail_from: str
    ping_url: str
    canary_url: str
    canary_minutes: int

    def remarks(self) -> tuple[str, ...]:
        """What an operator should know is not watched."""
        return (
            *(() if self.mail else (f"{SMTP} is not set: alarms are shown at /staff/alarms, nobody is told by mail",)),
            *(() if self.canary_minutes else ("INTAKE_CANARY is no: nothing proves that what is sent also arrives",)),
        )


def read_monitoring(environ: Mapping[str, str], smtp_url: str, base_url: str) -> Monitoring:
    """Read the settings; `smtp_url` is a secret that the caller has found. Raises SettingsError, never naming it."""
    mail_from = environ.get("INTAKE_MAIL_FROM", "")
    if bool(smtp_url) != bool(mail_from):
        raise SettingsError(f"{SMTP} and INTAKE_MAIL_FROM belong together: set both, or neither")
    if mail_from and not is_address(mail_from):
        raise SettingsError("INTAKE_MAIL_FROM is not an address: use one such as vagen-in@example.org")
    return Monitoring(
        mail=_mail_server(smtp_url) if smtp_url else None,
        mail_from=mail_from,
        ping_url=_web_address(environ, "INTAKE_PING_URL", ""),
        canary_url=_site(environ, base_url),
        canary_minutes=_minutes(environ.get("INTAKE_CANARY", "no")),
    )


def is_address(text: str) -> bool:
    """Tell whether this is one plain e-mail address, which can stand in a header."""
    return len(text) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def _mail_server(url: str) -> MailServer:
    parts, port = _split(SMTP, url)
    if parts.scheme not in _SECURITY or not parts.hostname:
        raise SettingsError(
            f"{SMTP} is no mail server: use smtp+starttls://user:password@host:port, smtps:// or smtp://"
        )
    security, usual_port = _SECURITY[parts.scheme]
    if parts.username and security == "none" and not _is_here(parts.hostname):
        raise SettingsError(f"{SMTP} would send the password for all to read: use smtp+starttls:// or smtps://")
    return MailServer(
        host=parts.hostname,
        port=port or usual_port,
        security=security,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _site(environ: Mapping[str, str], base_url: str) -> str:
    """The address of the form a canary goes through."""
    url = _web_address(environ, "INTAKE_CANARY_URL", base_url).rstrip("/")
    if urlsplit(url).path:
        raise SettingsError("INTAKE_CANARY_URL is not an address of a form: use one such as https://intake.example.org")
    return url


def _web_address(environ: Mapping[str, str], name: str, default: str) -> str:
    """An address of the web: over https, or of this machine."""
    url = environ.get(name, "") or default
    if not url:
        return ""
    parts, _ = _split(name, url)
    plain = parts.scheme == "http" and _is_here(parts.hostname or "")
    if not parts.hostname or not url.isascii() or not url.isprintable() or not (plain or parts.scheme == "https"):
        raise SettingsError(f"{name} is not an address that can be used: it begins with https://")
    return url


def _split(name: str, url: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(url)
        return parts, parts.port
    except ValueError:
        raise SettingsError(f"{name} is not an address that can be read") from None


def _is_here(host: str) -> bool:
    """Tell whether this is a name of the machine itself."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _minutes(wanted: str) -> int:
    if wanted in ("yes", "no"):
        return HOURLY if wanted == "yes" else 0
    if wanted.isascii() and wanted.isdigit() and FEWEST_MINUTES <= int(wanted[:5]) <= MOST_MINUTES:
        return int(wanted)
    raise SettingsError(f"INTAKE_CANARY is {wanted!r}: use yes, no, or the minutes between two, 5 to 1440")
