"""The watch: a queue that cannot die quietly.

Whoever has waited too long raises an alarm, an alarm is told by mail to those who can do something about it, and a
canary proves the way from the form to the case. None of it ever says anything about a person.
"""

from dataclasses import dataclass

from intake.config import Settings
from intake.i18n import Catalogs
from intake.records.database import Database
from intake.routing.model import Directory


@dataclass(frozen=True)
class Watch:
    """What watching needs. Immutable, made once."""

    settings: Settings
    database: Database
    directory: Directory
    catalogs: Catalogs
