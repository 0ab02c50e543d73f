"""A tiny town: a form that asks age, town and health, two units with a hospital behind them, and rules over these."""

from pathlib import Path
from typing import Any

from intake.routing.lint import routing_findings
from tests.questionnaires.content import DOOR, DOOR_SV, changed, write

UNIT: dict[str, Any] = {
    "name": "Ett",
    "kind": "adult",
    "entry": "public",
    "principal": "lerum",
    "towns": ["lerum", "other"],
    "ages": [0, 120],
    "open_days": [1],
    "expected_days": 3,
    "phone": "031-390 06 00",
    "languages": ["sv"],
    "hours": "mondays",
}
HOSPITAL = {**UNIT, "kind": "hospital", "entry": "handover", "principal": "region", "towns": ["lerum"]}
PRINCIPALS = {
    "lerum": {"name": "Lerums kommun", "kind": "municipality"},
    "region": {"name": "Regionen", "kind": "region"},
}
UNITS: dict[str, Any] = {"youth": {**UNIT, "ages": [0, 17]}, "adults": UNIT, "hospital": HOSPITAL}
BECAUSE = {"sv": "Därför."}
YOUNG: dict[str, Any] = {"id": "young", "when": "about.age < 18", "unit": "youth", "because": BECAUSE}
REST: dict[str, Any] = {"id": "rest", "unit": "adults", "because": BECAUSE}
FLAG: dict[str, Any] = {"id": "flag", "when": "mini.total >= 4", "urgency": "soon", "because": BECAUSE}
ADVICE: dict[str, Any] = {
    "id": "ill",
    "when": '"ill" in about.health and about.town == "lerum"',
    "suggest": ["sip"],
    "with": ["hospital"],
    "both_principals": True,
    "because": BECAUSE,
}
ABOUT = {
    "id": "about",
    "kind": "section",
    "version": "1",
    "options": {"town": ["lerum", "other"], "health": ["ill", "tired"]},
    "pages": [
        {"id": "age", "items": [{"name": "age", "kind": "number", "min": 0, "max": 120}]},
        {"id": "town", "items": [{"name": "town", "kind": "choice", "options": "town"}]},
        {"id": "health", "items": [{"name": "health", "kind": "choices", "options": "health"}]},
        {"id": "years", "items": [{"name": "years", "kind": "number", "min": 0, "max": 120}]},
        {"id": "visits", "items": [{"name": "visits", "kind": "number", "min": 0, "max": 120}]},
    ],
}
ABOUT_SV = {
    "language": "sv",
    "title": "Om",
    "options": {"town": {"lerum": "Lerum", "other": "Annan"}, "health": {"ill": "Sjuk", "tired": "Trött"}},
    "items": {
        "age": {"text": "Hur gammal är du?"},
        "town": {"text": "Var bor du?"},
        "health": {"text": "Hur mår du?"},
        "years": {"text": "Hur många år?"},
        "visits": {"text": "Hur många gånger?"},
    },
}


def town(root: Path, routes: list[dict[str, Any]], **more: Any) -> Path:  # noqa: ANN401  # YAML is anything
    """Write the town with these rules; `units`, `flags` and `advice` besides."""
    door = changed(DOOR, ["pages", 0], {"use": "about"})
    files = {
        "about/questionnaire.yaml": ABOUT,
        "about/sv.yaml": ABOUT_SV,
        "doors/self/questionnaire.yaml": door,
        "doors/self/sv.yaml": {**DOOR_SV, "items": {"offer": DOOR_SV["items"]["offer"]}},
        "services.yaml": {"principals": PRINCIPALS, "units": {**UNITS, **more.get("units", {})}},
        "routes.yaml": {"routes": routes, "flags": more.get("flags", []), "advice": more.get("advice", [])},
    }
    return write(root, files)


def found(root: Path, routes: list[dict[str, Any]], **more: Any) -> list[str]:  # noqa: ANN401  # as above
    """Everything that is found wrong with the town."""
    return list(routing_findings(town(root, routes, **more)))
