"""Whoever has taken over a process: tries every secret it can lay hands on, on everything in its database.

Prints a line for each request that could be opened, and nothing when none could.
"""

import base64
import json
import os
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from intake.errors import IntakeError
from intake.records.database import Database
from intake.records.models import Inbox
from intake.sealing.seal import Algorithm, Context
from intake.sealing.unseal import unseal


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


if __name__ == "__main__":
    database = Database(os.environ["DATABASE_URL"])
    with database.session() as session:
        rows = session.scalars(select(Inbox)).all()
    database.close()
    assert rows
    for row in rows:
        for name in opened(row):
            print("opened", name)  # noqa: T201  # this is a command, and this is what it found
