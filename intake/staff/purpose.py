"""Who reads what of a request: reception what it needs to find the way, clinicians every answer.

The definitions say which answers are for clinicians (`readers: clinician`, and every instrument), the table of triage
who that is. What somebody may not read is left out before a page is made of the rest. An answer that no question of
today explains is for clinicians too: nobody can tell any more what it was about.
"""

from collections.abc import Callable
from typing import TypeAlias

from intake.questionnaires.model import Library
from intake.triage import Permission, Role, permissions

Reads: TypeAlias = Callable[[str], bool]
"""Tells of a fact whether the answer to it may be read."""


def reads(library: Library, role: Role) -> Reads:
    """What somebody of this role may read."""
    if Permission.READ_ANSWERS in permissions(role):
        return lambda _: True
    return _for_everybody(library).__contains__


def reads_everything(role: Role) -> bool:
    """Tell whether nothing is left out for this role."""
    return Permission.READ_ANSWERS in permissions(role)


def weighs(library: Library, role: Role) -> Reads:
    """What somebody of this role may read of the reasons of a rule: sums and bands too, which no question asks for."""
    if reads_everything(role):
        return lambda _: True
    clinical = _clinical(library)
    return lambda fact: fact not in clinical


def _for_everybody(library: Library) -> frozenset[str]:
    """The facts that no door keeps for clinicians."""
    pages = [page for door in library.doors.values() for page in door.pages]
    return frozenset(item.fact for page in pages for item in page.items) - _clinical(library)


def _clinical(library: Library) -> frozenset[str]:
    pages = [page for door in library.doors.values() for page in door.pages if page.clinical]
    return frozenset(item.fact for page in pages for item in page.items)
