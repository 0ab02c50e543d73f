"""Joining, undoing, moving and writing in any order at all: every note and event stays, and undoing brings all back."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from intake.errors import IntakeError
from intake.joining import WAYS, Kind
from intake.records.box import Box, Encrypted
from intake.records.models import Case
from intake.records.queries import joined
from intake.staff import joining, moves
from intake.staff.account import Account
from intake.triage import Role, State
from tests.staff.people import ALINGSAS, KIM, Answers, Clinic

CASES = range(3)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("join"), st.sampled_from(CASES), st.sampled_from(CASES), st.sampled_from(sorted(WAYS))),
        st.tuples(st.just("part"), st.sampled_from(CASES), st.sampled_from(CASES), st.just("")),
        st.tuples(st.just("move"), st.sampled_from(CASES), st.just(0), st.sampled_from(["claim", "close", "reopen"])),
        st.tuples(st.just("note"), st.sampled_from(CASES), st.just(0), st.just("")),
    ),
    max_size=12,
)
CHOICE = {"close": "duplicate", "reopen": "new_facts"}


Act = tuple[str, int, int, str]


@dataclass
class Story:
    """Three cases and somebody at work on them; what was done and written where, and how each stands by moves alone."""

    clinic: Clinic
    box: Box
    actor: Account
    ids: list[str]
    done: list[list[str]] = field(default_factory=lambda: [["received"] for _ in CASES])
    notes: list[list[str]] = field(default_factory=lambda: [[] for _ in CASES])
    stood: list[tuple[str, str | None]] = field(default_factory=lambda: [("received", None) for _ in CASES])

    def act(self, act: Act) -> None:
        """Do it as a request does: all of it, or nothing."""
        kind, this, other, code = act
        with self.clinic.records() as records, suppress(IntakeError):
            told = getattr(self, f"_{kind}")(records, this, other, code)
            records.commit()
            for number, kinds in told.items():
                self.done[number] += kinds
            self.stood[this] = self.standing(this) if kind == "move" else self.stood[this]

    def part_all(self) -> None:
        """Take apart whatever is inside another."""
        for this, other in product(CASES, CASES):
            self.act(("part", this, other, ""))

    def standing(self, number: int) -> tuple[str, str | None]:
        """How a case stands now."""
        case = self.clinic.case(self.ids[number])
        return case.state, case.claimed_by

    def told(self, number: int) -> tuple[list[str], list[str]]:
        """What a case's timeline tells, and the notes on it."""
        lines = self.clinic.timeline(self.ids[number])
        details = [self.box.open(Encrypted.DETAIL, line.row, line.detail) for line in lines if line.detail]
        return [line.kind for line in lines], [each["note"] for each in details if "note" in each]

    def _pair(self, records: Session, this: int, other: int, way: str) -> tuple[tuple[Case, Case], joining.Wish]:
        pair = records.get_one(Case, self.ids[this]), records.get_one(Case, self.ids[other])
        return pair, joining.Wish(way, pair[0].version, pair[1].version)

    def _join(self, records: Session, this: int, other: int, code: str) -> dict[int, list[str]]:
        joining.join(records, self.box, self.actor, *self._pair(records, this, other, code))
        main, inner = (this, other) if WAYS[code].this_goes_on else (other, this)
        if WAYS[code].kind is Kind.RETURNED:
            return {main: ["reopen", "returned"], inner: ["continues"]}
        return {main: ["took_in"], inner: ["join"]}

    def _part(self, records: Session, this: int, other: int, code: str) -> dict[int, list[str]]:
        joining.part(records, self.box, self.actor, *self._pair(records, this, other, code))
        return {this: ["parted"], other: ["parted"]}

    def _move(self, records: Session, this: int, _: int, code: str) -> dict[int, list[str]]:
        case = records.get_one(Case, self.ids[this])
        moves.make_move(records, self.box, self.actor, case, moves.Step(code, case.version, CHOICE.get(code, "")))
        return {this: [code]}

    def _note(self, records: Session, this: int, _: int, __: str) -> dict[int, list[str]]:
        self.notes[this].append(f"note {len(self.notes[this])} on {this}")
        case = records.get_one(Case, self.ids[this])
        moves.add_note(records, self.box, self.actor, case, self.notes[this][-1])
        return {this: ["note"]}


def story(clinic: Clinic, acts: list[Act]) -> Story:
    """What comes of doing all this with three new cases, the second of them urgent."""
    said: list[Answers] = [{}, {"danger": "yes"}, {}]
    user = clinic.user("anna")
    actor = Account(user.id, "anna", "Anna", Role(user.role), user.principal, (ALINGSAS,), "sv", True, "full", "")  # noqa: FBT003  # enrolled
    made = Story(clinic, clinic.box, actor, [clinic.receive(KIM | each) for each in said])
    for act in acts:
        made.act(act)
    return made


def in_any_order(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test with many sequences, in one clinic: each sequence has cases of its own."""
    slow = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    return slow(given(acts=ACTS)(test))


@pytest.fixture
def staffed(either_clinic: Clinic) -> Clinic:
    """A clinic where Anna works."""
    either_clinic.employ("anna", "reception", ALINGSAS)
    return either_clinic


@in_any_order
def test_no_note_and_no_event_is_ever_lost(staffed: Clinic, acts: list[Act]) -> None:
    told = story(staffed, acts)

    assert [told.told(each) for each in CASES] == list(zip(told.done, told.notes, strict=True))


@in_any_order
def test_nobody_waits_inside_what_nobody_works_on(staffed: Clinic, acts: list[Act]) -> None:
    told = story(staffed, acts)

    for each in told.ids:
        with staffed.records() as records:
            link = joined.link_around(records, each)
        assert (staffed.case(each).state == State.JOINED) == (link is not None)
        assert link is None or staffed.case(link.main_id).state != State.JOINED


@in_any_order
def test_taking_all_apart_leaves_what_moves_alone_would_have(staffed: Clinic, acts: list[Act]) -> None:
    told = story(staffed, acts)
    told.part_all()

    assert [staffed.case(each).priority for each in told.ids] == [3, 1, 3]
    for each in CASES:
        opened_for_more = ("reopened", None) if "returned" in told.done[each] else told.stood[each]
        assert told.standing(each) in (told.stood[each], opened_for_more)
