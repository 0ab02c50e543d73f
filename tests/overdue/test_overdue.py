from datetime import UTC, datetime

from intake.config import content_root
from intake.overdue import LIMIT_OF, Waiting, cutoffs
from intake.routing.deadlines import cutoff
from intake.routing.limits import Limit
from intake.routing.loader import load_directory
from intake.routing.urgency import URGENCIES
from intake.triage import OPEN_STATES, State

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
UNITS = load_directory(content_root() / "questionnaires").units


def test_somebody_is_waited_for_in_every_state_but_the_last() -> None:
    assert set(LIMIT_OF) == OPEN_STATES


def test_every_unit_and_state_has_a_cutoff_for_each_urgency() -> None:
    found = cutoffs(UNITS.values(), NOW)

    kinds = {Waiting(unit, state, urgency) for unit in UNITS for state in LIMIT_OF for urgency in URGENCIES}
    assert set(found) == kinds


def test_a_cutoff_is_that_of_what_the_state_waits_for() -> None:
    unit = UNITS["mini-maria"]
    found = cutoffs([unit], NOW)

    assert found[Waiting("mini-maria", State.REOPENED, "urgent")] == cutoff(unit, Limit.UNCLAIMED, NOW, "urgent")
    assert found[Waiting("mini-maria", State.TRIED, "normal")] == cutoff(unit, Limit.SILENT, NOW, "normal")
