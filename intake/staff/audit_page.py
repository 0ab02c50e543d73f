"""The audit log, for the auditor: who saw and did what. Names of staff and references of cases, nothing of a person."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app, render_template, request, url_for

from intake import clock
from intake.audit.vocabulary import NOT_PEOPLE, Action, Result
from intake.records.queries import accounts, audit_search
from intake.staff import access, recording
from intake.staff.access import requires
from intake.staff.audit_asked import AuditAsked, read_asked, search_for
from intake.staff.audit_lines import line_of
from intake.staff.blueprint import blueprint
from intake.triage import Permission
from intake.web import db, parts

ROWS = 50
LATELY = timedelta(days=7)
MANY_CASES = 40
"""Our own threshold: reception has some forty open cases, so opening as many within a day is worth a question."""


@blueprint.get("/audit")
@requires(Permission.READ_AUDIT, Action.SEARCH)
def audit() -> str:
    """Search the log, newest first; above it stands what is worth a look."""
    offered = _offered()
    asked = read_asked(request.args, offered)
    wanted, problems = search_for(db(), asked, request.args.get("before", ""))
    page = audit_search.search(db(), wanted, ROWS) if not problems else audit_search.Page((), None)
    recording.searched(wanted.case_id, asked.codes(), len(page.found))
    return render_template(
        "staff/audit.html",
        asked=asked,
        problems=problems,
        offered=offered,
        lines=[line_of(each, offered["person"]) for each in page.found],
        older=_link(asked, before=str(page.next)) if page.next else "",
        newest=_link(asked) if wanted.before else "",
        **_worth_a_look(offered["person"]),
    )


def _link(asked: AuditAsked, **changes: str) -> str:
    values: dict[str, Any] = asked.values(**changes)
    return url_for("staff.audit", **values)


def _offered() -> Mapping[str, Mapping[str, str]]:
    """What can be chosen: each code with its words, which are empty where the catalogs have them."""
    people = {user.id: user.name for user in accounts.users(db())}
    pages = (endpoint for endpoint in current_app.view_functions if endpoint.startswith(f"{access.BLUEPRINT}."))
    actions = (*Action, *sorted(access.action(current_app, page) or "" for page in pages))
    return {
        "person": people | dict.fromkeys(NOT_PEOPLE, ""),
        "unit": {unit: known.name for unit, known in parts().directory.units.items()},
        "action": dict.fromkeys(map(str, actions), ""),
        "result": dict.fromkeys(map(str, Result), ""),
    }


def _worth_a_look(people: Mapping[str, str]) -> dict[str, Any]:
    """In the last week: who let others read without consent, was denied, or opened very many cases within a day."""
    since = clock.now() - LATELY
    return {
        "law": [line_of(each, people) for each in audit_search.law_grounds_since(db(), since)],
        "denied": audit_search.denied_since(db(), since),
        "many": audit_search.many_cases_since(db(), since, MANY_CASES),
        "many_cases": MANY_CASES,
        "week_ago": since,
    }
