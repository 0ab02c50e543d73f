"""Settings: read from the environment in this one place, refused with a message that says what to do."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias, get_args
from urllib.parse import urlsplit

from intake.errors import SettingsError
from intake.monitoring import Monitoring, read_monitoring

Serve: TypeAlias = Literal["public", "staff", "all"]

SHORTEST_SECRET = 32

# Without these a folder is no content; what else is wrong with it the loaders say with its place.
_WHOLE = (
    "questionnaires/services.yaml",
    "questionnaires/routes.yaml",
    "questionnaires/doors",
    "translations/sv/LC_MESSAGES/public.po",
)
_EXIT_URL = re.compile(r"https://[!-~]+")


def content_root() -> Path:
    """The folder that holds questionnaires/, translations/ and templates/: in the wheel, or the checkout."""
    packaged = Path(__file__).parent / "content"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent


def content_folder(environ: Mapping[str, str]) -> Path:
    """The folder of questionnaires/ and translations/: the built-in one unless INTAKE_CONTENT names another."""
    if not environ.get("INTAKE_CONTENT"):
        return content_root()
    folder = Path(environ["INTAKE_CONTENT"]).absolute()
    for part in _WHOLE:
        if not (folder / part).exists():
            raise SettingsError(f"INTAKE_CONTENT is {str(folder)!r}, which has no {part}: name a whole content folder")
    return folder


@dataclass(frozen=True)
class Settings:
    """Everything an installation decides. Secrets are bytes and never printed."""

    home: Path
    content: Path
    database_url: str
    serve: Serve
    secret_key: bytes
    earlier_secrets: tuple[bytes, ...]
    receipt_pepper: bytes
    public_key: bytes
    private_key: bytes | None
    audit_key: bytes | None
    base_url: str
    hosts: tuple[str, ...]
    proxies: int
    exit_url: str
    demonstration: bool
    hide_unofficial: bool
    monitoring: Monitoring

    @property
    def secure(self) -> bool:
        """Tell whether people reach us over HTTPS."""
        return self.base_url.startswith("https://")

    @property
    def link_secrets(self) -> tuple[bytes, ...]:
        """What signed links are read with, oldest first; the last signs new ones."""
        return (*self.earlier_secrets, self.secret_key)

    def __repr__(self) -> str:
        return f"Settings(home={str(self.home)!r}, serve={self.serve!r}, base_url={self.base_url!r})"

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings from `environ`; raise SettingsError naming the variable or file at fault."""
        _refuse_debugging(environ)
        home = home_folder(environ)
        serve = _serve(environ)
        base_url = _base_url(environ)
        host = urlsplit(base_url).hostname or ""
        return cls(
            home=home,
            content=content_folder(environ),
            database_url=database_url(environ),
            serve=serve,
            secret_key=_secret(environ, "INTAKE_SECRET_KEY", home / "keys" / "cookie.secret"),
            earlier_secrets=_earlier_secrets(environ),
            receipt_pepper=_secret(environ, "INTAKE_RECEIPT_PEPPER", home / "keys" / "receipt.secret"),
            public_key=_key(environ, "INTAKE_PUBLIC_KEY", home / "keys" / "inbox.public"),
            private_key=_private_key(environ, serve, home / "keys" / "inbox.private"),
            audit_key=_audit_key(environ, serve, home / "keys" / "audit.public"),
            base_url=base_url,
            hosts=tuple(environ.get("INTAKE_HOSTS", host).replace(",", " ").split()),
            proxies=_proxies(environ),
            exit_url=_exit_url(environ),
            demonstration=_yes(environ, "INTAKE_DEMONSTRATION"),
            hide_unofficial=_yes(environ, "INTAKE_HIDE_UNOFFICIAL"),
            monitoring=read_monitoring(environ, _optional(environ, "INTAKE_SMTP_URL"), base_url),
        )


def home_folder(environ: Mapping[str, str]) -> Path:
    """The folder of this installation's keys and SQLite database; `./instance` unless INTAKE_HOME says otherwise."""
    return Path(environ.get("INTAKE_HOME", "instance")).absolute()


def database_url(environ: Mapping[str, str]) -> str:
    """Where the records are: DATABASE_URL, or SQLite in the installation's folder."""
    return environ.get("DATABASE_URL") or f"sqlite:///{home_folder(environ) / 'intake.db'}"


def _refuse_debugging(environ: Mapping[str, str]) -> None:
    """Flask reads this by itself, and treats faults as something to show."""
    if environ.get("FLASK_DEBUG", "").lower() not in ("", "0", "false", "no"):
        raise SettingsError("FLASK_DEBUG is set: what people write to is never run in debug mode; unset it")


