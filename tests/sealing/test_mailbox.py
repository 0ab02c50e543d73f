import pytest

from intake.errors import SealError, SettingsError
from intake.sealing.mailbox import SECRET_BYTES, Mailbox
from intake.sealing.seal import Algorithm, LetterContext, read_public_key, seal
from intake.sealing.unseal import keypair
from intake.submission import mailbox_of, receipt_code

MAILBOX = Mailbox(bytes(range(SECRET_BYTES)))
HERE = LetterContext("0" * 32, "1" * 32, "person")

both_algorithms = pytest.mark.parametrize("algorithm", list(Algorithm))


@both_algorithms
def test_the_mailbox_opens_what_its_public_half_sealed(algorithm: Algorithm) -> None:
    assert MAILBOX.open(seal(MAILBOX.public(algorithm), b"Hej", HERE), HERE) == b"Hej"


@both_algorithms
def test_the_public_half_is_the_same_each_time_and_a_key_like_others(algorithm: Algorithm) -> None:
    public = MAILBOX.public(algorithm)

    assert public == Mailbox(MAILBOX.secret).public(algorithm)
    assert read_public_key(public)[0] is algorithm


@both_algorithms
@pytest.mark.parametrize(
    "elsewhere",
    [
        LetterContext("2" * 32, "1" * 32, "person"),
        LetterContext("0" * 32, "2" * 32, "person"),
        LetterContext("0" * 32, "1" * 32, "clinic"),
    ],
)
def test_moved_to_another_letter_request_or_reader_it_stays_shut(
    algorithm: Algorithm, elsewhere: LetterContext
) -> None:
    with pytest.raises(SealError):
        MAILBOX.open(seal(MAILBOX.public(algorithm), b"x", HERE), elsewhere)


@both_algorithms
def test_what_is_sealed_to_the_clinic_or_to_another_code_stays_shut(algorithm: Algorithm) -> None:
    for public in (keypair(algorithm)[0], Mailbox(bytes(SECRET_BYTES)).public(algorithm)):
        with pytest.raises(SealError):
            MAILBOX.open(seal(public, b"x", HERE), HERE)


@pytest.mark.parametrize("noise", [b"", b"\x01", b"\x02" * 9, b"\x07" * 100, bytes(2000)])
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(SealError):
        MAILBOX.open(noise, HERE)


def test_changed_in_any_byte_it_stays_shut() -> None:
    sealed = bytearray(seal(MAILBOX.public(Algorithm.X25519), b"x", HERE))
    for place in range(0, len(sealed), 7):
        changed = bytes(sealed[:place]) + bytes([sealed[place] ^ 1]) + bytes(sealed[place + 1 :])
        with pytest.raises(SealError):
            MAILBOX.open(changed, HERE)


def test_a_mailbox_depends_on_the_code_and_on_the_installation() -> None:
    first, second = receipt_code(b"one"), receipt_code(b"two")
    made = {mailbox_of(code, pepper).secret for code in (first, second) for pepper in (b"a" * 32, b"b" * 32)}

    assert len(made) == 4
    assert {len(secret) for secret in made} == {SECRET_BYTES}


def test_a_mailbox_does_not_print_its_secret() -> None:
    assert repr(MAILBOX) == "Mailbox()"


def test_a_secret_of_the_wrong_length_is_no_mailbox() -> None:
    with pytest.raises((ValueError, SettingsError)):
        Mailbox(b"short").public(Algorithm.X25519)
