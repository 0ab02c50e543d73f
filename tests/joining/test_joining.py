"""Which two cases can be made one, and which of them goes on."""

from dataclasses import replace
from itertools import product

import pytest

from intake.errors import NotAllowedNow
from intake.joining import WAYS, Kind, Side, check_way, ways
from intake.triage import OPEN_STATES, State

THIS = Side("a" * 32, "region", State.READ, holds=False)
OTHER = Side("b" * 32, "region", State.CLAIMED, holds=False)


def codes(this: Side, other: Side) -> list[str]:
    return [way.code for way in ways(this, other)]


def test_of_two_open_cases_either_goes_on() -> None:
    assert codes(THIS, OTHER) == ["into_other", "into_this"]


def test_a_closed_case_is_opened_again_for_an_open_one() -> None:
    assert codes(THIS, replace(OTHER, state=State.CLOSED)) == ["other_again"]
    assert codes(replace(THIS, state=State.CLOSED), OTHER) == ["this_again"]


@pytest.mark.parametrize(
    ("this", "other"),
    [
        (THIS, THIS),
        (THIS, replace(OTHER, principal="lerum")),
        (THIS, replace(OTHER, state=State.JOINED)),
        (replace(THIS, state=State.JOINED), OTHER),
        (replace(THIS, state=State.CLOSED), replace(OTHER, state=State.CLOSED)),
        (replace(THIS, holds=True), replace(OTHER, holds=True)),
    ],
)
def test_these_cannot_be_made_one(this: Side, other: Side) -> None:
    assert codes(this, other) == []


def test_what_holds_others_is_not_put_inside() -> None:
    assert codes(THIS, replace(OTHER, holds=True)) == ["into_other"]
    assert codes(replace(THIS, holds=True), OTHER) == ["into_this"]


@pytest.mark.parametrize(("state", "theirs", "holds"), list(product(State, State, (True, False))))
def test_what_waits_inside_was_open_and_what_goes_on_is_never_inside(state: State, theirs: State, holds: bool) -> None:
    this, other = replace(THIS, state=state, holds=holds), replace(OTHER, state=theirs)
    for way in ways(this, other):
        main, inner = (this, other) if way.this_goes_on else (other, this)
        assert inner.state in OPEN_STATES
        assert not inner.holds
        assert main.state in (OPEN_STATES if way.kind is Kind.MERGED else {State.CLOSED})


@pytest.mark.parametrize("code", ["other_again", "this_again", "", "nonsense"])
def test_a_way_there_is_not_is_refused(code: str) -> None:
    with pytest.raises(NotAllowedNow):
        check_way(code, THIS, OTHER)


def test_a_way_there_is_is_given() -> None:
    assert check_way("into_this", THIS, OTHER) is WAYS["into_this"]
