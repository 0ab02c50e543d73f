"""Mail, ping and canary in the settings: what is wrong is refused with a message that shows no password."""

from pathlib import Path

import pytest

from intake.config import Settings
from intake.errors import SettingsError
from intake.monitoring import MailServer, Monitoring, is_address

FROM = "vagen-in@example.org"


def read(home: Path, **environ: str) -> Monitoring:
    return Settings.read({"INTAKE_HOME": str(home), **environ}).monitoring


def with_mail(home: Path, url: str) -> MailServer | None:
    return read(home, INTAKE_SMTP_URL=url, INTAKE_MAIL_FROM=FROM).mail


def test_nothing_is_watched_unless_it_is_asked_for_and_that_is_said(home: Path) -> None:
    found = read(home)

    assert (found.mail, found.ping_url, found.canary_minutes) == (None, "", 0)
    assert [remark.partition(" is ")[0] for remark in found.remarks()] == ["INTAKE_SMTP_URL", "INTAKE_CANARY"]


def test_where_everything_is_watched_there_is_nothing_to_say(home: Path) -> None:
    found = read(home, INTAKE_SMTP_URL="smtp://mail.example.org", INTAKE_MAIL_FROM=FROM, INTAKE_CANARY="yes")

    assert (found.remarks(), found.canary_minutes) == ((), 60)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", MailServer("mail.example.org", 25, "none", "", "")),
        ("smtps://mail.example.org", MailServer("mail.example.org", 465, "tls", "", "")),
        (
            "smtp+starttls://us%40er:p%3Aw@mail.example.org:2525",
            MailServer("mail.example.org", 2525, "starttls", "us@er", "p:w"),
        ),
        ("smtp://user:pw@127.0.0.1:8025", MailServer("127.0.0.1", 8025, "none", "user", "pw")),
    ],
)
def test_a_mail_server_is_an_address(home: Path, url: str, server: MailServer) -> None:
    assert with_mail(home, url) == server


def test_a_mail_server_comes_from_a_file_and_prints_no_password(home: Path, tmp_path: Path) -> None:
    secret = tmp_path / "smtp"
    secret.write_text("smtps://user:hidden@mail.example.org\n")
    secret.chmod(0o600)
    found = read(home, INTAKE_SMTP_URL_FILE=str(secret), INTAKE_MAIL_FROM=FROM)

    assert found.mail is not None
    assert found.mail.password == "hidden"
    assert "hidden" not in repr(found)


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://user:hidden@mail.example.org",
        "smtp://user:hidden@mail.example.org",
        "smtps://",
        "smtps://user:hidden@mail.example.org:no",
        "smtps://user:hidden@[mail",
    ],
)
def test_a_mail_server_that_cannot_be_is_refused_without_its_password(home: Path, url: str) -> None:
    with pytest.raises(SettingsError, match="INTAKE_SMTP_URL ") as refusal:
        with_mail(home, url)

    assert "hidden" not in str(refusal.value)


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"INTAKE_SMTP_URL": "smtp://127.0.0.1"}, "belong together"),
        ({"INTAKE_MAIL_FROM": FROM}, "belong together"),
        ({"INTAKE_SMTP_URL": "smtp://127.0.0.1", "INTAKE_MAIL_FROM": "a@b.se\nBcc: c@d.se"}, "INTAKE_MAIL_FROM is not"),
        ({"INTAKE_PING_URL": "http://example.org/ping"}, "INTAKE_PING_URL is not an address"),
        ({"INTAKE_PING_URL": "https://example.org/\r\nX: y"}, "INTAKE_PING_URL is not an address"),
        ({"INTAKE_PING_URL": "https:///ping"}, "INTAKE_PING_URL is not an address"),
        ({"INTAKE_CANARY_URL": "ftp://example.org"}, "INTAKE_CANARY_URL is not an address"),
        ({"INTAKE_CANARY_URL": "https://example.org/form"}, "INTAKE_CANARY_URL is not an address"),
        ({"INTAKE_CANARY": "often"}, "INTAKE_CANARY is 'often'"),
        ({"INTAKE_CANARY": "4"}, "5 to 1440"),
        ({"INTAKE_CANARY": "1441"}, "5 to 1440"),
        ({"INTAKE_CANARY": "٦٠"}, "5 to 1440"),
    ],
)
def test_what_cannot_be_is_named(home: Path, environ: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        read(home, **environ)


def test_the_canary_goes_to_the_form_people_use_unless_told_otherwise(home: Path) -> None:
    own = read(home, INTAKE_BASE_URL="https://staff.example.org", INTAKE_CANARY_URL="https://form.example.org/")

    assert read(home, INTAKE_BASE_URL="https://intake.example.org").canary_url == "https://intake.example.org"
    assert own.canary_url == "https://form.example.org"


def test_somebody_outside_may_be_on_this_machine(home: Path) -> None:
    assert read(home, INTAKE_PING_URL="http://127.0.0.1:8080/ping?a=b").ping_url == "http://127.0.0.1:8080/ping?a=b"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("eva@example.org", True),
        ("eva.e+larm@mail.example.org", True),
        ("eva", False),
        ("eva@example.org, bo@example.org", False),
        ("Eva <eva@example.org>", False),
        ("eva@example.org\nBcc: bo@example.org", False),
        ("eva@exämple.org", False),
        (f"{'e' * 65}@example.org", False),
        (f"eva@{'a.' * 130}org", False),
    ],
)
def test_an_address_is_one_plain_address(text: str, is_one: bool) -> None:
    assert is_address(text) is is_one
