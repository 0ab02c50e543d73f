"""What was sent, as it lies in the inbox, and as the holder of the private key reads it."""

import json
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from intake.config import Settings
from intake.sealing.seal import Context
from intake.sealing.unseal import unseal


class Rows:
    """The inbox as whoever reads the database file sees it."""

    def __init__(self, home: Path) -> None:
        self.url = f"sqlite:///{home / 'intake.db'}"

    def of(self, draft: str) -> list[dict[str, object]]:
        engine = create_engine(self.url)
        with engine.connect() as connection:
            found = connection.execute(text("select * from inbox where draft_id = :draft"), {"draft": draft})
            rows = [dict(row) for row in found.mappings()]
        engine.dispose()
        return rows


def opened(row: dict[str, object], pristine: Path) -> dict[str, Any]:
    """What the holder of the private key reads."""
    private = Settings.read({"INTAKE_HOME": str(pristine)}).private_key
    sealed, context = row["sealed"], Context(str(row["id"]), str(row["door"]), str(row["definition"]))
    assert private is not None
    assert isinstance(sealed, bytes)
    content: dict[str, Any] = json.loads(unseal(private, sealed, context))
    return content
