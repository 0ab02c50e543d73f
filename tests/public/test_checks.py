"""How text is written alike before anybody looks at it."""

from time import process_time

from intake.public.checks import clean_text, plain_digits


def test_text_is_composed_and_loses_direction_overrides() -> None:
    assert clean_text("  A\u030a\u202eb\u2066c\u2069\r\nd\re ") == "Åbc\nd\ne"


def test_a_heap_of_accents_keeps_nobody_busy() -> None:
    began = process_time()

    clean_text("a" + "\u0301\u0316" * 16_000)

    assert process_time() - began < 1


def test_digits_of_every_script_become_ours() -> None:
    assert plain_digits("\u0660\u0667\u06f0-\u06f1\u0968\u0669") == "070-129"
