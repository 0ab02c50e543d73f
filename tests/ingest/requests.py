"""Synthetic requests as the public form seals them."""

import json
from typing import Any

from sqlalchemy.orm import Session

from intake.records.ids import new_id
from intake.records.models import PRIORITY
from intake.records.queries import inbox
from intake.sealing.seal import Context, seal

DIGEST = "d1ge57"
CANARY = "CANARY-9b1f"


def payload(**changes: object) -> dict[str, Any]:
    """What Kim, 34, of Lerum might have sent; `changes` replace whole parts of it."""
    return {
        "v": 1,
        "door": "self",
        "language": "sv",
        "submitted": "2026-11-20T14:05:09+00:00",
        "definitions": {"audit": "a1"},
        "engine": "1",
        "answers": {
            "concerns": ["gambling", "alcohol"],
            "about.age": "34",
            "story": CANARY,
            "contact.name": "Kim",
            "contact.ways": ["call"],
            "contact.phone": "070-174 06 05",
            "safety.voicemail": "no",
        },
        "facts": {"about.age": 34, "about.town": "lerum", "needs.interpreter": "ti", "audit.total": 9},
        "scores": [AUDIT],
        "route": {"unit": "adult", "urgency": "soon", "flags": ["danger"], "trace": []},
        "demonstration": False,
    } | changes


AUDIT = {
    "instrument": "audit",
    "language": "sv",
    "status": "official",
    "complete": True,
    "total": 9,
    "min": 9,
    "max": 9,
    "subscores": {"consumption": {"value": 5, "min": 5, "max": 5}},
    "bands": {"swedish": ["risk"]},
}


def submission(public_key: bytes, content: bytes | None = None, **changes: object) -> inbox.Submission:
    """An inbox row that holds `content`, sealed as the public form would; `changes` are made to its clear columns."""
    row: dict[str, Any] = {"id": new_id(), "door": "self", "definition": DIGEST} | changes
    context = Context(row["id"], row["door"], row["definition"])
    sealed = seal(public_key, json.dumps(payload()).encode() if content is None else content, context)
    rest: dict[str, Any] = {
        "draft_id": new_id(),
        "lookup": new_id(),
        "sealed": sealed,
        "unit": "adult",
        "principal": "region",
        "priority": PRIORITY["soon"],
        "language": "sv",
    }
    return inbox.Submission(**(rest | row))


def receive(session: Session, *submissions: inbox.Submission) -> None:
    """Put submissions into the inbox, as the public process does."""
    for each in submissions:
        assert inbox.insert(session, each)
    session.commit()
