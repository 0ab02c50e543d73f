"""services.yaml: what a directory must hold, and that it is refused with its place where it does not."""

from pathlib import Path
from typing import Any

import pytest

from intake.config import content_root
from intake.errors import DefinitionError
from intake.routing.loader import load_directory
from intake.routing.model import Unit
from tests.questionnaires.content import write
from tests.routing.rules import PRINCIPALS, UNIT

DIRECTORY = load_directory(content_root() / "questionnaires")
PAUSE = {"since": "2026-12-21", "until": "2027-01-06", "instead": "two", "words": {"sv": "Paus."}}


def directory(root: Path, **changes: object) -> Unit:
    """The unit `one` of a directory with two, with some of its fields changed."""
    units = {"one": {**UNIT, **changes}, "two": UNIT}
    return load_directory(write(root, {"services.yaml": {"principals": PRINCIPALS, "units": units}})).units["one"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"open_days": [0]}, r"open_days\[0\]: should be a weekday"),
        ({"open_days": [8]}, r"open_days\[0\]: should be a weekday"),
        ({"open_days": []}, "open_days: names no day"),
        ({"expected_days": 0}, "expected_days: should be at least 1"),
        ({"new_per_week": 0}, "new_per_week: should be at least 1"),
        ({"entry": "window"}, "entry: should be one of public, handover, consult, signpost"),
        ({"principal": "state"}, "principal: should be one of lerum, region"),
        ({"law": ["LVU"]}, r"law\[0\]: should be one of SoL, HSL"),
        ({"assumed": ["moon"]}, r"assumed\[0\]: should be one of"),
        ({"colour": "blue"}, "colour: is not a key that is known here"),
        ({"paused": {**PAUSE, "since": "tomorrow"}}, "paused.since: should be a day, such as 2026-12-21"),
        ({"paused": {**PAUSE, "until": "2026-12-20"}}, "paused.until: comes before the first day of the pause"),
        ({"paused": {**PAUSE, "words": {"en": "Pause."}}}, "paused.words: lacks 'sv'"),
        ({"paused": {**PAUSE, "instead": "three"}}, "paused: instead: should be one of two, not 'three'"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(DefinitionError, match=rf"^services\.yaml: units\.one\.{message}"):
        directory(tmp_path, **changes)


def test_a_principal_is_a_municipality_or_a_region(tmp_path: Path) -> None:
    principals = {"crown": {"name": "Kronan", "kind": "state"}}
    with pytest.raises(DefinitionError, match=r"principals\.crown\.kind: should be one of municipality, region"):
        load_directory(write(tmp_path, {"services.yaml": {"principals": principals, "units": {}}}))


def test_what_a_unit_has_not_told_is_empty(tmp_path: Path) -> None:
    unit = directory(tmp_path)

    assert (unit.new_per_week, unit.email, unit.pause, unit.law, unit.assumed) == (None, "", None, (), ())


def test_what_a_unit_has_told_is_kept(tmp_path: Path) -> None:
    unit = directory(tmp_path, new_per_week=12, email="ett@example.org", shared_with=["region"], paused=PAUSE)

    assert (unit.new_per_week, unit.email, unit.principals) == (12, "ett@example.org", ("lerum", "region"))
    assert unit.pause
    assert unit.pause.instead == "two"


def test_four_units_take_requests_and_the_others_do_not() -> None:
    public = {unit.id for unit in DIRECTORY.units.values() if unit.is_public}

    assert public == {"socialmedicin-alingsas", "socialmedicin-lerum", "mini-maria", "vagen-in"}


@pytest.mark.parametrize(
    "kind",
    [
        "psychiatry",
        "social-services",
        "municipal-care",
        "outreach-team",
        "housing-support",
        "relatives-support",
        "employment",
        "youth-clinic",
        "school-health",
    ],
)
def test_both_towns_have_a_unit_of_the_kind(kind: str) -> None:
    towns = {town for unit in DIRECTORY.units.values() if unit.kind == kind for town in unit.towns}

    assert towns >= {"alingsas", "lerum"}


def test_the_dentist_is_only_asked_for_advice() -> None:
    assert [unit.kind for unit in DIRECTORY.units.values() if unit.entry == "consult"] == ["dental"]


def test_every_number_that_is_assumed_says_so() -> None:
    assert [unit.id for unit in DIRECTORY.units.values() if "phone" not in unit.assumed] == []
