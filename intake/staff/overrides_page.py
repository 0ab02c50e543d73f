"""How often staff chose otherwise than suggested: what tells whether the rules fit the people who come."""

from dataclasses import dataclass
from datetime import timedelta

from flask import g, render_template

from intake import clock
from intake.records.queries import errands
from intake.staff import recording
from intake.staff.access import requires
from intake.staff.account import account
from intake.staff.blueprint import blueprint
from intake.triage import Permission
from intake.web import db, parts

DAYS = 90
"""How far back it is counted, in days: long enough to see a pattern in two small towns, ours to choose."""


@dataclass(frozen=True)
class Line:
    """A suggestion that was not followed: why it was made, and the units it was to and went to; how often."""

    because: str
    suggested: str
    chosen: str
    reason: str
    count: int


@blueprint.get("/overrides")
@requires(Permission.READ_OVERRIDES)
def overrides() -> str:
    """What was chosen instead of what was suggested for this person's units, the most frequent first."""
    since = clock.now() - timedelta(days=DAYS)
    lines = [_line(each) for each in errands.overrides(db(), account().units, since)]
    recording.searched(None, (), len(lines))
    return render_template("staff/overrides.html", lines=lines, days=DAYS)


def _line(found: errands.Override) -> Line:
    """An override in words; a rule or unit that is gone since is shown by its id."""
    because = {rule.id: rule.because.get(g.language, rule.id) for rule in parts().routes.rules}
    units = parts().directory.units
    named = [units[unit].name if unit in units else unit for unit in (found.suggested, found.chosen)]
    return Line(because.get(found.rule, found.rule), named[0], named[1], found.reason, found.count)
