"""The command line as another program uses it: real processes, real pipes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from intake.config import content_root
from tests.fixtures.installation import intake

COMMAND = [sys.executable, "-c", "from intake.cli import main; main()"]
HEADER = "id,sex,age," + ",".join(f"q{number}" for number in range(1, 11))
ROW = "7,female,30,4,1,2,3,3,1,4,2,2,2"


def run(*arguments: str, content: str = "", home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environ = {"PATH": os.environ["PATH"], "INTAKE_HOME": str(home or "nowhere")}
    return subprocess.run(
        [*COMMAND, *arguments], input=content, capture_output=True, text=True, env=environ, check=False
    )


def test_our_own_definitions_have_no_findings() -> None:
    done = run("check")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_answers_become_scores() -> None:
    done = run("score", "audit", content=f"{HEADER}\n{ROW}\n")

    header, row = (line.split(",") for line in done.stdout.splitlines())
    assert done.returncode == 0
    assert dict(zip(header, row, strict=True))["total"] == "24"


def test_a_bad_row_is_reported_and_does_not_stop_the_rest() -> None:
    done = run("score", "audit", content=f"{HEADER}\n{ROW.replace(',4,', ',9,', 1)}\n{ROW}\n")

    assert done.returncode == 0
    assert "q1: '9' is not one of" in done.stdout
    assert done.stdout.splitlines()[2].startswith(f"{ROW},yes,24")
    assert "1 rows were not valid" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "content", "message"),
    [
        (("score", "horoscope"), "", "there is no instrument called 'horoscope'"),
        (("score", "../audit"), "", "there is no instrument called '../audit'"),
        (("score", "about"), "", "there is no instrument called 'about'"),
        (("score", "audit"), "a,b\n1,2\n", "must name the columns q1 to q10"),
        (("score", "audit"), "", "must name the columns q1 to q10"),
    ],
)
def test_what_cannot_be_scored_is_said_in_one_line(arguments: tuple[str, ...], content: str, message: str) -> None:
    done = run(*arguments, content=content)

    assert done.returncode == 1
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_bytes_that_are_no_text_survive_in_other_columns() -> None:
    content = f"name,{HEADER}\n".encode() + b"\xff\xfe," + f"{ROW}\n".encode()
    done = subprocess.run([*COMMAND, "score", "audit"], input=content, capture_output=True, check=True)

    assert done.stdout.splitlines()[1].startswith(b"\xff\xfe,7,female")


def test_a_long_table_needs_no_more_memory_than_a_short_one() -> None:
    def most_memory(rows: int) -> int:
        process = subprocess.Popen(
            [*COMMAND, "score", "audit"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        assert process.stdin is not None
        process.stdin.write(HEADER.encode() + b"\n")
        for _ in range(rows // 1000):
            process.stdin.write((ROW.encode() + b"\n") * 1000)
        process.stdin.close()
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        return usage.ru_maxrss

    assert most_memory(50_000) < most_memory(1_000) * 1.1


def test_an_installation_is_made_once_and_kept(tmp_path: Path) -> None:
    environ = {"INTAKE_HOME": str(tmp_path / "home")}
    intake(environ, "init")
    first = {path.name: path.read_bytes() for path in (tmp_path / "home" / "keys").iterdir()}
    intake(environ, "init")
    second = {path.name: path.read_bytes() for path in (tmp_path / "home" / "keys").iterdir()}

    assert first == second
    pairs = {f"{name}.{half}" for name in ("audit", "inbox") for half in ("private", "public")}
    assert set(first) == pairs | {"cookie.secret", "receipt.secret"}


def test_an_auditors_key_that_was_taken_away_is_not_made_again(home: Path) -> None:
    private = home / "keys" / "audit.private"
    assert str(private) in intake({"INTAKE_HOME": str(home)}, "init")
    private.unlink()

    assert str(private) not in intake({"INTAKE_HOME": str(home)}, "init")
    assert not private.exists()


def test_only_public_keys_may_be_read_by_others(tmp_path: Path) -> None:
    intake({"INTAKE_HOME": str(tmp_path)}, "init")
    modes = {path.name: path.stat().st_mode & 0o077 for path in (tmp_path / "keys").iterdir()}

    assert sorted(name for name, mode in modes.items() if mode) == ["audit.public", "inbox.public"]


def test_a_server_without_keys_says_what_to_do(tmp_path: Path) -> None:
    done = run("run", home=tmp_path)

    assert done.returncode == 1
    assert "run `intake init`" in done.stderr


def test_a_database_that_cannot_be_opened_is_said_in_one_line(home: Path) -> None:
    (home / "intake.db").unlink()
    (home / "intake.db").mkdir()
    done = run("worker", "--once", home=home)

    assert (done.returncode, done.stderr) == (1, "intake: the database says: unable to open database file\n")


def test_a_wrong_definition_stops_the_server_with_its_place(home: Path, tmp_path: Path) -> None:
    package = tmp_path / "elsewhere"
    (package / "intake").mkdir(parents=True)
    for path in (content_root() / "intake").iterdir():
        (package / "intake" / path.name).symlink_to(path)
    (package / "intake" / "config.py").unlink()
    (package / "intake" / "config.py").write_text((content_root() / "intake" / "config.py").read_text())
    for name in ("templates", "translations"):
        (package / name).symlink_to(content_root() / name)
    _break(package / "questionnaires")
    environ = {"PATH": os.environ["PATH"], "INTAKE_HOME": str(home), "PYTHONPATH": str(package)}
    done = subprocess.run([*COMMAND, "run"], capture_output=True, text=True, env=environ, check=False, cwd=tmp_path)

    assert done.returncode == 1
    assert "audit/questionnaire.yaml: pages[2].show_if: 'q9' is not known at this point" in done.stderr


def _break(folder: Path) -> None:
    """Our questionnaires, with a condition in AUDIT that asks about a later question."""
    folder.mkdir()
    for path in (content_root() / "questionnaires").iterdir():
        if path.name != "audit":
            (folder / path.name).symlink_to(path)
    (folder / "audit").mkdir()
    for path in (content_root() / "questionnaires" / "audit").iterdir():
        text = path.read_text(encoding="utf-8")
        if path.name == "questionnaire.yaml":
            text = text.replace("  - id: q3\n", "  - id: q3\n    show_if: q9 == 0\n")
        (folder / "audit" / path.name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("command", ["run", "init", "check", "score", "demo", "worker", "canary", "user"])
def test_every_command_explains_itself(command: str) -> None:
    done = run(command, "--help")

    assert done.returncode == 0
    assert "Usage:" in done.stdout
