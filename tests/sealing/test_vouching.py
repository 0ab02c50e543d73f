"""The proof that staff began a draft: for one draft, one channel and one user, and only with the private key."""

import pytest

from intake.sealing.vouching import is_vouched, vouch

KEY = b"a private key"
SAID = ("draft", "phone", "user")


def test_a_proof_holds_for_what_it_was_made_for() -> None:
    assert is_vouched(KEY, *SAID, vouch(KEY, *SAID))


@pytest.mark.parametrize(
    "other", [("another", "phone", "user"), ("draft", "paper", "user"), ("draft", "phone", "boss")]
)
def test_a_proof_holds_for_nothing_else(other: tuple[str, str, str]) -> None:
    assert not is_vouched(KEY, *other, vouch(KEY, *SAID))


@pytest.mark.parametrize("proof", ["", "x", "å", vouch(b"another key", *SAID)])
def test_nobody_makes_a_proof_without_the_key(proof: str) -> None:
    assert not is_vouched(KEY, *SAID, proof)
