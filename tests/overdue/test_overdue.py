from datetime import UTC, datetime

from intake.config import content_root
from intake.overdue import LIMIT_OF, Waiting, cutoffs
from intake.routing.deadlines import cutoff
from intake.routing.limits import Limit
from intake.routing.loader import load_directory
from intake.triage import OPEN_STATES, State

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
UNITS = load_directory(content_root() / "questionnaires").units


def test_somebody_is_waited_for_in_every_state_but_the_last() -> None:
    assert set(LIMIT_OF) == OPEN_STATES


def test_every_unit_and_state_has_a_cutoff_for_urgent_cases_and_others() -> None:
    found = cutoffs(UNITS.values(), NOW)

    kinds = {Waiting(unit, state, urgent) for unit in UNITS for state in LIMIT_OF for urgent in (True, False)}
    assert set(found) == kinds


def test_a_cutoff_is_that_of_what_the_state_waits_for() -> None:
    unit = UNITS["mini-maria"]
    found = cutoffs([unit], NOW)

    assert found[Waiting("mini-maria", State.REOPENED, urgent=True)] == cutoff(unit, Limit.UNCLAIMED, NOW, urgent=True)
    assert found[Waiting("mini-maria", State.TRIED, urgent=False)] == cutoff(unit, Limit.SILENT, NOW, urgent=False)
