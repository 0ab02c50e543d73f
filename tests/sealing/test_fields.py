import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.errors import SealError
from intake.sealing.fields import FieldBox, Place, new_data_key

PLACE = Place("cases", "summary", "00" * 16)
BOX = FieldBox({1: new_data_key()})


@given(st.binary(max_size=300))
def test_a_field_comes_back_as_it_was(plaintext: bytes) -> None:
    assert BOX.open(PLACE, BOX.close(PLACE, plaintext)) == plaintext


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("users", "summary", "00" * 16),
        Place("cases", "contact", "00" * 16),
        Place("cases", "summary", "11" * 16),
    ],
)
def test_a_field_moved_elsewhere_stays_shut(elsewhere: Place) -> None:
    with pytest.raises(SealError):
        BOX.open(elsewhere, BOX.close(PLACE, b"x"))


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_field_changed_in_any_byte_stays_shut(place: int, flip: int) -> None:
    changed = bytearray(BOX.close(PLACE, b"some words"))
    changed[place % len(changed)] ^= flip

    with pytest.raises(SealError):
        BOX.open(PLACE, bytes(changed))


@given(st.binary(max_size=40))
def test_noise_is_not_opened(noise: bytes) -> None:
    with pytest.raises(SealError):
        BOX.open(PLACE, noise)


def test_an_older_key_still_opens_and_the_newest_closes() -> None:
    older = BOX.close(PLACE, b"x")
    both = FieldBox({**BOX.keys, 2: new_data_key()})

    assert both.open(PLACE, older) == b"x"
    with pytest.raises(SealError):
        BOX.open(PLACE, both.close(PLACE, b"x"))


def test_a_box_does_not_print_its_keys() -> None:
    assert repr(BOX.keys[1]) not in repr(BOX)
