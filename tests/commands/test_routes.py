"""`intake routes`: rules tried on situations, on people who do not exist, and on past cases by their references."""

from pathlib import Path
from subprocess import CalledProcessError

import click
import pytest
from click.testing import CliRunner, Result
from flask import Flask

from intake.cli import cli
from intake.config import content_root
from intake.errors import NotRecorded
from intake.records.models import Case
from tests.fixtures.installation import intake
from tests.staff.log import entries, last, unwritable
from tests.staff.people import KIM, Clinic
from tests.staff.test_third_party import PROFESSIONAL

RULES = content_root() / "questionnaires" / "routes.yaml"
ADULT = 'about.age >= 22 and about.town == "alingsas"'


def run(*arguments: str, home: Path | None = None, **environ: str) -> Result:
    """What the command line answers, in this process."""
    inherited = {"INTAKE_HOME": str(home or "nowhere"), "DATABASE_URL": None, **environ}
    return CliRunner().invoke(cli, ["routes", *arguments], env=inherited)


@pytest.fixture
def same(tmp_path: Path) -> str:
    """The rules of today in a file of another name."""
    return rules(tmp_path / "same.yaml", ADULT, ADULT)


@pytest.fixture
def changed(tmp_path: Path) -> str:
    """Rules by which adults of Alingsås need to be 40 before they go to their clinic."""
    return rules(tmp_path / "changed.yaml", ADULT, ADULT.replace("22", "40"))


def rules(path: Path, right: str, wrong: str) -> str:
    text = RULES.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    return str(path)


def kim(app: Flask) -> Case:
    """The case of Kim, 34, of Alingsås."""
    clinic = Clinic(app)
    return clinic.case(clinic.receive(KIM | {"story": "KANARIE-4711"}))


def test_rules_that_are_the_same_change_nothing(same: str) -> None:
    done = run("replay", "--against", same)

    assert done.exit_code == 0
    assert "demonstration: 0 of 68 would go elsewhere, 0 would change otherwise" in done.stdout
    assert done.stdout.endswith("nothing would change\n")


def test_a_change_is_told_with_the_rules_in_words_and_an_exit_code_of_its_own(changed: str) -> None:
    done = run("replay", "--against", changed)

    assert done.exit_code == 3
    assert (
        "for instance about.age = 22, about.town = alingsas, door = screening: socialmedicin-alingsas → vagen-in"
        in done.stdout
    )
    assert "    - adult_alingsas: 22 or over and lives in Alingsås.\n    + not_known: Age or" in done.stdout
    assert done.stdout.endswith("something would change\n")


def test_rules_say_why_in_the_language_that_is_wanted(changed: str) -> None:
    assert "Har fyllt 22 år och bor i Alingsås." in run("replay", "--against", changed, "--language", "sv").stdout


def test_past_cases_are_tried_by_their_references(app: Flask, home: Path, changed: str) -> None:
    case = kim(app)
    done = run("replay", "--against", changed, home=home)

    assert "past cases: 1 of 1 would go elsewhere, 0 would change otherwise" in done.stdout
    assert f"  {case.reference}: socialmedicin-alingsas → vagen-in\n" in done.stdout


def test_what_is_told_about_somebody_else_counts_as_long_as_it_is_kept(app: Flask, home: Path, tmp_path: Path) -> None:
    Clinic(app).receive(PROFESSIONAL, "professional")
    right = 'door == "professional" and someone.age >= 22 and someone.town == "alingsas"'
    changed = rules(tmp_path / "changed.yaml", right, right.replace("22", "40"))

    assert "past cases: 1 of 1 would go elsewhere" in run("replay", "--against", changed, home=home).stdout


def test_nothing_that_anybody_said_is_printed(app: Flask, home: Path, changed: str) -> None:
    kim(app)
    done = run("replay", "--against", changed, home=home)

    assert not [said for said in ("Kim", "34", "070-174", "KANARIE") if said in done.stdout.partition("past cases")[2]]


