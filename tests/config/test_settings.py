import base64
import shutil
from pathlib import Path

import pytest

from intake.config import Settings, content_root
from intake.errors import SettingsError


def read(home: Path, **environ: str) -> Settings:
    return Settings.read({"INTAKE_HOME": str(home), **environ})


def test_an_installation_reads_what_init_made(home: Path) -> None:
    settings = read(home)

    assert settings.database_url == f"sqlite:///{home}/intake.db"
    assert (settings.serve, settings.base_url, settings.hosts) == ("all", "http://127.0.0.1:8000", ("127.0.0.1",))
    assert not settings.secure


def test_content_is_built_in_or_another_whole_folder(home: Path, tmp_path: Path) -> None:
    assert read(home).content == content_root()

    for part in ("questionnaires", "translations"):
        (tmp_path / "content").mkdir(exist_ok=True)
        (tmp_path / "content" / part).symlink_to(content_root() / part)
    assert read(home, INTAKE_CONTENT=str(tmp_path / "content")).content == tmp_path / "content"


@pytest.mark.parametrize("lacking", ["questionnaires/services.yaml", "translations/sv/LC_MESSAGES/public.po"])
def test_a_content_folder_that_is_not_whole_is_refused(home: Path, tmp_path: Path, lacking: str) -> None:
    for part in ("questionnaires", "translations"):
        shutil.copytree(content_root() / part, tmp_path / "content" / part)
    (tmp_path / "content" / lacking).unlink()

    with pytest.raises(SettingsError, match=f"content', which has no {lacking}: name a whole content folder"):
        read(home, INTAKE_CONTENT=str(tmp_path / "content"))


def test_a_public_process_needs_no_private_key(home: Path) -> None:
    (home / "keys" / "inbox.private").unlink()

    assert read(home, INTAKE_SERVE="public").private_key is None


@pytest.mark.parametrize("name", ["INTAKE_PRIVATE_KEY", "INTAKE_PRIVATE_KEY_FILE"])
def test_a_public_process_refuses_a_private_key(home: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is set, but INTAKE_SERVE is 'public'"):
        read(home, INTAKE_SERVE="public", **{name: str(home / "keys" / "inbox.private")})


def test_links_are_read_with_every_key_there_was_and_signed_with_the_newest(home: Path) -> None:
    earlier, before = "a" * 32, "b" * 32
    settings = read(home, INTAKE_EARLIER_SECRET_KEYS=f"{earlier} {before}")

    assert settings.link_secrets == (earlier.encode(), before.encode(), settings.secret_key)
    assert read(home).link_secrets == (settings.secret_key,)


@pytest.mark.parametrize("serve", ["staff", "all"])
def test_whoever_opens_the_inbox_needs_the_private_key(home: Path, serve: str) -> None:
    (home / "keys" / "inbox.private").unlink()

    with pytest.raises(SettingsError, match="INTAKE_PRIVATE_KEY is missing"):
        read(home, INTAKE_SERVE=serve)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("INTAKE_SERVE", "both", "INTAKE_SERVE is 'both': use public, staff or all"),
        ("INTAKE_BASE_URL", "intake.example.org", "INTAKE_BASE_URL is 'intake.example.org'"),
        ("INTAKE_BASE_URL", "https://example.org/intake", "use an address such as"),
        ("INTAKE_BASE_URL", "http://example.org", "only this machine itself may be served without https"),
        ("INTAKE_PROXIES", "many", "INTAKE_PROXIES is 'many'"),
        ("INTAKE_SECRET_KEY", "short", "INTAKE_SECRET_KEY is too short: use at least 32 characters"),
        ("INTAKE_EARLIER_SECRET_KEYS", "x" * 32 + " short", "INTAKE_EARLIER_SECRET_KEYS holds a key that is too short"),
        ("INTAKE_PUBLIC_KEY", "not base64!", "INTAKE_PUBLIC_KEY is not a key"),
        ("INTAKE_EXIT_URL", "www.smhi.se", "INTAKE_EXIT_URL is 'www.smhi.se': use the whole address"),
        ("INTAKE_EXIT_URL", "https://a.se\r\nSet-Cookie: a=b", "use the whole address"),
        ("FLASK_DEBUG", "1", "FLASK_DEBUG is set: what people write to is never run in debug mode"),
        ("INTAKE_DEMONSTRATION", "1", "INTAKE_DEMONSTRATION is '1': use yes or no"),
        ("INTAKE_HIDE_UNOFFICIAL", "true", "INTAKE_HIDE_UNOFFICIAL is 'true': use yes or no"),
    ],
)
def test_a_wrong_setting_is_named_and_explained(home: Path, name: str, value: str, message: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        read(home, **{name: value})

    assert message in str(refusal.value)


def test_a_secret_others_can_read_is_refused(home: Path) -> None:
    secret = home / "keys" / "cookie.secret"
    secret.chmod(0o640)

    with pytest.raises(SettingsError, match="can be read by others"):
        read(home)


def test_a_damaged_key_is_named(home: Path) -> None:
    (home / "keys" / "inbox.private").write_bytes(b"\xac\x00")

    with pytest.raises(SettingsError, match=r"inbox\.private cannot be read, or does not hold"):
        read(home)


def test_a_secret_comes_from_the_file_its_setting_names(home: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s" * 40 + "\n")
    secret.chmod(0o600)

    assert read(home, INTAKE_SECRET_KEY_FILE=str(secret)).secret_key == b"s" * 40


def test_settings_never_print_a_secret(home: Path) -> None:
    settings = read(home)

    assert settings.secret_key.decode() not in repr(settings)
    assert base64.b64encode(settings.private_key or b"?").decode() not in repr(settings)


def test_https_makes_cookies_secure(home: Path) -> None:
    assert read(home, INTAKE_BASE_URL="https://intake.example.org").secure
