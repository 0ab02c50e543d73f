"""The queue: who is waiting, the most urgent first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import g, render_template, request, url_for

from intake.audit.vocabulary import Action
from intake.records.queries import mailbox
from intake.records.queries.joined import counts_inside
from intake.records.queries.queue import COUNT_LIMIT, ORDERS, QueueFilter, counts_by_state, queue_page
from intake.records.queries.views import views_of
from intake.staff import letters, recording
from intake.staff.access import requires
from intake.staff.account import account
from intake.staff.blueprint import blueprint
from intake.staff.keys import box, open_arrivals
from intake.staff.queue_lines import line_of
from intake.staff.too_long import cutoffs_here, overdue_here
from intake.staff.vocabulary import door_title
from intake.triage import OPEN_STATES, Permission, State
from intake.web import db, parts

ROWS = 50
STATES = tuple(State)
OPEN = tuple(state for state in State if state in OPEN_STATES)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; anything it cannot mean is as if it were not there."""

    state: str
    unit: str
    door: str
    language: str
    urgent: str
    mine: str
    overdue: str
    order: str

    @property
    def chosen(self) -> dict[str, str]:
        """What is asked for, by name."""
        return {name: value for name, value in vars(self).items() if value}

    def link(self, **changes: str) -> str:
        """The address of this queue with some things asked for otherwise, from its first page."""
        return url_for("staff.queue", **{name: value for name, value in (vars(self) | changes).items() if value})

    def fresh(self, **chosen: str) -> str:
        """The address of a queue that asks for these things and nothing else."""
        return f"{url_for('staff.queue')}?{urlencode(chosen)}" if chosen else url_for("staff.queue")

    def codes(self) -> list[str]:
        """What is asked for, as the audit log keeps it."""
        return [f"{name}={value}" for name, value in vars(self).items() if value]


@blueprint.get("/")
@requires(Permission.READ_QUEUE, Action.QUEUE)
def queue() -> str:
    """One page of the queue, and how many cases stand where."""
    if request.method == "GET":
        open_arrivals()
    asked = asked_in(request.args)
    page = queue_page(db(), _filter(asked), ROWS)
    posts = mailbox.posts(db(), [row.id for row in page.rows])
    recording.asked(*asked.codes())
    recording.listed([row.id for row in page.rows])
    return render_template(
        "staff/queue.html",
        asked=asked,
        lines=[line_of(parts().library, box(), row, posts.get(row.id, mailbox.NOTHING)) for row in page.rows],
        closed_and_unread=letters.closed_and_unread(db(), account().desk),
        page=page,
        inside=counts_inside(db(), [row.id for row in page.rows]),
        counts=counts_by_state(db(), account().desk, STATES),
        count_limit=COUNT_LIMIT,
        states=STATES,
        views=[
            (id_, name, f"{url_for('staff.queue')}?{query}") for id_, name, query in views_of(db(), box(), account().id)
        ],
        overdue=overdue_here(),
        **_choices(),
    )


def asked_in(values: Mapping[str, str]) -> Asked:
    """What an address or a form asks the queue for."""
    given = values.get
    choices = _choices()
    order = given("order", "")
    return Asked(
        state=_one_of(given("state"), STATES),
        unit=_one_of(given("unit"), account().units),
        door=_one_of(given("door"), choices["doors"]),
        language=_one_of(given("language"), choices["offered"]),
        urgent=_one_of(given("urgent"), ("1",)),
        mine=_one_of(given("mine"), ("1",)),
        overdue=_one_of(given("overdue"), ("1",)),
        order=order if order.removeprefix("-") in ORDERS else "",
    )


def _filter(asked: Asked) -> QueueFilter:
    return QueueFilter(
        desk=replace(account().desk, units=(asked.unit,)) if asked.unit else account().desk,
        states=(asked.state,) if asked.state else OPEN,
        door=asked.door or None,
        language=asked.language or None,
        urgent=bool(asked.urgent),
        claimed_by=account().id if asked.mine else None,
        overdue=cutoffs_here() if asked.overdue else None,
        order=asked.order or "urgency",
        cursor=request.args.get("cursor"),
    )


def _choices() -> dict[str, Mapping[str, str]]:
    """What the filters offer: each code with its words."""
    library, directory, languages = parts().library, parts().directory, parts().catalogs.languages
    return {
        "units": {unit: directory.units[unit].name for unit in account().units if unit in directory.units},
        "doors": {door: door_title(library, door, g.language) for door in library.doors},
        "offered": {tag: language.name for tag, language in languages.items()},
    }


def _one_of(value: str | None, known: Collection[str]) -> str:
    return value if value and value in known else ""
