from pathlib import Path
from typing import Any

import pytest

from intake.config import content_root
from intake.errors import DefinitionError
from intake.questionnaires.loader import load
from intake.routing.loader import load_directory, load_routes
from intake.routing.recommendation import recommend
from tests.questionnaires.content import changed, write
from tests.routing.test_routing_lint import UNIT


@pytest.mark.parametrize("day", [0, 8])
def test_a_day_that_no_week_has_is_refused(tmp_path: Path, day: int) -> None:
    services: dict[str, Any] = {"principals": {"lerum": "Lerums kommun"}, "units": {"one": UNIT}}
    files = {"services.yaml": changed(services, ["units", "one", "open_days"], [day])}

    with pytest.raises(DefinitionError, match=r"open_days\[0\]: should be a weekday"):
        load_directory(write(tmp_path, files))


def test_a_suggestion_is_kept_with_its_reasons() -> None:
    root = content_root() / "questionnaires"
    routes = load_routes(root, load(root), load_directory(root))
    kept = recommend(routes, {"about.age": 15, "about.town": "lerum"}).as_json(routes)

    assert (kept["unit"], kept["urgency"]) == ("mini-maria", "soon")
