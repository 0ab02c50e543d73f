"""Which unit a request is suggested to go to, how soon, and why.

The first rule whose condition holds decides the unit; every flag whose condition holds is raised, and the most
pressing urgency wins. A score may raise a flag, never lower one. The trace keeps every rule considered and what made
it fail, so that staff can see what was suggested and why. Staff decide.
"""

from intake.routing.model import URGENCIES, Considered, Recommendation, Route, Routes
from intake.rules import Facts


def recommend(routes: Routes, facts: Facts) -> Recommendation:
    """Suggest a unit for `facts`. The loader guarantees that the last rule has no condition, so one always holds."""
    trace: list[Considered] = []
    for route in routes.routes:  # pragma: no branch  # the last one always holds
        trace.append(_consider(route, facts))
        if trace[-1].held:
            break
    flags = tuple(flag for flag in routes.flags if flag.when.holds(facts))
    pressing = max((route.urgency, *(flag.urgency for flag in flags)), key=URGENCIES.index)
    return Recommendation(route, pressing, flags, tuple(trace))


def _consider(route: Route, facts: Facts) -> Considered:
    if route.when is None or route.when.holds(facts):
        return Considered(route.id, held=True, failed="")
    failed = next((part for part in route.when.parts if not part.holds(facts)), route.when)
    return Considered(route.id, held=False, failed=failed.text)
