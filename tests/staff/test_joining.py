"""Two cases of one person: made one and taken apart, with nothing lost and nothing changed that was written."""

from datetime import UTC, datetime

import pytest

from intake.records.box import Encrypted
from intake.records.models import PRIORITY
from intake.records.queries import receipts
from tests.staff.colleague import Colleague
from tests.staff.pairs import ask, close, kinds, standing, versions
from tests.staff.people import ALINGSAS, KIM, Answers, Clinic

MINI, FIRST = "mini-maria", "vagen-in"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def pair(clinic: Clinic) -> tuple[str, str]:
    """Two requests of Kim's, in one clinic."""
    return clinic.receive(), clinic.receive(KIM | {"story": "En gång till."})


def test_what_is_put_inside_leaves_the_queue_and_is_shown_in_the_other(
    anna: Colleague, clinic: Clinic, pair: tuple[str, str]
) -> None:
    answer = ask(anna.sign_in(), clinic, pair, "into_this")
    anna.get(answer.location)

    assert "En gång till." in anna.section(f"story-{pair[1]}")
    assert anna.references("/staff/") == [clinic.case(pair[0]).reference]
    assert "+ 1 ärende" in anna.page
    assert anna.references("/staff/?state=joined") == [clinic.case(pair[1]).reference]


def test_work_goes_on_in_the_one_that_was_chosen(anna: Colleague, clinic: Clinic, pair: tuple[str, str]) -> None:
    answer = ask(anna.sign_in(), clinic, pair, "into_other")

    assert answer.location == f"/staff/case/{pair[1]}"
    anna.get(f"/staff/case/{pair[0]}")
    assert f"Arbetet går vidare i {clinic.case(pair[1]).reference}" in anna.section("moves")
    assert 'name="move"' not in anna.page


def test_both_timelines_tell_who_joined_what_and_why(anna: Colleague, clinic: Clinic, pair: tuple[str, str]) -> None:
    ask(anna.sign_in(), clinic, pair, "into_this", note="Sa det i telefon.")
    main, inner = (clinic.case(each).reference for each in pair)

    anna.get(f"/staff/case/{pair[0]}")
    assert f"Ett ärende till lades hit : {inner} · Anna Sa det i telefon." in anna.section("timeline")
    anna.get(f"/staff/case/{pair[1]}")
    assert f"Lades i ett annat ärende : {main} · Anna Sa det i telefon." in anna.section("timeline")


@pytest.mark.parametrize("way", ["into_this", "into_other"])
def test_undoing_restores_what_was_before(either_clinic: Clinic, way: str) -> None:
    pair = either_clinic.receive(), either_clinic.receive(KIM | {"danger": "yes"})
    anna = either_clinic.employ("anna", "reception", ALINGSAS).sign_in()
    anna.get(f"/staff/case/{pair[0]}")
    anna.move(pair[0], "claim")
    before = standing(either_clinic, *pair)
    ask(anna, either_clinic, pair, way)
    assert standing(either_clinic, *pair) != before

    assert ask(anna, either_clinic, pair, note="Det var systern.").status_code == 303
    assert standing(either_clinic, *pair) == before
    assert [kinds(either_clinic, each)[-1] for each in pair] == ["parted", "parted"]


def test_a_note_written_meanwhile_stays_where_it_was_written(
    anna: Colleague, clinic: Clinic, pair: tuple[str, str]
) -> None:
    ask(anna.sign_in(), clinic, pair, "into_this")
    for case in pair:
        anna.get(f"/staff/case/{case}")
        assert anna.post(f"/staff/case/{case}/note", note=f"CANARY {case}").status_code == 303
    ask(anna, clinic, pair)

    for case, other in (pair, pair[::-1]):
        anna.get(f"/staff/case/{case}")
        assert f"CANARY {case}" in anna.section("timeline")
        assert f"CANARY {other}" not in anna.page


