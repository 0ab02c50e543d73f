import pytest

from intake.agreement import digit_faults, digits_differ, faults


@pytest.mark.parametrize(
    ("source", "other"),
    [
        ("Hej %(name)s", "%(name)s, hello"),
        ("**Hej** du", "Hello **you**"),
        ("Se https://example.org/a.", "See https://example.org/a"),
        ("[Läs](/a)", "[Read](/a)"),
        ("- a\n- b", "- x\n- y"),
        ("Ett.\n\nTvå.", "One.\n\nTwo."),
        ("100 % säkert", "100 % sure"),
    ],
)
def test_other_words_with_the_same_parts_agree(source: str, other: str) -> None:
    assert list(faults([source], [other])) == []


@pytest.mark.parametrize(
    ("source", "other", "fault"),
    [
        ("Hej %(name)s", "Hello", "other placeholders than the Swedish: none, not %(name)s"),
        ("Hej", "Hello %(name)s", "other placeholders"),
        ("Hej %(name)s", "Hello %(nam)s", "other placeholders"),
        ("**Hej** du", "Hello you", "other bold"),
        ("Se https://example.org/a", "See https://example.org/b", "other links"),
        ("[Läs](/a)", "[Read](/b)", "other links"),
        ("- a\n- b", "- x", "other list items"),
        ("# Hej", "Hello", "other headings"),
        ("Ett.\n\nTvå.", "One. Two.", "other paragraphs"),
    ],
)
def test_a_part_that_differs_is_told(source: str, other: str, fault: str) -> None:
    (found,) = faults([source], [other])

    assert fault in found


def test_the_form_for_one_need_not_name_the_number_but_names_nothing_else() -> None:
    source = ["%(n)s dag", "%(n)s dagar"]

    assert list(faults(source, ["one day", "%(n)s days"])) == []
    assert list(faults(source, ["%(m)s day", "%(n)s days"])) == [
        "has placeholders that the Swedish does not have: %(m)s"
    ]


def test_digits_are_those_of_the_swedish_or_excused() -> None:
    assert list(digit_faults(["24 timmar, 2 dagar"], ["24 hours, 2 days"], excused=False)) == []
    assert list(digit_faults(["24 timmar"], ["a day"], excused=False)) == [
        "has other digits than the Swedish: none, not 24"
    ]
    assert list(digit_faults(["24 timmar"], ["a day"], excused=True)) == []
    assert list(digit_faults(["24 timmar"], ["24 hours"], excused=True)) == ["excuses a difference that is not there"]


@pytest.mark.parametrize(
    ("source", "other", "differ"),
    [
        ("Fråga 1 ger 3 poäng.", "Question 3 gives 1 point.", "3 1, not 1 3"),
        ("Ring 112 nu. Svar på 24 timmar.", "Call 24 now. An answer in 112 hours.", "24, not 112"),
        ("Ring 112!\nSvar på 24 timmar.", "هل 24؟ 112", "24, not 112"),
        ("Ring 112. Svar på 24 timmar.", "An answer in 24 hours, call 112.", ""),
        ("Ring 112. Svar på 24 timmar.", "An answer in 24 hours, call 113.", "113 24, not 112 24"),
        ("Om {n} dagar", "In {n2} days", ""),
    ],
)
def test_a_number_stays_in_its_statement(source: str, other: str, differ: str) -> None:
    assert digits_differ(source, other) == (f"has other digits than the Swedish: {differ}" if differ else "")


def test_digits_of_another_script_are_other_digits() -> None:
    assert len(list(digit_faults(["24"], ["٢٤"], excused=False))) == 1
