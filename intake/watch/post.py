"""Handing a letter to the mail server: a few seconds at most, and a plain answer to what became of it."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from http import HTTPStatus
from typing import Literal, TypeAlias

from intake.monitoring import MailServer

PATIENCE = 10
"""Seconds for each step of the conversation."""

Handed: TypeAlias = Literal["sent", "refused", "later", "away"]
"""Taken; refused for good; not now; nobody there to talk to."""

PERMANENT = HTTPStatus.INTERNAL_SERVER_ERROR
"""SMTP's 5yz, as HTTP's: it will not do to ask again."""


def hand_over(server: MailServer, message: EmailMessage) -> Handed:
    """Send a letter to the one address it names."""
    try:
        with _connection(server) as connection:
            connection.send_message(message)
            return "sent"
    except smtplib.SMTPRecipientsRefused as error:
        return "refused" if all(code >= PERMANENT for code, _ in error.recipients.values()) else "later"
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError):
        return "later"
    except (OSError, smtplib.SMTPException):
        return "away"


@contextmanager
def _connection(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A conversation with the server, encrypted as the settings ask for; our own name is told to nobody."""
    context = ssl.create_default_context()
    place = (server.host, server.port, "localhost")
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(*place, timeout=PATIENCE, context=context)
    else:
        connection = smtplib.SMTP(*place, timeout=PATIENCE)
    try:
        if server.security == "starttls":
            connection.starttls(context=context)
        if server.username:
            connection.login(server.username, server.password)
        yield connection
        with suppress(OSError, smtplib.SMTPException):  # what was taken is taken, however the farewell goes
            connection.quit()
    finally:
        connection.close()
