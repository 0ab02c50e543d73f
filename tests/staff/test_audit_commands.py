"""`intake audit …`, as an operator or an auditor types it."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from intake.audit.entry import Entry
from intake.cli import cli
from intake.config import Settings
from intake.errors import SettingsError
from intake.ingest import prepare
from intake.records.database import Database
from intake.records.queries import audit
from tests.records.log import unguarded
from tests.staff.colleague import PASSWORD
from tests.staff.people import ALINGSAS

MONDAY = datetime(2026, 11, 23, 7, 0, 5, tzinfo=UTC)


def type_in(home: Path, *words: str, answer: str = "") -> Result:
    return CliRunner().invoke(cli, words, input=answer, env={"INTAKE_HOME": str(home)})


def refusal(result: Result) -> str:
    assert isinstance(result.exception, SettingsError)
    return str(result.exception)


@pytest.fixture
def three_days(home: Path) -> Path:
    """An installation whose log has three rows on each of three days; today is the third."""
    settings = Settings.read({"INTAKE_HOME": str(home)})
    database = Database(settings.database_url)
    with time_machine.travel(MONDAY, tick=False) as clock:
        box = prepare(database, settings).box
        for _ in range(3):
            for _ in range(3):
                with database.writing() as records, records.begin():
                    audit.note(records, box, Entry("case.read", "worker"))
            clock.shift(timedelta(days=1))
    database.close()
    return home


def tamper(home: Path, statement: str) -> None:
    database = Database(f"sqlite:///{home / 'intake.db'}")
    with unguarded(database) as records:
        records.connection().exec_driver_sql(statement)
    database.close()


def tamper_on(home: Path, statement: str) -> None:
    """Go on where the triggers are gone already."""
    database = Database(f"sqlite:///{home / 'intake.db'}")
    with database.writing() as records, records.begin():
        records.connection().exec_driver_sql(statement)
    database.close()


def key_of(home: Path) -> str:
    return str(home / "keys" / "audit.private")


def test_the_auditors_key_verifies_every_row(three_days: Path) -> None:
    done = type_in(three_days, "audit", "verify", "--key", key_of(three_days))

    assert done.exit_code == 0
    assert done.output.startswith("intake: 10 rows of the audit log are in order, the last is 10:")
    assert "NOT" not in done.output


def test_the_auditor_needs_no_other_key_and_no_settings(three_days: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(three_days / "intake.db", elsewhere)
    done = type_in(elsewhere, "audit", "verify", "--key", key_of(three_days))

    assert (done.exit_code, "10 rows" in done.output) == (0, True)


def test_without_it_what_was_not_verified_is_said(three_days: Path) -> None:
    done = type_in(three_days, "audit", "verify")

    assert done.exit_code == 0
    assert "the seals of 7 rows from before today's key were NOT verified" in done.output


def test_another_key_is_said_to_be_another(three_days: Path) -> None:
    wrong = type_in(three_days, "audit", "verify", "--key", str(three_days / "keys" / "inbox.private"))

    assert "is not the private key of this log's auditor" in refusal(wrong)


def test_the_first_wrong_row_is_named(three_days: Path) -> None:
    tamper(three_days, "UPDATE audit_log SET actor = 'nobody' WHERE seq IN (4, 6)")

    broken = type_in(three_days, "audit", "verify", "--key", key_of(three_days))
    assert broken.exit_code == 1
    assert broken.output.startswith("intake: 3 rows of the audit log are in order")
    assert refusal(broken).startswith("row 4 of the audit log: it was changed")


def test_todays_rows_are_verified_without_the_auditors_key(three_days: Path) -> None:
    tamper(three_days, "UPDATE audit_log SET actor = 'nobody' WHERE seq IN (4, 9)")

    assert refusal(type_in(three_days, "audit", "verify")).startswith("row 9 of the audit log")


def test_a_tail_cut_before_today_is_found_without_the_auditors_key(three_days: Path) -> None:
    tamper(three_days, "DELETE FROM audit_log WHERE seq > 6")

    assert refusal(type_in(three_days, "audit", "verify")).startswith("row 7 of the audit log: the log ends before it")


def test_what_head_prints_is_an_anchor(three_days: Path) -> None:
    anchor = type_in(three_days, "audit", "head").output.strip()
    assert type_in(three_days, "audit", "verify", "--anchor", anchor).exit_code == 0
    tamper(three_days, "DELETE FROM audit_log WHERE seq = 10")

    cut = type_in(three_days, "audit", "verify", "--key", key_of(three_days), "--anchor", anchor)
    assert refusal(cut).startswith("row 10 of the audit log: the log ends before it")


@pytest.mark.parametrize("anchor", ["10", "x:y", "0:" + "a" * 64, "5:" + "A" * 64])
def test_what_is_no_anchor_is_refused(three_days: Path, anchor: str) -> None:
    refused = type_in(three_days, "audit", "verify", "--anchor", anchor)

    assert (refused.exit_code, "is not what `intake audit head` prints" in refused.output) == (2, True)


def test_a_clock_that_went_back_is_told(three_days: Path) -> None:
    with time_machine.travel(MONDAY, tick=False):
        type_in(three_days, "user", "list")

    told = type_in(three_days, "audit", "verify", "--key", key_of(three_days))
    assert told.exit_code == 0
    assert "at row 11 the clock went back, from 2026-11-25 07:00 to 2026-11-23 07:00 UTC" in told.output


def test_a_log_that_never_began_is_said_so(home: Path) -> None:
    for words in (("head",), ("verify", "--key", key_of(home))):
        assert "there is no audit log here yet" in refusal(type_in(home, "audit", *words))


def test_what_is_done_on_the_command_line_is_in_the_log(home: Path) -> None:
    account = ("user", "add", "eva", "--role", "reception", "--unit", ALINGSAS, "--password-stdin")
    type_in(home, *account, answer=f"{PASSWORD}\n")
    type_in(home, "user", "set-password", "eva", "--password-stdin", answer="another long password\n")
    for command in ("enrol", "reset-second-factor", "disable"):
        type_in(home, "user", command, "eva")
    type_in(home, "user", "list")
    database = Database(f"sqlite:///{home / 'intake.db'}")
    with database.session() as records:
        rows = [row for row in audit.rows(records) if row.actor == "command"]
    database.close()

    done = ("add", "set_password", "enrol", "reset_second_factor", "disable", "list")
    assert [row.action for row in rows] == [f"user.{each}" for each in done]
    assert {row.codes[:5] for row in rows[:-1]} == {"user="}
    assert not [word for word in ("eva", PASSWORD, "another") if word in repr(rows)]


def test_a_worker_takes_the_key_of_a_day_that_is_over(three_days: Path) -> None:
    with time_machine.travel(MONDAY + timedelta(days=3), tick=False):
        type_in(three_days, "worker", "--once")
        done = type_in(three_days, "audit", "verify")

    assert "11 rows of the audit log are in order" in done.output
    assert "the seals of 10 rows" in done.output


def test_what_is_not_five_years_old_is_not_dropped(three_days: Path) -> None:
    with time_machine.travel(MONDAY + timedelta(days=4 * 366), tick=False):
        refused = type_in(three_days, "audit", "drop-before", "2026-11-25")

    assert "at least five years" in refusal(refused)
    assert "10 rows" in type_in(three_days, "audit", "verify").output


def test_what_is_dropped_leaves_a_log_that_verifies(three_days: Path) -> None:
    with time_machine.travel(MONDAY + timedelta(days=6 * 365), tick=False):
        dropped = type_in(three_days, "audit", "drop-before", "2026-11-25")
        again = type_in(three_days, "audit", "drop-before", "2026-11-25")
        verified = [type_in(three_days, "audit", "verify", *key) for key in ((), ("--key", key_of(three_days)))]

    assert (dropped.output, again.output) == tuple(
        f"intake: {count} entries of the audit log are dropped\n" for count in (7, 0)
    )
    assert [(each.exit_code, "4 rows" in each.output) for each in verified] == [(0, True), (0, True)]


def test_a_beginning_taken_away_by_other_means_is_found(three_days: Path) -> None:
    tamper(
        three_days,
        "UPDATE audit_chain SET base_seq = 4, base_mac = mac, base_day = audit_log.day, base_at = audit_log.at"
        " FROM audit_log WHERE seq = 4",
    )
    tamper_on(three_days, "DELETE FROM audit_log WHERE seq < 5")

    found = refusal(type_in(three_days, "audit", "verify", "--key", key_of(three_days)))
    assert (
        found
        == "row 5 of the audit log: the rows before it are gone, and nothing in the log says that they were dropped"
    )
