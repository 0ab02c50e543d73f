"""A tiny content folder, written where a test wants it, with one thing changed."""

from pathlib import Path
from typing import Any

import yaml

SV: dict[str, Any] = {
    "language": "sv",
    "title": "Mini",
    "status": "unofficial",
    "source": "test",
    "wording_checked": False,
    "options": {"often": {"0": "Aldrig", "1": "1–2", "2": "3 eller fler"}},
    "items": {"q1": {"text": "Hur ofta?"}, "q2": {"text": "Och nu?"}, "q3": {"text": "Till sist?"}},
    "scores": {"first": "Först"},
    "bands": {"plain": {"low": {"label": "Låg"}, "high": {"label": "Hög"}}},
}
STRUCTURE: dict[str, Any] = {
    "id": "mini",
    "kind": "instrument",
    "version": "1",
    "source": "test",
    "licence": "free",
    "attribution": "nobody",
    "may_modify": False,
    "minimum_age": 0,
    "recall": "P12M",
    "given": ["sex", "age"],
    "options": {"often": {"0": 0, "1": 1, "2": 2}},
    "pages": [
        {"id": "q1", "items": [{"name": "q1", "kind": "choice", "options": "often"}]},
        {"id": "q2", "skip_if": "q1 == 0", "items": [{"name": "q2", "kind": "choice", "options": "often"}]},
        {"id": "q3", "items": [{"name": "q3", "kind": "choice", "options": "often"}]},
    ],
    "scores": {"total": {"sum": ["q1", "q2", "q3"], "range": [0, 6]}, "first": {"sum": ["q1"]}},
    "bands": {
        "plain": {
            "score": "total",
            "citation": "test",
            "verified": "seen",
            "columns": [
                {"when": 'sex == "female"', "bands": {"low": [0, 1], "high": [2, 6]}},
                {"when": 'sex == "male"', "bands": {"low": [0, 3], "high": [4, 6]}},
            ],
        }
    },
}
CASES = [{"name": "all", "answers": {"q1": "2", "q2": "2", "q3": "2"}, "total": 6, "complete": True}]
DOOR: dict[str, Any] = {
    "id": "self",
    "kind": "door",
    "version": "1",
    "options": {"offer": ["now", "together"]},
    "pages": [
        {"id": "age", "items": [{"name": "age", "kind": "number", "min": 0, "max": 120}]},
        {"id": "offer", "items": [{"name": "offer", "kind": "choice", "options": "offer"}]},
        {"use": "mini", "show_if": 'offer == "now"'},
    ],
}
DOOR_SV: dict[str, Any] = {
    "language": "sv",
    "title": "Jag",
    "options": {"offer": {"now": "Nu", "together": "Tillsammans"}},
    "items": {"age": {"text": "Hur gammal är du?"}, "offer": {"text": "Vill du svara nu?"}},
}
DIRECTORY_SV: dict[str, Any] = {"language": "sv", "hours": {"mondays": "Måndagar"}}


def write(root: Path, files: dict[str, Any]) -> Path:
    """Write `files`, YAML by path, over the tiny content folder."""
    content = {
        "mini/questionnaire.yaml": STRUCTURE,
        "mini/sv.yaml": SV,
        "mini/cases.yaml": CASES,
        "doors/self/questionnaire.yaml": DOOR,
        "doors/self/sv.yaml": DOOR_SV,
        "directory/sv.yaml": DIRECTORY_SV,
    }
    for name, value in {**content, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = value if isinstance(value, str) else yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")
    return root


def changed(value: Any, path: list[str | int], new: object) -> Any:  # noqa: ANN401  # YAML is anything
    """A copy of `value` with what stands at `path` replaced by `new`."""
    if not path:
        return new
    first, rest = path[0], path[1:]
    if isinstance(value, list):
        return [changed(member, rest, new) if place == first else member for place, member in enumerate(value)]
    return {**value, first: changed(value.get(first), rest, new)}
