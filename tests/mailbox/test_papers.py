"""Changing contact, taking back a consent, withdrawing: what the person sees, and what becomes of the case."""

import pytest

from intake.errors import Conflict
from intake.public.checks import EXAMPLE
from intake.records.box import Encrypted
from intake.records.queries import cases
from intake.triage import MOVES, OPEN_STATES, State, moves_from
from tests.mailbox.kim import Kim
from tests.public.words import said
from tests.staff.colleague import Colleague
from tests.staff.people import KIM, Clinic

NUMBER, NEW_NUMBER = "070-174 06 05", "070-174 06 42"


def contact(kim: Kim) -> dict[str, object]:
    case = kim.case()
    known: dict[str, object] = kim.clinic.box.open(Encrypted.CONTACT, case.id, case.contact)
    return known


def detail(kim: Kim, kind: str) -> dict[str, object]:
    (entry,) = [entry for entry in kim.clinic.timeline(kim.case().id) if entry.kind == kind]
    told: dict[str, object] = kim.clinic.box.open(Encrypted.DETAIL, entry.row, entry.detail or b"")
    return told


def test_new_contact_details_replace_the_old_but_not_the_name(kim: Kim) -> None:
    kim.go("contact").press(contact__ways=["email"], contact__email="kim@example.org", safety__voicemail="no")

    assert said("mailbox.told.contact") in kim.page
    assert contact(kim) == {
        "contact.name": "Kim",
        "contact.ways": ["email"],
        "contact.email": "kim@example.org",
        "safety.voicemail": "no",
    }


def test_the_earlier_contact_stays_on_the_timeline(kim: Kim) -> None:
    kim.go("contact").press(contact__ways=["call"], contact__phone=NEW_NUMBER)

    assert detail(kim, "contact_changed_by_person")["before"] == {
        "contact.name": "Kim",
        "contact.ways": ["call"],
        "contact.phone": "070-174 06 05",
    }


def test_staff_see_the_new_contact_above_and_the_earlier_on_the_timeline(kim: Kim, anna: Colleague) -> None:
    kim.go("contact").press(contact__ways=["call"], contact__phone=NEW_NUMBER)
    anna.sign_in().get(f"/staff/case/{kim.case().id}")

    assert NEW_NUMBER in anna.section("contact")
    assert NUMBER not in anna.section("contact")
    assert "Ändrat av personen" in anna.section("contact")
    assert NUMBER in anna.section("timeline")


def test_a_colleague_who_did_not_see_the_change_is_told_before_they_act(kim: Kim, clinic: Clinic) -> None:
    before = kim.case().version
    kim.go("contact").press(contact__ways=["call"], contact__phone=NEW_NUMBER)

    assert kim.case().version > before
    with clinic.records() as records, pytest.raises(Conflict):
        cases.change_state(records, kim.case(), before, "claimed")


def test_new_contact_details_are_checked_like_those_of_the_form(kim: Kim) -> None:
    kim.go("contact").press(contact__ways=["call"], contact__phone="123", safety__voicemail="yes")

    assert kim.status == 422
    assert said("field.phone", example=EXAMPLE) in kim.page
    assert 'value="123"' in kim.page
    assert kim.letters() == []


def test_one_way_of_contact_must_be_left(kim: Kim) -> None:
    assert said("field.missing.choices") in kim.go("contact").press(contact__phone=NEW_NUMBER).page


def test_unsent_contact_details_are_there_again_after_going_back(kim: Kim) -> None:
    kim.go("contact").press(contact__ways=["call"], contact__phone="123")

    assert kim.go("contact").person.seen.fields["contact.phone"] == ["123"]


def test_no_page_shows_what_was_said_about_contact(kim: Kim) -> None:
    kim.go("contact").press(contact__ways=["call"], contact__phone=NEW_NUMBER)

    assert said("mailbox.sent.contact") in kim.page
    assert NEW_NUMBER not in kim.page + kim.go("contact").page
    assert "+46701740642" not in kim.page + kim.go("contact").page


def test_a_consent_taken_back_names_its_receivers(clinic: Clinic, anna: Colleague) -> None:
    kim = Kim.sent(clinic, KIM | {"consent.share": ("region", "psychiatry")}).open_mailbox()
    kim.go("consent").press(consent__share=["region", "psychiatry"])

    assert detail(kim, "consent_withdrawn_by_person") == {"receivers": ["region", "psychiatry"]}
    anna.sign_in().get(f"/staff/case/{kim.case().id}")
    assert "psykiatrin får läsa" in anna.section("timeline")
    assert anna.section("grounds").count("Upphört") == anna.section("grounds").count("Samtycke,") > 0


