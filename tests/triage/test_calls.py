"""Since when somebody waits to be called, whatever is done with a case in between."""

from datetime import UTC, datetime, timedelta

import pytest

from intake.triage import MOVES, Calls

CAME = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def after(*moves: str) -> Calls:
    """The clocks after these moves, an hour apart, the first an hour after the request came."""
    calls = Calls(CAME)
    for number, code in enumerate(moves, start=1):
        calls = calls.after(MOVES[code].calling, CAME + number * HOUR)
    return calls


@pytest.mark.parametrize("other", sorted(MOVES.keys() - {"claim", "try", "reach", "return", "decline", "come_back"}))
def test_nothing_but_a_call_ends_the_wait_for_it(other: str) -> None:
    assert after("claim", other) == after("claim") == Calls(CAME + HOUR)
    assert after("claim", "try", other) == after("claim", "try") == Calls(CAME + HOUR, CAME + 2 * HOUR)


@pytest.mark.parametrize("call", ["try", "reach"])
def test_the_last_try_or_contact_counts(call: str) -> None:
    assert after("claim", "try", call) == Calls(CAME + HOUR, CAME + 3 * HOUR)


def test_a_case_taken_again_begins_anew() -> None:
    assert after("claim", "try", "close", "reopen", "claim") == Calls(CAME + 5 * HOUR)


@pytest.mark.parametrize("back", ["return", "decline", "come_back"])
def test_a_case_that_came_back_is_to_be_called_about_again(back: str) -> None:
    assert after("claim", "try", "hand_over", back) == Calls(CAME + 4 * HOUR)
    assert after("claim", "hand_over", back) == after("claim")
