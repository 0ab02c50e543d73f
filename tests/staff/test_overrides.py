"""How often a suggestion was not followed, as coordinators read it."""

import re

from tests.staff.agreement import route
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


def test_another_clinics_choices_are_not_shown(anna: Colleague, clinic: Clinic) -> None:
    route(anna, clinic.receive())

    assert lines(clinic.employ("lena", "coordinator", LERUM).sign_in()) == []