def test_moves_made_meanwhile_stand(anna: Colleague, clinic: Clinic, pair: tuple[str, str]) -> None:
    ask(anna.sign_in(), clinic, pair, "into_this")
    anna.get(f"/staff/case/{pair[0]}")
    anna.move(pair[0], "claim")
    ask(anna, clinic, pair)

    assert [clinic.case(each).state for each in pair] == ["claimed", "received"]


def test_the_one_that_goes_on_is_as_urgent_as_what_is_inside(anna: Colleague, clinic: Clinic) -> None:
    said: list[Answers] = [{}, {"danger": "yes"}, {"family.children": "yes"}]
    calm, urgent, soon = (clinic.receive(KIM | each) for each in said)
    anna.sign_in()
    ask(anna, clinic, (calm, urgent), "into_this")
    ask(anna, clinic, (calm, soon), "into_this")
    assert clinic.case(calm).priority == PRIORITY["urgent"]
    anna.get(f"/staff/case/{calm}")
    assert "någon är i fara just nu" in anna.page
    ask(anna, clinic, (calm, urgent))
    assert clinic.case(calm).priority == PRIORITY["soon"]
    ask(anna, clinic, (calm, soon))

    assert clinic.case(calm).priority == PRIORITY["normal"]


def test_what_is_not_safe_in_one_of_them_is_said_before_the_number(anna: Colleague, clinic: Clinic) -> None:
    safe: Answers = KIM | {"safety.voicemail": "yes", "safety.say_who": "yes"}
    main, careful = clinic.receive(safe), clinic.receive(safe | {"safety.voicemail": "no"})
    ask(anna.sign_in(), clinic, (main, careful), "into_this")
    anna.get(f"/staff/case/{main}")

    assert anna.page.index("Lämna inget meddelande på telefonsvararen.") < anna.page.index("070-174 06 05")
    assert "Säg inte varifrån du ringer" not in anna.page


def test_somebody_who_comes_back_goes_on_where_they_were(anna: Colleague, clinic: Clinic) -> None:
    earlier = clinic.receive()
    close(clinic, anna.sign_in(), earlier)
    new = clinic.receive()
    ask(anna, clinic, (new, earlier), "other_again")

    assert [clinic.case(each).state for each in (earlier, new)] == ["reopened", "joined"]
    assert kinds(clinic, earlier)[-2:] == ["reopen", "returned"]
    assert kinds(clinic, new)[-1] == "continues"
    anna.get(f"/staff/case/{earlier}")
    assert "Öppnades igen : Personen har hört av sig igen" in anna.section("timeline")
    assert clinic.case(new).reference in anna.section("timeline")


@pytest.mark.parametrize("way", ["other_again", "this_again"])
def test_undoing_a_return_closes_the_earlier_case_again(either_clinic: Clinic, way: str) -> None:
    earlier = either_clinic.receive()
    anna = either_clinic.employ("anna", "reception", ALINGSAS).sign_in()
    close(either_clinic, anna, earlier)
    new = either_clinic.receive()
    pair = (new, earlier) if way == "other_again" else (earlier, new)
    before = standing(either_clinic, *pair)
    assert ask(anna, either_clinic, pair, way).status_code == 303

    assert ask(anna, either_clinic, pair).status_code == 303
    assert standing(either_clinic, *pair) == before


def test_undoing_a_return_does_not_close_what_is_being_worked_on(anna: Colleague, clinic: Clinic) -> None:
    earlier = clinic.receive()
    close(clinic, anna.sign_in(), earlier)
    new = clinic.receive()
    ask(anna, clinic, (new, earlier), "other_again")
    anna.get(f"/staff/case/{earlier}")
    anna.move(earlier, "claim")
    ask(anna, clinic, (new, earlier))

    assert [clinic.case(each).state for each in (earlier, new)] == ["claimed", "received"]


