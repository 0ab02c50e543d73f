"""How soon somebody should be met: what the rules say of every request."""

from typing import Literal, TypeAlias

Urgency: TypeAlias = Literal["normal", "soon", "urgent"]
URGENCIES: tuple[Urgency, ...] = ("normal", "soon", "urgent")
