"""A real mail server for the tests: takes letters, refuses addresses, can be closed and can hang."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

TAKEN, REFUSED, LATER = "250 OK", "550 no such person", "451 not now"


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        return int(listening.getsockname()[1])


@dataclass
class PostOffice:
    """Letters by the address they came for; `answers` says what an address is answered with."""

    port: int = field(default_factory=free_port)
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    asked: int = 0

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take an address, or answer what was said to be answered."""
        self.asked += 1
        answer = self.answers.get(address, TAKEN)
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # as above
        """Keep a letter."""
        letter = message_from_bytes(cast("bytes", envelope.content), policy=policy.default)
        self.letters += [(address, letter) for address in envelope.rcpt_tos]
        return TAKEN

    @property
    def addresses(self) -> list[str]:
        """Where letters went, in order."""
        return [address for address, _ in self.letters]

    @contextmanager
    def open(self, **settings: Any) -> Iterator[None]:  # noqa: ANN401  # handed on to aiosmtpd as they are
        """Be there, with aiosmtpd's own settings if any are given."""
        controller = Controller(self, hostname="127.0.0.1", port=self.port, **settings)
        controller.start()
        try:
            yield
        finally:
            controller.stop()


@contextmanager
def silent_server(port: int) -> Iterator[None]:
    """Somebody who picks up and never says a word."""
    with socket.create_server(("127.0.0.1", port)):
        yield
