"""What becomes of sealed rows: opened, or set aside for one of these reasons."""

from dataclasses import dataclass

OTHER_KEY = "other_key"
CHANGED = "changed"
UNREADABLE = "unreadable"
REFUSED = "refused"
REASONS = (OTHER_KEY, CHANGED, UNREADABLE, REFUSED)
"""Why a row was set aside: sealed to another key; changed or moved; not what we seal; refused by the database."""


@dataclass(frozen=True)
class Opened:
    """How many rows were opened, and how many were set aside."""

    opened: int
    failed: int
