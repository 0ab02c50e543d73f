import grimp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.errors import SealError, SettingsError, WrongKey
from intake.sealing.seal import SUITES, Algorithm, Context, fingerprint, read_public_key, seal
from intake.sealing.unseal import check_pair, generate_keypair, keypair, public_key_of, unseal

CONTEXT = Context("00" * 16, "self", "digest")
PUBLIC, PRIVATE = keypair(Algorithm.HYBRID)

both_algorithms = pytest.mark.parametrize("algorithm", list(Algorithm))


@both_algorithms
def test_the_private_key_opens_what_the_public_key_sealed(algorithm: Algorithm) -> None:
    public, private = keypair(algorithm)

    assert unseal(private, seal(public, "Vägen in".encode(), CONTEXT), CONTEXT) == "Vägen in".encode()


@both_algorithms
def test_the_first_byte_says_which_algorithm(algorithm: Algorithm) -> None:
    public, private = keypair(algorithm)

    assert {public[0], private[0], seal(public, b"x", CONTEXT)[0]} == {algorithm}


def test_new_keys_withstand_quantum_computers_where_the_library_can() -> None:
    assert read_public_key(generate_keypair()[0])[0] is Algorithm.HYBRID


@given(st.binary(max_size=5000))
def test_any_bytes_come_back_as_they_were(plaintext: bytes) -> None:
    assert unseal(PRIVATE, seal(PUBLIC, plaintext, CONTEXT), CONTEXT) == plaintext


@pytest.mark.parametrize(
    "elsewhere",
    [
        Context("11" * 16, "self", "digest"),
        Context("00" * 16, "screening", "digest"),
        Context("00" * 16, "self", "another"),
    ],
)
def test_moved_to_another_row_door_or_definition_it_stays_shut(elsewhere: Context) -> None:
    with pytest.raises(SealError):
        unseal(PRIVATE, seal(PUBLIC, b"x", CONTEXT), elsewhere)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_changed_in_any_byte_it_stays_shut(place: int, flip: int) -> None:
    blob = bytearray(seal(PUBLIC, b"x", CONTEXT))
    blob[place % len(blob)] ^= flip

    with pytest.raises(SealError):
        unseal(PRIVATE, bytes(blob), CONTEXT)


@given(st.binary(max_size=3000))
def test_noise_is_not_opened(noise: bytes) -> None:
    with pytest.raises(SealError):
        unseal(PRIVATE, seal(PUBLIC, b"x", CONTEXT)[:9] + noise, CONTEXT)


def test_what_was_sealed_without_our_frame_is_not_opened() -> None:
    algorithm, key = read_public_key(PUBLIC)
    header = seal(PUBLIC, b"x", CONTEXT)[:9]
    unframed = header + SUITES[algorithm].encrypt(b"\xff" * 8, key, header + CONTEXT.encoded())

    with pytest.raises(SealError):
        unseal(PRIVATE, unframed, CONTEXT)


@both_algorithms
def test_another_private_key_is_told_that_it_is_another(algorithm: Algorithm) -> None:
    with pytest.raises(WrongKey):
        unseal(keypair(algorithm)[1], seal(PUBLIC, b"x", CONTEXT), CONTEXT)


def test_sealing_twice_gives_two_values() -> None:
    assert seal(PUBLIC, b"x", CONTEXT) != seal(PUBLIC, b"x", CONTEXT)


def test_the_size_says_only_how_many_kib() -> None:
    sizes = [len(seal(PUBLIC, bytes(length), CONTEXT)) for length in (0, 1, 1020, 1021, 2044)]

    assert sizes == [sizes[0]] * 3 + [sizes[0] + 1024] * 2


@pytest.mark.parametrize("key", [b"", b"\x00", b"\x02short", b"\x09" + bytes(32), bytes(1217)])
def test_what_is_no_key_is_refused_in_words(key: bytes) -> None:
    with pytest.raises(SettingsError, match="public key"):
        seal(key, b"x", CONTEXT)
    with pytest.raises(SettingsError, match="private key"):
        unseal(key, b"x", CONTEXT)


@both_algorithms
def test_a_private_key_knows_its_public_key(algorithm: Algorithm) -> None:
    public, private = keypair(algorithm)

    assert public_key_of(private) == public


def test_keys_that_do_not_belong_together_are_refused() -> None:
    check_pair(PUBLIC, PRIVATE)

    with pytest.raises(SettingsError, match="does not belong"):
        check_pair(generate_keypair()[0], PRIVATE)


def test_a_fingerprint_can_be_read_aloud() -> None:
    assert len(fingerprint(PUBLIC).split(" ")) == 8
    assert fingerprint(PUBLIC) != fingerprint(generate_keypair()[0])


def test_errors_hold_nothing_of_what_was_sealed() -> None:
    with pytest.raises(SealError) as raised:
        unseal(PRIVATE, seal(PUBLIC, b"CANARY", CONTEXT), Context("11" * 16, "self", "digest"))

    assert "CANARY" not in repr(raised.value)


def test_nothing_the_public_form_imports_can_open_what_was_sealed() -> None:
    graph = grimp.build_graph("intake")

    for module in ("intake.public", "intake.submission", "intake.records", "intake.sealing.seal"):
        assert graph.find_shortest_chain(module, "intake.sealing.unseal", as_packages=True) is None