def test_undoing_a_return_does_not_close_around_a_third(anna: Colleague, clinic: Clinic) -> None:
    earlier = clinic.receive()
    close(clinic, anna.sign_in(), earlier)
    new, third = clinic.receive(), clinic.receive()
    ask(anna, clinic, (new, earlier), "other_again")
    ask(anna, clinic, (earlier, third), "into_this")
    ask(anna, clinic, (new, earlier))

    assert clinic.case(earlier).state == "reopened"


def test_a_case_is_not_joined_with_itself_or_twice_or_in_a_circle(
    anna: Colleague, clinic: Clinic, pair: tuple[str, str]
) -> None:
    this, other = pair
    anna.sign_in()
    assert ask(anna, clinic, (this, this), "into_this").status_code == 422
    assert ask(anna, clinic, pair, "into_this").status_code == 303

    for again in (pair, (other, this)):
        for way in ("into_this", "into_other", "other_again", "this_again"):
            assert ask(anna, clinic, again, way).status_code == 422
    assert kinds(clinic, this).count("took_in") == 1


def test_what_holds_another_is_not_put_inside_a_third(anna: Colleague, clinic: Clinic, pair: tuple[str, str]) -> None:
    third = clinic.receive()
    ask(anna.sign_in(), clinic, pair, "into_this")

    assert ask(anna, clinic, (third, pair[0]), "into_this").status_code == 422
    assert ask(anna, clinic, (third, pair[0]), "into_other").status_code == 303


def test_what_is_not_joined_is_not_parted(anna: Colleague, clinic: Clinic, pair: tuple[str, str]) -> None:
    assert ask(anna.sign_in(), clinic, pair).status_code == 404
    third = clinic.receive()
    ask(anna, clinic, pair, "into_this")

    assert ask(anna, clinic, (pair[1], third)).status_code == 404


def test_a_receipt_code_tells_how_far_the_work_has_come_and_not_that_there_was_another(
    anna: Colleague, clinic: Clinic, pair: tuple[str, str]
) -> None:
    ask(anna.sign_in(), clinic, pair, "into_this")
    close(clinic, anna, pair[0])
    with clinic.records() as records:
        told = receipts.standing(records, clinic.case(pair[1]).lookup, LONG_AGO)

    assert told is not None
    assert (told.unit, told.state) == (ALINGSAS, "closed")


def test_a_part_that_cannot_be_opened_hides_no_other(anna: Colleague, clinic: Clinic, pair: tuple[str, str]) -> None:
    ask(anna.sign_in(), clinic, pair, "into_this")
    clinic.spoil(pair[1], answers=b"noise", contact=b"noise")

    assert anna.get(f"/staff/case/{pair[0]}").status_code == 200
    assert "070-174 06 05" in anna.section("contact")
    assert anna.get(f"/staff/case/{pair[0]}/person").status_code == 200


def test_what_is_written_about_joining_is_not_stored_in_clear(
    anna: Colleague, clinic: Clinic, pair: tuple[str, str]
) -> None:
    ask(anna.sign_in(), clinic, pair, "into_this", note="CANARY")
    entry = clinic.timeline(pair[0])[-1]

    assert b"CANARY" not in clinic.file_bytes()
    assert entry.detail is not None
    assert clinic.box.open(Encrypted.DETAIL, entry.row, entry.detail) == {"other": pair[1], "note": "CANARY"}


@pytest.mark.parametrize("field", ["other", "way", "note", "version", "other_version"])
def test_odd_signs_in_a_form_break_nothing(either_clinic: Clinic, field: str) -> None:
    pair = either_clinic.receive(), either_clinic.receive()
    anna = either_clinic.employ("anna", "reception", ALINGSAS).sign_in()
    anna.get(f"/staff/case/{pair[0]}/person")
    sent = {"other": pair[1], "way": "into_this", **versions(either_clinic, *pair), field: "a\x00\u202eb"}
    answer = anna.post(f"/staff/case/{pair[0]}/join", **sent)

    assert answer.status_code in (303, 404, 409, 422)