def test_a_case_that_cannot_be_opened_does_not_stop_the_others(app: Flask, home: Path, changed: str) -> None:
    Clinic(app).spoil(kim(app).id, answers=b"noise")
    kim(app)
    done = run("replay", "--against", changed, home=home)

    assert "past cases: 1 of 2 would go elsewhere" in done.stdout
    assert "  1 could not be opened\n" in done.stdout


def test_whoever_reads_past_cases_is_in_the_log(app: Flask, home: Path, changed: str) -> None:
    kim(app)
    kim(app)
    run("replay", "--against", changed, home=home)

    row = last(Clinic(app))
    assert (row.action, row.actor, row.rows, row.result) == ("routes.replay", "command", 2, "done")


def test_past_cases_are_read_only_where_the_log_can_be_written(app: Flask, home: Path, changed: str) -> None:
    clinic = Clinic(app)
    kim(app)
    with unwritable(clinic):
        done = run("replay", "--against", changed, home=home)

    assert isinstance(done.exception, NotRecorded)
    assert (done.exit_code, done.output) == (1, "")
    assert not entries(clinic)


def test_it_is_in_the_log_before_anything_is_printed(
    app: Flask, home: Path, changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kim(app)
    seen: list[str] = []
    monkeypatch.setattr(click, "echo", lambda *_line, **_how: seen.append(last(Clinic(app)).action))
    run("replay", "--against", changed, home=home)

    assert set(seen) == {"routes.replay"}


def test_a_process_that_cannot_read_tries_no_past_case(home: Path, same: str) -> None:
    done = run("replay", "--against", same, home=home, INTAKE_SERVE="public")

    assert done.exit_code == 0
    assert "past cases: not tried: this process serves only the public form" in done.stdout


def test_faulty_rules_are_refused_with_their_place(tmp_path: Path) -> None:
    bad = rules(tmp_path / "bad.yaml", ADULT, "about.shoe_size > 40")
    with pytest.raises(CalledProcessError) as raised:
        intake({"INTAKE_HOME": "nowhere"}, "routes", "replay", "--against", bad)

    assert raised.value.returncode == 1
    assert raised.value.stderr == "intake: bad.yaml: routes[17].when: 'about.shoe_size' is not known at this point\n"


def test_rules_that_tell_too_much_apart_rule_nothing_out(tmp_path: Path) -> None:
    codes = ("alcohol", "doping", "gambling", "medicines", "narcotics", "not_sure")
    many = " or ".join([f"about.age in {tuple(range(1, 90, 4))}", *(f'"{code}" in concerns' for code in codes)])
    done = run("replay", "--against", rules(tmp_path / "many.yaml", ADULT, many))

    assert done.exit_code == 3
    assert "are too many to go through, so a change cannot be ruled out" in done.stdout


def test_some_facts_are_explained_rule_by_rule() -> None:
    done = run("explain", "about.age=30", "about.town=lerum", "concerns=doping,gambling")

    assert done.stdout.startswith("socialmedicin-lerum, normal: adult_lerum: 22 or over and lives in Lerum.\n")
    assert "  route youth: fails on about.age < 18\n" in done.stdout
    assert "  advice medicines_or_doping: holds\n" in done.stdout


@pytest.mark.parametrize(
    ("known", "message"),
    [
        ("shoe.size=40", "no form can tell 'shoe.size'"),
        ("about.age=old", "'about.age' is a number"),
        ("about.town=paris", "'about.town' is one of alingsas, lerum, other"),
        ("concerns=alcohol,tea", "'concerns' is one of alcohol, doping"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(known: str, message: str) -> None:
    done = run("explain", known)

    assert done.exit_code == 2
    assert message in done.stderr


def test_a_flag_that_would_be_raised_otherwise_is_told(tmp_path: Path) -> None:
    done = run("replay", "--against", rules(tmp_path / "flags.yaml", "phq4.total >= 9", "phq4.total >= 6"))

    assert "  'distress' applies when phq4.total = 6\n" in done.stdout
    assert "urgency normal → soon; flags +distress\n    + distress: PHQ-4 9 or more" in done.stdout
