from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from intake import clock
from intake.records.database import Database
from intake.records.models import StaffSession, User
from intake.records.queries import accounts
from tests.records.parallel import at_once
from tests.records.people import employ

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
LONG_AGO = {"seen_after": NOON - timedelta(days=9), "created_after": NOON - timedelta(days=9)}


def test_a_name_is_found_in_any_case(session: Session) -> None:
    anna = employ(session, "Anna.Berg")

    assert accounts.user_by_name(session, "ANNA.berg") is anna
    assert accounts.user_by_name(session, "bo") is None


def test_a_name_is_given_once(session: Session) -> None:
    employ(session, "anna")

    with pytest.raises(IntegrityError):
        employ(session, "ANNA")


def test_a_role_we_do_not_have_is_refused(session: Session) -> None:
    with pytest.raises(IntegrityError):
        accounts.add_user(session, accounts.NewUser("anna", "Anna", "hash", "owner", "sv", ()))


def test_units_can_be_replaced(session: Session) -> None:
    anna = employ(session, "anna", "mini_maria", "adult")
    assert accounts.units_of(session, anna.id) == ("adult", "mini_maria")

    accounts.set_units(session, anna.id, ["adult", "adult"])
    assert accounts.units_of(session, anna.id) == ("adult",)


def test_a_time_step_is_used_once_and_never_an_earlier_one(session: Session) -> None:
    anna = employ(session)

    assert accounts.use_totp_step(session, anna.id, 100)
    assert not accounts.use_totp_step(session, anna.id, 100)
    assert not accounts.use_totp_step(session, anna.id, 99)
    assert accounts.use_totp_step(session, anna.id, 101)


def test_a_new_second_factor_begins_without_used_steps(session: Session) -> None:
    anna = employ(session)
    accounts.use_totp_step(session, anna.id, 100)

    accounts.set_totp_secret(session, anna.id, b"sealed")

    assert session.scalars(select(User.totp_secret)).one() == b"sealed"
    assert accounts.use_totp_step(session, anna.id, 100)


def test_of_parallel_requests_one_gets_the_time_step(database: Database) -> None:
    with database.session() as session:
        anna = employ(session).id

    assert sum(at_once(database, lambda session: accounts.use_totp_step(session, anna, 100))) == 1


def test_of_parallel_requests_one_gets_the_recovery_code(database: Database) -> None:
    with database.session() as session:
        anna = employ(session).id
        accounts.replace_recovery_codes(session, anna, ["a", "b"])
        session.commit()

    assert sum(at_once(database, lambda session: accounts.use_recovery_code(session, anna, "a"))) == 1


def test_recovery_codes_belong_to_one_person(session: Session) -> None:
    anna, bo = employ(session, "anna"), employ(session, "bo")
    accounts.replace_recovery_codes(session, anna.id, ["a", "b"])

    assert not accounts.use_recovery_code(session, bo.id, "a")
    assert accounts.use_recovery_code(session, anna.id, "a")
    assert accounts.recovery_codes_left(session, anna.id) == 1


def test_new_recovery_codes_replace_the_old(session: Session) -> None:
    anna = employ(session)
    accounts.replace_recovery_codes(session, anna.id, ["a"])
    accounts.replace_recovery_codes(session, anna.id, ["b"])

    assert not accounts.use_recovery_code(session, anna.id, "a")


def test_a_sign_in_leads_to_its_user(session: Session) -> None:
    anna = employ(session)
    with time_machine.travel(NOON, tick=False):
        accounts.start_session(session, "hash", anna.id, "full")

    found = accounts.live_session(session, "hash", **LONG_AGO)
    assert found is not None
    assert (found[0].stage, found[1]) == ("full", anna)
    assert accounts.live_session(session, "other", **LONG_AGO) is None


def test_a_stage_we_do_not_have_is_refused(session: Session) -> None:
    with pytest.raises(IntegrityError):
        accounts.start_session(session, "hash", employ(session).id, "admin")


@pytest.mark.parametrize("limit", ["seen_after", "created_after"])
def test_a_sign_in_that_was_idle_or_lasted_too_long_is_over(session: Session, limit: str) -> None:
    with time_machine.travel(NOON, tick=False):
        accounts.start_session(session, "hash", employ(session).id, "full")

    assert accounts.live_session(session, "hash", **LONG_AGO | {limit: NOON - timedelta(microseconds=1)})
    assert not accounts.live_session(session, "hash", **LONG_AGO | {limit: NOON})


def test_using_a_sign_in_keeps_it_alive_but_not_young(session: Session) -> None:
    with time_machine.travel(NOON, tick=False) as travel:
        accounts.start_session(session, "hash", employ(session).id, "full")
        travel.shift(timedelta(minutes=20))
        assert accounts.touch_session(session, "hash")

    assert accounts.live_session(session, "hash", **LONG_AGO | {"seen_after": NOON})
    assert not accounts.live_session(session, "hash", **LONG_AGO | {"created_after": NOON})


def test_an_ended_sign_in_does_not_come_back_to_life(session: Session) -> None:
    accounts.start_session(session, "hash", employ(session).id, "full")
    accounts.end_session(session, "hash")

    assert not accounts.touch_session(session, "hash")
    assert accounts.live_session(session, "hash", **LONG_AGO) is None


def test_all_sign_ins_of_a_user_end_together_and_no_others(session: Session) -> None:
    anna, bo = employ(session, "anna"), employ(session, "bo")
    for id_hash, user in (("a1", anna), ("a2", anna), ("b1", bo)):
        accounts.start_session(session, id_hash, user.id, "full")

    assert accounts.end_sessions_of(session, anna.id) == 2
    assert session.scalars(select(StaffSession.id_hash).where(StaffSession.ended_at.is_(None))).all() == ["b1"]


def test_a_disabled_user_is_out_at_once(session: Session) -> None:
    anna = employ(session)
    accounts.start_session(session, "hash", anna.id, "full")
    accounts.disable_user(session, anna.id)
    accounts.start_session(session, "sneaked in", anna.id, "full")
    session.expire_all()

    assert accounts.live_session(session, "hash", **LONG_AGO) is None
    assert accounts.live_session(session, "sneaked in", **LONG_AGO) is None


def test_a_password_can_be_replaced(session: Session) -> None:
    accounts.set_password_hash(session, employ(session).id, "new")

    assert session.scalars(select(User.password_hash)).one() == "new"


def test_an_account_is_made_now(session: Session) -> None:
    assert clock.now() - employ(session).created_at < timedelta(minutes=1)