def _serve(environ: Mapping[str, str]) -> Serve:
    wanted = environ.get("INTAKE_SERVE", "all")
    for serve in get_args(Serve):
        if wanted == serve:
            return serve  # type: ignore[no-any-return]  # get_args gives back what Serve lists
    raise SettingsError(f"INTAKE_SERVE is {wanted!r}: use public, staff or all")


def _base_url(environ: Mapping[str, str]) -> str:
    url = environ.get("INTAKE_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise SettingsError(f"INTAKE_BASE_URL is {url!r}: use an address such as https://intake.example.org")
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise SettingsError(f"INTAKE_BASE_URL is {url!r}: only this machine itself may be served without https")
    return url


def _exit_url(environ: Mapping[str, str]) -> str:
    url = environ.get("INTAKE_EXIT_URL", "https://www.smhi.se/")
    if not _EXIT_URL.fullmatch(url):
        raise SettingsError(f"INTAKE_EXIT_URL is {url!r}: use the whole address, such as https://www.smhi.se/")
    return url


def _proxies(environ: Mapping[str, str]) -> int:
    count = environ.get("INTAKE_PROXIES", "0")
    if count not in ("0", "1", "2", "3"):
        raise SettingsError(f"INTAKE_PROXIES is {count!r}: say how many proxies stand in front, 0 to 3")
    return int(count)


def _yes(environ: Mapping[str, str], name: str) -> bool:
    wanted = environ.get(name, "no")
    if wanted not in ("yes", "no"):
        raise SettingsError(f"{name} is {wanted!r}: use yes or no")
    return wanted == "yes"


def _secret(environ: Mapping[str, str], name: str, default: Path) -> bytes:
    value = _text(environ, name, default).encode()
    if len(value) < SHORTEST_SECRET:
        raise SettingsError(f"{name} is too short: use at least {SHORTEST_SECRET} characters")
    return value


def _earlier_secrets(environ: Mapping[str, str]) -> tuple[bytes, ...]:
    """Values INTAKE_SECRET_KEY had before, oldest first: posters stay on walls for longer than keys are kept."""
    name = "INTAKE_EARLIER_SECRET_KEYS"
    given = _text(environ, name, Path()) if environ.get(name) or environ.get(f"{name}_FILE") else ""
    if any(len(secret) < SHORTEST_SECRET for secret in given.split()):
        raise SettingsError(f"{name} holds a key that is too short: each has at least {SHORTEST_SECRET} characters")
    return tuple(secret.encode() for secret in given.split())


def _key(environ: Mapping[str, str], name: str, default: Path) -> bytes:
    try:
        return base64.b64decode(_text(environ, name, default), validate=True)
    except binascii.Error as error:
        raise SettingsError(f"{name} is not a key: it must be base64 as `intake init` writes it") from error


def _private_key(environ: Mapping[str, str], serve: Serve, default: Path) -> bytes | None:
    """The key that opens the inbox; a process that serves the public must not even be given it."""
    if serve != "public":
        return _key(environ, "INTAKE_PRIVATE_KEY", default)
    given = [name for name in ("INTAKE_PRIVATE_KEY", "INTAKE_PRIVATE_KEY_FILE") if environ.get(name)]
    if given:
        raise SettingsError(f"{given[0]} is set, but INTAKE_SERVE is 'public': only staff processes may have this key")
    return None


def _optional(environ: Mapping[str, str], name: str) -> str:
    """A secret that need not be there; empty where it is not."""
    given = environ.get(name) or environ.get(f"{name}_FILE")
    return _text(environ, name, Path()) if given else ""


def _audit_key(environ: Mapping[str, str], serve: Serve, default: Path) -> bytes | None:
    """The auditor's public key, to which the audit log's first key is sealed; the public form keeps no audit log."""
    return None if serve == "public" else _key(environ, "INTAKE_AUDIT_KEY", default)


def _text(environ: Mapping[str, str], name: str, default: Path) -> str:
    """The value of `name`, or of the file `name`_FILE points to, or of the installation's own key file."""
    if environ.get(name):
        return environ[name].strip()
    path = Path(environ.get(f"{name}_FILE", default))
    if not path.is_file():
        raise SettingsError(f"{name} is missing: set it or {name}_FILE, or run `intake init` to make {path}")
    _check_private(path)
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{path} cannot be read, or does not hold what `intake init` writes") from None


def _check_private(path: Path) -> None:
    """Refuse a secret that others on the machine can read; the public key is the one file that is no secret."""
    if path.suffix != ".public" and path.stat().st_mode & 0o077:
        raise SettingsError(f"{path} can be read by others: run `chmod 600 {path}`")
