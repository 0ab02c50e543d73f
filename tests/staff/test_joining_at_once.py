"""Two at work on the same two cases: the second is told, and neither loses a word."""

from threading import Barrier, Thread

import pytest

from tests.staff.pairs import ask, kinds, versions
from tests.staff.people import ALINGSAS, KIM, Clinic


@pytest.fixture
def pair(clinic: Clinic) -> tuple[str, str]:
    """Two requests of Kim's, in one clinic."""
    return clinic.receive(), clinic.receive(KIM | {"story": "En gång till."})


@pytest.mark.parametrize("moved", [0, 1])
def test_the_second_to_join_is_told_and_loses_no_word(clinic: Clinic, pair: tuple[str, str], moved: int) -> None:
    anna, eva = (clinic.employ(name, "reception", ALINGSAS).sign_in() for name in ("anna", "eva"))
    eva.get(f"/staff/case/{pair[0]}/person")
    seen = versions(clinic, *pair)
    anna.get(f"/staff/case/{pair[moved]}")
    anna.move(pair[moved], "claim")
    answer = eva.post(f"/staff/case/{pair[0]}/join", other=pair[1], way="into_this", note="My <own> words", **seen)

    assert answer.status_code == 409
    assert ">My &lt;own&gt; words</textarea>" in eva.page
    assert "Någon annan har ändrat ett av ärendena" in eva.page
    assert "took_in" not in kinds(clinic, pair[0])


def test_the_second_to_undo_is_told_and_loses_no_word(clinic: Clinic, pair: tuple[str, str]) -> None:
    anna, eva = (clinic.employ(name, "reception", ALINGSAS).sign_in() for name in ("anna", "eva"))
    ask(anna, clinic, pair, "into_this")
    eva.get(f"/staff/case/{pair[0]}/person")
    seen = versions(clinic, *pair)
    ask(anna, clinic, pair)
    answer = eva.post(f"/staff/case/{pair[0]}/part", other=pair[1], note="My own words", **seen)

    assert answer.status_code == 409
    assert ">My own words</textarea>" in eva.page


def test_a_move_on_a_case_that_was_joined_meanwhile_is_a_conflict(clinic: Clinic, pair: tuple[str, str]) -> None:
    anna, eva = (clinic.employ(name, "reception", ALINGSAS).sign_in() for name in ("anna", "eva"))
    for case in pair:
        eva.get(f"/staff/case/{case}")
        seen = eva.version
        ask(anna, clinic, pair, "into_this")
        asked = {"move": "close", "choice": "duplicate", "version": seen, "note": "My own words"}
        answer = eva.post(f"/staff/case/{case}/move", **asked)

        assert answer.status_code == 409
        assert "My own words</textarea>" in eva.page
        ask(anna, clinic, pair)


def test_of_two_who_join_the_same_two_the_other_way_round_one_does(either_clinic: Clinic) -> None:
    pair = either_clinic.receive(), either_clinic.receive()
    colleagues = [either_clinic.employ(name, "reception", ALINGSAS).sign_in() for name in ("anna", "eva")]
    together, ways = Barrier(2), ("into_this", "into_other")
    for each in colleagues:
        each.get(f"/staff/case/{pair[0]}/person")
    seen = versions(either_clinic, *pair)

    def act(number: int) -> None:
        together.wait()
        colleagues[number].post(f"/staff/case/{pair[0]}/join", other=pair[1], way=ways[number], **seen)

    threads = [Thread(target=act, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.answer.status_code for each in colleagues) == [303, 409]
    assert sorted(either_clinic.case(each).state for each in pair) == ["joined", "received"]
