"""How often a suggestion was not followed, as coordinators read it."""

import re

from tests.staff.agreement import MINI_MARIA, hand_over, route
from tests.staff.colleague import Colleague
from tests.staff.people import ALINGSAS, LERUM, Clinic


def lines(colleague: Colleague) -> list[str]:
    """What the page says, a text for each line of its table."""
    colleague.get("/staff/overrides")
    body = colleague.page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in body.split("</tr>") if "<td" in row]


def test_what_was_chosen_instead_is_counted_with_its_rule_and_reason(anna: Colleague, clinic: Clinic) -> None:
    cora = clinic.employ("cora", "coordinator", ALINGSAS).sign_in()
    assert lines(cora) == []
    assert "Ingen har valt något annat än förslaget." in cora.page

    route(anna, clinic.receive())

    (line,) = lines(cora)
    assert line.startswith("Socialmedicinska mottagningen Alingsås")
    assert "Mini-Maria Lerum och Alingsås" in line
    assert line.endswith("Personen vill det 1")


def test_whoever_keeps_what_was_suggested_elsewhere_says_why(anna: Colleague, clinic: Clinic) -> None:
    case, cora = clinic.receive(), clinic.employ("cora", "coordinator", ALINGSAS).sign_in()
    mia = clinic.employ("mia", "clinician", MINI_MARIA).sign_in()
    hand_over(anna, case)
    mia.get(f"/staff/case/{case}")
    mia.move(case, "acknowledge")
    assert mia.move(case, "route", unit=LERUM, choice="town").status_code == 303
    assert "Varför tar ni ärendet" in mia.section("moves")
    assert mia.move(case, "accept").status_code == 422
    assert mia.move(case, "accept", choice="because").status_code == 422
    assert clinic.case(case).state == "routed"
    assert mia.move(case, "accept", choice="competence").status_code == 303

    assert "Mottaget: Behöver annan kompetens" in mia.section("timeline").replace(" :", ":")
    told = lines(cora)
    assert len(told) == 3
    for reason in ("Personen vill det 1", "Kommunen 1", "Behöver annan kompetens, till exempel läkare 1"):
        assert any(line.endswith(reason) for line in told)


def test_whoever_does_as_suggested_is_not_asked_why(anna: Colleague, clinic: Clinic) -> None:
    case = clinic.receive()
    anna.sign_in().get(f"/staff/case/{case}")
    anna.move(case, "claim")
    assert "Varför tar ni ärendet" not in anna.section("moves")
    assert anna.move(case, "accept", choice="wish").status_code == 422
    anna.get(f"/staff/case/{case}")

    assert anna.move(case, "accept").status_code == 303
    assert lines(clinic.employ("cora", "coordinator", ALINGSAS).sign_in()) == []


def test_another_clinics_choices_are_not_shown(anna: Colleague, clinic: Clinic) -> None:
    route(anna, clinic.receive())

    assert lines(clinic.employ("lena", "coordinator", LERUM).sign_in()) == []
