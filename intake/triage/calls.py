"""Since when somebody waits to be called, whatever else is done with a case: only a try or a contact ends it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeAlias

Calling: TypeAlias = Literal["same", "begins", "made", "again"]
"""What a move means for whoever waits for a call.

Nothing, as a rule. It `begins` when somebody takes the case, and was `made` with a try or a contact. A case that came
back unwanted is to be called `again`; where nobody had called before, the wait is the one that there was.
"""


@dataclass(frozen=True)
class Calls:
    """Since when nobody has called, and when somebody last tried or reached the person; None while nobody has."""

    untried_since: datetime
    tried_at: datetime | None = None

    def after(self, calling: Calling, at: datetime) -> "Calls":
        """The same after a move at that time."""
        if calling == "made":
            return replace(self, tried_at=at)
        if calling == "begins" or (calling == "again" and self.tried_at is not None):
            return Calls(at)
        return self
