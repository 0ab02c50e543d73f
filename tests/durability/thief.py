"""Whoever has taken over a process: tries every secret it can lay hands on, on everything in its database.

Prints a line for each request or letter that could be opened, and nothing when none could.
"""

import base64
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from intake.errors import IntakeError
from intake.records.database import Database
from intake.records.mailbox_models import Letter
from intake.records.models import Inbox
from intake.sealing.mailbox import SECRET_BYTES, Mailbox
from intake.sealing.seal import Algorithm, Context, LetterContext
from intake.sealing.unseal import unseal
from intake.submission import mailbox_of


def secrets() -> Iterator[bytes]:
    """Everything in the environment and in the files of its home, as it is and decoded, whole and cut to size."""
    files = [path.read_bytes() for path in Path(os.environ["INTAKE_HOME"]).rglob("*") if path.is_file()]
    for text in [*files, *(value.encode() for value in os.environ.values())]:
        yield text
        try:
            yield base64.b64decode(text)
        except ValueError:
            continue


def keys() -> Iterator[bytes]:
    """Every secret as a private key of either algorithm."""
    for secret in secrets():
        yield secret
        for algorithm, length in ((Algorithm.X25519, 32), (Algorithm.HYBRID, 96)):
            yield bytes([algorithm]) + secret[:length]
            yield bytes([algorithm]) + secret[1 : length + 1]


def opened(row: Inbox) -> Iterator[str]:
    """The name in a row, once for each key that opens it."""
    for key in set(keys()):
        try:
            content = unseal(key, row.sealed or b"", Context(row.id, row.door, row.definition))
            yield json.loads(content)["answers"]["contact.name"]
        except IntakeError:
            continue


def mailboxes() -> Iterator[Mailbox]:
    """Every secret as the secret of a mailbox, and as a receipt code with every other as the pepper."""
    found = {each for secret in secrets() for each in (secret, secret.strip())}
    for secret in found:
        yield Mailbox(secret[:SECRET_BYTES])
        for pepper in found:
            yield mailbox_of(secret.decode("latin-1"), pepper)


def read(letter: Letter) -> Iterator[str]:
    """The text of a letter, once for each key or mailbox that opens it."""
    for key in set(keys()):
        with suppress(IntakeError):
            context = LetterContext(letter.id, letter.inbox_id, "clinic")
            yield json.loads(unseal(key, letter.sealed or b"", context))["text"]
    for mailbox in mailboxes():
        with suppress(IntakeError, ValueError):
            context = LetterContext(letter.id, letter.inbox_id, "person")
            yield json.loads(mailbox.open(letter.for_person or b"", context))["text"]


if __name__ == "__main__":
    database = Database(os.environ["DATABASE_URL"])
    with database.session() as session:
        rows, letters = session.scalars(select(Inbox)).all(), session.scalars(select(Letter)).all()
    database.close()
    assert rows
    for name in sorted({name for row in rows for name in opened(row)}):
        print("opened", name)  # noqa: T201  # this is a command, and this is what it found
    for text in sorted({text for letter in letters for text in read(letter)}):
        print("read", text)  # noqa: T201  # as above
