"""The alarms page: who has waited too long, and what is broken."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import update

from intake.records.ids import new_id
from intake.records.queries import alarms
from intake.records.queries.alarms import NewAlarm
from intake.records.watch_models import Alarm
from tests.staff.colleague import Colleague
from tests.staff.log import last
from tests.staff.people import ALINGSAS, KIM, LERUM, Clinic

WROTE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATE = datetime(2026, 11, 24, 9, 1, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(WROTE, tick=False) as clock:
        yield clock


@pytest.fixture
def sam(clinic: Clinic, clock: time_machine.Traveller) -> Colleague:
    """The coordinator of Alingsås, signed in."""
    return clinic.employ("sam", "coordinator", ALINGSAS).sign_in()


@pytest.fixture
def adam(clinic: Clinic, clock: time_machine.Traveller) -> Colleague:
    """Who keeps the service running, signed in."""
    return clinic.employ("adam", "admin", ALINGSAS).sign_in()


def write(clinic: Clinic, number: int = 1, **changes: object) -> list[str]:
    """Let people write; return their cases."""
    found = [clinic.receive() for _ in range(number)]
    for each in found:
        clinic.spoil(each, state_at=WROTE, **changes)
    return found


def raised(clinic: Clinic, reason: str, subject: str = "", **more: str) -> str:
    """Something is broken; return the id of its alarm."""
    with clinic.records() as records, records.begin():
        alarms.raise_alarms(records, [NewAlarm(reason, subject, WROTE, **more)])  # type: ignore[arg-type]  # texts alone
        return next(each.id for each in alarms.technical(records, 100) if each.reason == reason)


def test_a_case_is_listed_with_what_it_waits_for_and_since_when(
    clinic: Clinic, sam: Colleague, clock: time_machine.Traveller
) -> None:
    (case,) = write(clinic)
    clock.move_to(LATE)
    sam.sign_in().get("/staff/alarms")
    line = " ".join(re.sub(r"<[^>]+>", " ", sam.page.partition("<tbody>")[2].partition("</tbody>")[0]).split())

    assert line == f"{clinic.case(case).reference} Att bli läst Inkommen 23 nov. 2026, 10:00 (24 timmar)"
    assert f'href="/staff/case/{case}"' in sam.page


def test_the_urgent_come_first_and_then_those_who_have_waited_longest(
    clinic: Clinic, sam: Colleague, clock: time_machine.Traveller
) -> None:
    second, first, urgent = write(clinic, 3)
    clinic.spoil(first, state_at=WROTE - timedelta(hours=1))
    clinic.spoil(urgent, priority=1)
    clock.move_to(LATE)

    assert sam.sign_in().references("/staff/alarms") == [
        clinic.case(each).reference for each in (urgent, first, second)
    ]


def test_no_more_are_listed_than_fit_and_the_others_are_counted(
    clinic: Clinic, sam: Colleague, clock: time_machine.Traveller
) -> None:
    write(clinic, 23)
    clock.move_to(LATE)

    assert len(sam.sign_in().references("/staff/alarms")) == 20
    assert "Att bli läst: <b>23</b>" in sam.page
    assert "3 till i kön" in sam.page


def test_moving_the_case_takes_it_off_the_page(clinic: Clinic, sam: Colleague, clock: time_machine.Traveller) -> None:
    (case,) = write(clinic)
    clock.move_to(LATE)
    sam.sign_in().get(f"/staff/case/{case}")

    assert sam.references("/staff/alarms") == []
    assert "Ingen har väntat för länge." in sam.page


def test_another_units_cases_are_not_listed(clinic: Clinic, sam: Colleague, clock: time_machine.Traveller) -> None:
    clinic.receive(KIM | {"about.town": "lerum"})
    clock.move_to(LATE)

    assert sam.sign_in().references("/staff/alarms") == []


def test_who_keeps_the_service_running_sees_what_is_broken_and_no_case(
    clinic: Clinic, adam: Colleague, clock: time_machine.Traveller
) -> None:
    write(clinic)
    raised(clinic, alarms.FORM)
    clock.move_to(LATE)
    adam.sign_in().get("/staff/alarms")

    assert "Formuläret går inte att skicka" in adam.page
    assert (adam.references(), "Har väntat för länge" in adam.page) == ([], False)


@pytest.mark.parametrize(
    ("reason", "more", "words"),
    [
        (alarms.UNOPENED, {"unit": LERUM}, "Socialmedicinska mottagningen Lerum"),
        (alarms.UNREADABLE, {"detail": "other_key"}, "låst med en annan nyckel än vår"),
        (alarms.CANARY, {}, "Ett prov som skickades genom formuläret har inte kommit fram"),
        (alarms.MAIL_SERVER, {}, "Mejlservern svarar inte"),
        (alarms.NO_COORDINATOR, {"unit": "closed-long-ago"}, "closed-long-ago"),
        (alarms.NO_ADDRESS, {"unit": LERUM}, "Ingen samordnare på mottagningen har en mejladress"),
    ],
)
def test_what_is_broken_is_told_with_where_and_why(
    clinic: Clinic, sam: Colleague, reason: str, more: dict[str, str], words: str
) -> None:
    raised(clinic, reason, new_id(), **more)
    sam.get("/staff/alarms")

    assert words in sam.page


def test_a_letter_that_did_not_arrive_names_the_colleague(clinic: Clinic, sam: Colleague) -> None:
    raised(clinic, alarms.UNDELIVERED, clinic.user("sam").id, detail="refused")
    sam.get("/staff/alarms")

    assert "<bdi>sam</bdi> · adressen saknas eller nekas" in sam.page


def test_somebody_takes_care_of_it_and_says_how(clinic: Clinic, sam: Colleague, adam: Colleague) -> None:
    alarm = raised(clinic, alarms.FORM)
    adam.get("/staff/alarms")
    assert adam.post(f"/staff/alarms/{alarm}/handled", note="Startar om den.").location == "/staff/alarms"
    sam.get("/staff/alarms")

    assert "Någon tar hand om det" in sam.page
    assert "Startar om den." in sam.page
    assert "Inget är trasigt" in sam.page


def test_what_was_done_is_not_readable_in_the_database(clinic: Clinic, sam: Colleague) -> None:
    alarm = raised(clinic, alarms.FORM)
    sam.get("/staff/alarms")
    sam.post(f"/staff/alarms/{alarm}/handled", note="CANARY")

    assert b"CANARY" not in clinic.file_bytes()


def test_taking_care_without_a_word_is_asked_again(clinic: Clinic, sam: Colleague) -> None:
    alarm = raised(clinic, alarms.FORM)
    sam.get("/staff/alarms")
    answer = sam.post(f"/staff/alarms/{alarm}/handled", note=" ")

    assert answer.status_code == 422
    assert f'href="#note-{alarm}"' in sam.page


def test_what_somebody_took_care_of_meanwhile_is_a_conflict(clinic: Clinic, sam: Colleague) -> None:
    alarm = raised(clinic, alarms.FORM)
    for expected in (303, 409):
        sam.get("/staff/alarms")
        assert sam.post(f"/staff/alarms/{alarm}/handled", note="Ringer.").status_code == expected


@pytest.mark.parametrize("alarm", ["0" * 32, "never", "%00", "a-b"])
def test_an_alarm_that_is_not_there_cannot_be_taken_care_of(sam: Colleague, alarm: str) -> None:
    sam.get("/staff/alarms")

    assert sam.post(f"/staff/alarms/{alarm}/handled", note="Ringer.").status_code in (404, 409)


def test_only_moving_it_ends_the_alarm_of_a_case(clinic: Clinic, sam: Colleague, clock: time_machine.Traveller) -> None:
    (case,) = write(clinic)
    with clinic.records() as records, records.begin():
        alarms.raise_alarms(records, [NewAlarm("unread", case, WROTE, ALINGSAS)])
        alarm = records.query(Alarm.id).scalar()
    sam.get("/staff/alarms")

    assert sam.post(f"/staff/alarms/{alarm}/handled", note="Jag vet.").status_code == 409


def test_a_note_that_cannot_be_opened_hides_nothing_else(clinic: Clinic, sam: Colleague) -> None:
    raised(clinic, alarms.FORM)
    who = clinic.user("sam").id
    with clinic.records() as records, records.begin():
        records.execute(update(Alarm).values(note=b"noise", handled_by=who, handled_at=WROTE))

    assert sam.get("/staff/alarms").status_code == 200


def test_more_faults_than_fit_are_counted(clinic: Clinic, sam: Colleague) -> None:
    with clinic.records() as records, records.begin():
        alarms.raise_alarms(records, [NewAlarm(alarms.UNREADABLE, new_id(), WROTE) for _ in range(53)])
    sam.get("/staff/alarms")

    assert "3 fel till visas inte här." in sam.page


def test_the_page_speaks_english_to_whoever_chose_it(clinic: Clinic, sam: Colleague) -> None:
    raised(clinic, alarms.FORM)
    sam.get("/staff/")
    sam.post("/staff/language", language="en", here="/staff/alarms")
    sam.get("/staff/alarms")

    assert "The form cannot be sent" in sam.page


def test_the_log_names_the_cases_the_page_showed(sam: Colleague, clinic: Clinic) -> None:
    case = clinic.receive()
    clinic.spoil(case, received_at=WROTE - timedelta(days=30), state_at=WROTE - timedelta(days=30))
    sam.get("/staff/alarms")

    assert (last(clinic).action, last(clinic).shown.split()) == ("alarms", [case[:12]])
