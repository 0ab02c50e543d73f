"""Digests of how somebody is reached: equal within one principal, and telling nothing to anybody else."""

from intake.sealing.digests import digest, digest_key
from intake.sealing.fields import new_data_key

DATA_KEY = bytes(range(32))
NUMBER = "+46701740605"


def test_the_same_number_has_the_same_digest_within_a_principal() -> None:
    one, two = (digest(digest_key(DATA_KEY, "region"), "phone", NUMBER) for _ in range(2))

    assert one == two
    assert len(bytes.fromhex(one)) == 16


def test_another_principal_has_another_key() -> None:
    keys = {digest_key(DATA_KEY, principal) for principal in ("region", "lerum", "alingsas", "", "regio", "n")}

    assert len({digest(key, "phone", NUMBER) for key in keys}) == len(keys) == 6


def test_another_data_key_another_kind_and_another_value_have_another_digest() -> None:
    key, other = digest_key(DATA_KEY, "region"), digest_key(new_data_key(), "region")
    digests = [(key, "phone", NUMBER), (key, "email", NUMBER), (key, "phone", NUMBER[:-1]), (other, "phone", NUMBER)]

    assert len({digest(*each) for each in digests}) == 4


def test_digests_stay_as_they_are() -> None:
    assert digest(digest_key(DATA_KEY, "region"), "phone", NUMBER) == "83f86713bf59ba2af5275d4ce00bd47f"
