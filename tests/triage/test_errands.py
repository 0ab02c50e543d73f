import pytest

from intake.errors import NotAllowedNow
from intake.triage import ERRANDS, MOVES
from intake.triage.errands import PURPOSES, check_answer

SHARED = {"handover", "consult", "parallel"}


def test_only_what_a_unit_reads_asks_for_consent() -> None:
    assert {code for code, errand in ERRANDS.items() if errand.shares} == SHARED
    assert {purpose for errand in ERRANDS.values() for purpose in errand.purposes} == set(PURPOSES)


def test_the_four_tasks_of_the_documents_go_to_their_fixed_receivers() -> None:
    listed = {code for code, errand in ERRANDS.items() if errand.receivers == ("listed_health_centre",)}

    assert listed == {"sampling", "sick_note", "psychological_treatment"}
    assert ERRANDS["medical_assessment"].receivers == ("clinic_doctor",)


def test_a_handover_ends_by_moves_of_the_table_alone() -> None:
    handover = ERRANDS["handover"]

    assert set(handover.answers) <= set(MOVES)
    assert {code: MOVES[code].side for code in handover.answers} == {
        code: answer.side for code, answer in handover.answers.items()
    }


def test_a_question_is_answered_by_whoever_was_asked() -> None:
    assert check_answer("consult", "answer", {"receiver"}, "Slowly.").needs_note


@pytest.mark.parametrize(
    ("kind", "answer", "side", "note"),
    [
        ("consult", "answer", "receiver", ""),
        ("consult", "answer", "owner", "words"),
        ("consult", "done", "owner", ""),
        ("handover", "acknowledge", "receiver", ""),
        ("signpost", "told", "owner", ""),
        ("nonsense", "done", "owner", ""),
    ],
)
def test_an_errand_ends_in_no_other_way(kind: str, answer: str, side: str, note: str) -> None:
    with pytest.raises(NotAllowedNow):
        check_answer(kind, answer, {side}, note)  # type: ignore[arg-type]  # the sides are written out above