def test_taking_back_asks_the_other_way_round_from_giving(kim: Kim) -> None:
    kim.go("consent")

    assert said("mailbox.consent.hint") in kim.page
    assert "Kryssar du inte i något är svaret nej" not in kim.page


@pytest.mark.parametrize("receivers", [[], ["nobody"]])
def test_a_consent_of_nobody_is_not_taken_back(kim: Kim, receivers: list[str]) -> None:
    kim.go("consent").press(consent__share=receivers)

    assert kim.status == 422
    assert kim.letters() == []


def test_withdrawing_is_asked_about_first(kim: Kim) -> None:
    kim.go("withdrawal")

    assert all(said(f"mailbox.withdrawal.{key}") in kim.page for key in ("told", "queue", "law", "code"))
    assert kim.case().state == State.RECEIVED


def test_a_withdrawn_request_is_closed_and_shows_nothing_in_the_queue(kim: Kim, anna: Colleague) -> None:
    kim.case()
    kim.go("withdrawal").press()
    anna.sign_in()

    assert kim.person.address.endswith("/withdrawn")
    assert (kim.case().state, kim.kinds()) == (State.CLOSED, ["received", "withdraw"])
    assert anna.references("/staff/") == [kim.case().reference]  # above the queue, as something nobody has read
    assert "Alingsås" not in anna.get("/staff/?state=closed").text.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "Tillbakatagen" in anna.page


def test_a_request_can_be_withdrawn_before_anybody_opened_it(kim: Kim) -> None:
    kim.go("withdrawal").press()

    assert kim.kinds() == ["received", "withdraw"]
    assert kim.case().state == State.CLOSED


def test_what_is_written_before_anybody_opened_it_comes_along(kim: Kim) -> None:
    kim.write("Ett").write("Två").go("contact").press(contact__ways=["call"], contact__phone=NEW_NUMBER)

    assert kim.kinds() == ["received", "person_wrote", "person_wrote", "contact_changed_by_person"]
    assert contact(kim)["contact.phone"] == "+46701740642"


def test_withdrawing_twice_withdraws_once(kim: Kim) -> None:
    fields = kim.go("withdrawal").person.seen.fields
    cookie = kim.client.get_cookie("visit", path="/".join(kim.address.split("/")[:3]) + "/")
    assert cookie is not None
    first = kim.client.post(f"{kim.address}withdrawal", data=fields)
    kim.client.set_cookie("visit", cookie.value, path=cookie.path)
    second = kim.client.post(f"{kim.address}withdrawal", data=fields)

    assert first.location == second.location
    assert len(kim.letters()) == 1


def test_after_withdrawing_another_tab_can_do_nothing_more(clinic: Clinic) -> None:
    kim = Kim.sent(clinic).open_mailbox()
    other = Kim(clinic, kim.row, kim.code, clinic.app.test_client()).open_mailbox()
    kim.go("withdrawal").press()
    other.press(text="För sent")

    assert other.status == 422
    assert said("code.unknown") in other.page
    assert len(kim.letters()) == 1


def test_a_request_that_was_closed_before_can_be_withdrawn_too(kim: Kim, clinic: Clinic) -> None:
    clinic.spoil(kim.case().id, state="closed")
    kim.go("withdrawal").press()

    assert kim.kinds()[-1] == "withdraw"


def test_a_door_without_consent_has_none_to_take_back(clinic: Clinic) -> None:
    kim = Kim.sent(clinic).open_mailbox()
    door = clinic.parts.library.doors["self"]
    kept, pages = door.pages, tuple(page for page in door.pages if page.source != "consent")
    object.__setattr__(door, "pages", pages)
    offered, status = kim.go().page, kim.go("consent").status
    object.__setattr__(door, "pages", kept)

    assert said("mailbox.consent.heading") not in offered
    assert status == 404


def test_every_open_state_can_be_withdrawn_and_nobody_here_does_it() -> None:
    withdraw = MOVES["withdraw"]

    assert withdraw.paths == dict.fromkeys(OPEN_STATES, State.CLOSED)
    assert withdraw.roles == frozenset()
    assert not any(withdraw in moves_from(state, "coordinator") for state in State)  # type: ignore[arg-type]  # any role


def test_staff_cannot_make_the_persons_own_move(kim: Kim, anna: Colleague) -> None:
    case = kim.case().id
    anna.sign_in().get(f"/staff/case/{case}")
    anna.post(f"/staff/case/{case}/move", move="withdraw", version=anna.version)

    assert anna.answer.status_code == 403
    assert kim.case().state == State.READ


def test_somebody_who_told_no_name_still_has_none(clinic: Clinic) -> None:
    kim = Kim.sent(clinic, {**KIM, "contact.name": ""}).open_mailbox()
    kim.go("contact").press(contact__ways=["call"], contact__phone=NEW_NUMBER)

    assert "contact.name" not in contact(kim)
