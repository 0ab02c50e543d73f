"""Handing a letter over: signed in where that is asked for, encrypted where it is promised, and never without."""

import ssl
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from intake import clock
from intake.monitoring import MailServer, Security
from intake.watch.post import hand_over
from tests.watch.post_office import LATER, REFUSED, PostOffice, free_port, silent_server

SAM = "sam@example.org"
DAY = timedelta(days=1)


def letter(to: str = SAM) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "vagen-in@example.org", to, "Något väntar"
    message.set_content("Något väntar på dig.\n")
    return message


def server(post: PostOffice, security: Security = "none", username: str = "", password: str = "") -> MailServer:
    return MailServer("127.0.0.1", post.port, security, username, password)


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_a_letter_is_taken_as_it_was_written(office: PostOffice) -> None:
    with office.open():
        assert hand_over(server(office), letter()) == "sent"

    ((address, taken),) = office.letters
    assert (address, str(taken["Subject"]), taken.get_content()) == (SAM, "Något väntar", "Något väntar på dig.\r\n")


@pytest.mark.parametrize(("answer", "became"), [(REFUSED, "refused"), (LATER, "later")])
def test_an_address_is_refused_for_good_or_for_now(office: PostOffice, answer: str, became: str) -> None:
    office.answers[SAM] = answer
    with office.open():
        assert hand_over(server(office), letter()) == became


def test_nobody_there_is_away() -> None:
    assert hand_over(MailServer("127.0.0.1", free_port(), "none", "", ""), letter()) == "away"


def test_a_server_that_says_nothing_is_away(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.watch.post.PATIENCE", 0.2)
    with silent_server(office.port):
        assert hand_over(server(office), letter()) == "away"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_cannot_keep_a_secret_is_told_nothing(
    office: PostOffice, security: Security, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.watch.post.PATIENCE", 1)
    with office.open():
        assert hand_over(server(office, security, "us", "pw"), letter()) == "away"

    assert (office.letters, office.asked) == ([], 0)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of this machine and its key in one file, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = clock.now()
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - DAY).not_valid_after(now + DAY)
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    text = Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    path = tmp_path / "mail.pem"
    path.write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.PEM) + key.private_bytes(*text))
    return path


def check(_server: object, _session: object, _envelope: object, _mechanism: str, given: object) -> AuthResult:
    """Let in whoever says the right word."""
    return AuthResult(success=isinstance(given, LoginPassword) and given.password == b"right", handled=False)


def encrypted(certificate: Path) -> dict[str, Any]:
    """What makes a post office speak STARTTLS, and take letters only from who has signed in."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return {"tls_context": context, "require_starttls": True, "authenticator": check, "auth_required": True}


@pytest.mark.parametrize(("password", "became"), [("right", "sent"), ("wrong", "away")])
def test_whoever_has_to_sign_in_does_so_over_an_encrypted_line(
    office: PostOffice, certificate: Path, monkeypatch: pytest.MonkeyPatch, password: str, became: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with office.open(**encrypted(certificate)):
        assert hand_over(server(office, "starttls", "us", password), letter()) == became


def test_a_server_with_a_certificate_nobody_knows_is_told_nothing(office: PostOffice, certificate: Path) -> None:
    with office.open(**encrypted(certificate)):
        assert hand_over(server(office, "starttls", "us", "right"), letter()) == "away"

    assert office.letters == []


@pytest.mark.parametrize("name", ["Subject", "To", "From"])
def test_a_line_end_never_becomes_another_header(name: str) -> None:
    message = letter()
    del message[name]

    with pytest.raises(ValueError, match="may not contain"):
        message[name] = "sam@example.org\r\nBcc: bo@example.org"
