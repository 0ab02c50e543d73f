from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.config import content_root
from intake.questionnaires.loader import load
from intake.questionnaires.model import Instrument
from intake.questionnaires.scoring import refused, score

INSTRUMENTS = load(content_root() / "questionnaires").instruments
AUDIT, DUDIT = INSTRUMENTS["audit"], INSTRUMENTS["dudit"]


def coded(instrument: Instrument, codes: Sequence[int | None]) -> dict[str, str]:
    return {item.fact: str(code) for item, code in zip(instrument.items, codes, strict=True) if code is not None}


def audit_oracle(codes: tuple[int, ...]) -> int:
    """The WHO manual's rules written out a second time, without the definition file."""
    first, second, third, *_ = codes
    skipped = first == 0 or second + third == 0
    return sum(code for place, code in enumerate(codes) if not (skipped and 3 <= place <= 7)) - (
        second + third if first == 0 else 0
    )


audit_codes = st.tuples(*[st.integers(0, 4)] * 8, *[st.sampled_from([0, 2, 4])] * 2)
dudit_codes = st.tuples(*[st.integers(0, 4)] * 9, *[st.sampled_from([0, 2, 4])] * 2)


@given(audit_codes)
def test_audit_is_the_published_sum(codes: tuple[int, ...]) -> None:
    assert score(AUDIT, coded(AUDIT, codes), {}).total.value == audit_oracle(codes)


@given(dudit_codes)
def test_dudit_is_the_published_sum(codes: tuple[int, ...]) -> None:
    assert score(DUDIT, coded(DUDIT, codes), {}).total.value == sum(codes)


@given(audit_codes, st.sets(st.integers(0, 9), min_size=1, max_size=3))
def test_missing_answers_leave_exactly_the_sums_that_filling_them_in_can_give(
    codes: tuple[int, ...], gaps: set[int]
) -> None:
    partial = [None if place in gaps else code for place, code in enumerate(codes)]
    choices = [[0, 2, 4] if place >= 8 else range(5) for place in sorted(gaps)]
    sums = set()
    for filled in product(*choices):
        full = list(codes)
        for place, code in zip(sorted(gaps), filled, strict=True):
            full[place] = code
        sums.add(audit_oracle(tuple(full)))
    total = score(AUDIT, coded(AUDIT, partial), {}).total

    assert (total.low, total.high) == (min(sums), max(sums))


@given(dudit_codes, st.integers(0, 10))
def test_a_missing_answer_is_never_zero(codes: tuple[int, ...], gap: int) -> None:
    partial = [None if place == gap else code for place, code in enumerate(codes)]
    total = score(DUDIT, coded(DUDIT, partial), {}).total

    assert (total.value, total.complete, total.high - total.low) == (None, False, 4)


def test_a_skipped_question_counts_nothing_and_misses_nothing() -> None:
    total = score(AUDIT, coded(AUDIT, [0, *[None] * 7, 2, 4]), {}).total

    assert (total.value, total.complete) == (6, True)


def test_answers_a_skip_rule_hides_do_not_count() -> None:
    assert score(AUDIT, coded(AUDIT, [0, 4, 4, 4, 4, 4, 4, 4, 0, 0]), {}).total.value == 0


@pytest.mark.parametrize(
    ("total", "sex", "band"), [(5, "female", "low"), (6, "female", "risk"), (7, "male", "low"), (8, "male", "risk")]
)
def test_the_swedish_cut_off_depends_on_sex(total: int, sex: str, band: str) -> None:
    codes = [1, total - 5, 4, 0, 0, 0, 0, 0, 0, 0]
    result = score(AUDIT, coded(AUDIT, codes), {"about.sex": sex})
    swedish = next(reading for reading in result.readings if reading.scheme.id == "swedish")

    assert result.total.value == total
    assert swedish.certain == band


def test_unknown_sex_shows_every_column_and_guesses_nothing() -> None:
    result = score(AUDIT, coded(AUDIT, [1, 2, 4, 0, 0, 0, 0, 0, 0, 0]), {})
    swedish = next(reading for reading in result.readings if reading.scheme.id == "swedish")

    assert result.total.value == 7
    assert [column.bands for column in swedish.columns] == [("risk",), ("low",)]
    assert swedish.certain is None


def test_unknown_sex_is_no_matter_where_the_columns_agree() -> None:
    result = score(AUDIT, coded(AUDIT, [4, 4, 4, 4, 4, 4, 4, 4, 4, 4]), {})
    swedish = next(reading for reading in result.readings if reading.scheme.id == "swedish")

    assert swedish.certain == "risk"


def test_a_band_is_certain_when_both_ends_of_the_interval_agree() -> None:
    certain = score(AUDIT, coded(AUDIT, [4, 4, 4, 4, 4, None, 0, 0, 0, 0]), {"about.sex": "male"})
    open_ = score(AUDIT, coded(AUDIT, [2, 1, 2, 0, 0, None, 0, 0, 0, 0]), {"about.sex": "male"})

    assert certain.facts()["audit.who_zones"] == "zone_4"
    assert "audit.total" not in certain.facts()
    assert "audit.who_zones" not in open_.facts()


def test_both_tables_for_young_people_are_shown_side_by_side() -> None:
    result = score(DUDIT, coded(DUDIT, [2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0]), {"about.sex": "male", "about.age": 17})
    read = {reading.scheme.id: reading.certain for reading in result.readings}

    assert result.total.value == 6
    assert read["adult"] != read["young"]


@pytest.mark.parametrize("code", ["1", "3", "5", "-1", "1_0", "٤", " 2", "0x1", "1.0", "true", "2\n"])
def test_answers_outside_an_items_own_set_are_refused(code: str) -> None:
    item = AUDIT.items[8]

    assert [(found.name, answer) for found, answer in refused(AUDIT, {item.fact: code})] == [("q9", code)]


def test_a_refused_answer_is_missing_not_counted() -> None:
    answers = {**coded(AUDIT, [1, 0, 0, *[0] * 7]), "audit.q9": "3"}

    assert not score(AUDIT, answers, {}).total.complete


@given(audit_codes, st.sampled_from(sorted(AUDIT.words)))
def test_a_score_is_the_same_in_every_language(codes: tuple[int, ...], language: str) -> None:
    told = score(AUDIT, coded(AUDIT, codes), {}).as_json(language)

    assert told["total"] == audit_oracle(codes)
    assert told["status"] == AUDIT.words[language].status
