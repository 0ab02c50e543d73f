from tests.public.person import REACH, Person


def test_choosing_nothing_is_asked_about_where_it_is_no_answer(person: Person) -> None:
    person.begin().press()

    assert person.page.status_code == 422
    assert "Välj minst ett svar, eller tryck på Hoppa över." in person.page.text
    assert "danger" in person.press(skip=True).seen.fields


def test_choosing_nothing_is_a_no_where_consent_is_asked_for(person: Person) -> None:
    person.begin(start="contact").walk(REACH, until="consent.share")

    assert "skip" not in person.seen.buttons
    assert person.press().address.endswith("/review")
