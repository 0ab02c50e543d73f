from sqlalchemy.orm import Session

from intake.records.queries import inbox, installation
from intake.records.queries.installation import SealedKey
from tests.records.people import submission


def test_a_data_key_is_never_replaced(session: Session) -> None:
    assert installation.add_data_key(session, SealedKey(1, "to", b"first"))
    assert not installation.add_data_key(session, SealedKey(1, "to", b"second"))
    assert installation.data_keys(session) == [SealedKey(1, "to", b"first")]


def test_data_keys_come_oldest_first(session: Session) -> None:
    for number in (2, 1, 3):
        installation.add_data_key(session, SealedKey(number, "to", b"key"))

    assert [key.id for key in installation.data_keys(session)] == [1, 2, 3]


def test_a_fact_is_noted_and_noted_again(session: Session) -> None:
    assert installation.fact(session, "demonstration") is None

    for value in ("yes", "no"):
        installation.note_fact(session, "demonstration", value)
        assert installation.fact(session, "demonstration") == value


def test_it_is_empty_until_something_comes_in(session: Session) -> None:
    assert installation.is_empty(session)

    inbox.insert(session, submission())
    assert not installation.is_empty(session)
