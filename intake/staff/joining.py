"""Making two cases one, and undoing it: nothing is copied or written over, and both timelines say who did what.

Of the two, the one put inside waits in the state `joined` and leaves the queue; the one that goes on is never less
urgent than what is inside it. What others did in the meantime stands when it is undone.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from intake import clock, handovers, joining
from intake.errors import Conflict, NotFound
from intake.joining import Kind, Side, Way
from intake.records.box import Box
from intake.records.ids import new_id
from intake.records.joining_models import CaseLink
from intake.records.models import Case
from intake.records.queries import cases, joined
from intake.records.queries.cases import Event
from intake.staff import moves
from intake.staff.account import Account
from intake.staff.work import Work
from intake.triage import State, check_move

REOPEN = ("reopen", "came_back")


@dataclass(frozen=True)
class Wish:
    """What somebody wants to do with the case they look at and another, as they saw the two of them."""

    way: str
    version: int
    other_version: int
    note: str = ""


@dataclass(frozen=True)
class Pair:
    """The case that goes on, and the one inside it."""

    main: Case
    inner: Case


def side(records: Session, case: Case) -> Side:
    """A case as the rules for joining see it."""
    return Side(case.id, case.principal, State(case.state), holds=bool(joined.links_inside(records, case.id)))


def join(records: Session, box: Box, actor: Account, pair: tuple[Case, Case], wish: Wish) -> None:
    """Make the two one: the case somebody looks at, and the other, both of which they may see.

    Raise Conflict, with nothing changed, if either is no longer as it was seen; NotAllowedNow if there is no such way,
    Forbidden if this role does not do that.
    """
    for each in pair:
        Work(records, box, actor, each).check_owner()
    this, other = _locked(records, pair, wish)
    way = joining.check_way(wish.way, side(records, this), side(records, other))
    two = Pair(this, other) if way.this_goes_on else Pair(other, this)
    check_move("join", State(two.inner.state), actor.role)
    link = _link(records, actor, way, two)
    if way.kind is Kind.RETURNED:
        move, choice = REOPEN
        moves.make_move(records, box, actor, two.main, moves.Step(move, two.main.version, choice))
        link.made_at = two.main.state_at
    joined.put_inside(records, link, two.inner, State.JOINED)
    joined.set_priority(records, two.main, min(two.main.priority, two.inner.priority))
    taken_in, put_in = ("took_in", "join") if way.kind is Kind.MERGED else ("returned", "continues")
    cases.add_event(records, box, two.main.id, Event(taken_in, actor.id, _detail(two.inner, wish)))
    cases.add_event(records, box, two.inner.id, Event(put_in, actor.id, _detail(two.main, wish)))


def part(records: Session, box: Box, actor: Account, pair: tuple[Case, Case], wish: Wish) -> None:
    """Undo what joined these two, whichever is inside; the inner one stands where it stood, in the same hands.

    Raise Conflict, with nothing changed, if either is no longer as it was seen; NotFound if they are not joined.
    """
    for each in pair:
        Work(records, box, actor, each).check_owner()
    this, other = _locked(records, pair, wish)
    link = joined.link_around(records, this.id) or joined.link_around(records, other.id)
    if link is None or {link.main_id, link.inner_id} != {this.id, other.id}:
        raise NotFound("these two are not joined")
    two = Pair(this, other) if link.main_id == this.id else Pair(other, this)
    joined.take_out(records, link, two.inner, actor.id)
    joined.set_priority(records, two.main, _priority_after(records, link, two.main, two.inner.priority))
    if _only_opened_for(records, link, two.main):
        joined.close_again(records, link, two.main)
        handovers.end_shared(records, box, two.main, actor.id)
    cases.add_event(records, box, two.main.id, Event("parted", actor.id, _detail(two.inner, wish)))
    cases.add_event(records, box, two.inner.id, Event("parted", actor.id, _detail(two.main, wish)))


def _locked(records: Session, pair: tuple[Case, Case], wish: Wish) -> tuple[Case, Case]:
    """The two as they are now, held still, if both still are as they were seen."""
    this, other = pair
    held = joined.lock(records, {this.id, other.id})
    if (held[this.id].version, held[other.id].version) != (wish.version, wish.other_version):
        raise Conflict("one of the two was changed by somebody else")
    return held[this.id], held[other.id]


def _link(records: Session, actor: Account, way: Way, two: Pair) -> CaseLink:
    earlier = joined.links_inside(records, two.main.id)
    return CaseLink(
        id=new_id(),
        kind=way.kind,
        principal=two.main.principal,
        main_id=two.main.id,
        inner_id=two.inner.id,
        made_by=actor.id,
        made_at=clock.now(),
        inner_state=two.inner.state,
        inner_state_at=two.inner.state_at,
        main_state=two.main.state,
        main_state_at=two.main.state_at,
        main_holder=two.main.claimed_by,
        main_priority=earlier[0].main_priority if earlier else two.main.priority,
    )


def _priority_after(records: Session, link: CaseLink, main: Case, taken_out: int) -> int:
    """How urgent the main case is without what was taken out; what somebody set otherwise meanwhile stands."""
    rest = joined.most_urgent_inside(records, main.id) or link.main_priority
    own_and_rest = min(link.main_priority, rest)
    return own_and_rest if main.priority == min(own_and_rest, taken_out) else main.priority


def _only_opened_for(records: Session, link: CaseLink, main: Case) -> bool:
    """Tell whether the main case was opened again for this link, and nothing has been done in it since."""
    untouched = main.state == State.REOPENED and main.state_at == link.made_at and main.claimed_by is None
    return link.kind == Kind.RETURNED and untouched and not joined.links_inside(records, main.id)


def _detail(other: Case, wish: Wish) -> dict[str, object]:
    return {"other": other.id, **({"note": wish.note} if wish.note else {})}
