"""The README is true: it names every setting there is, and no other, and every command it names exists."""

import re
from pathlib import Path

import pytest

from intake.cli import cli

HOUSE = Path(__file__).parent.parent.parent
README = (HOUSE / "README.md").read_text(encoding="utf-8")
SETTING = re.compile(r"\b(?:INTAKE_[A-Z_]*[A-Z]|DATABASE_URL)\b")


def test_every_setting_is_in_the_table_of_the_readme_and_no_other() -> None:
    read = {
        name.removesuffix("_FILE")
        for path in (HOUSE / "intake").rglob("*.py")
        for name in SETTING.findall(path.read_text("utf-8"))
    }
    assert set(re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE)) == read


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`intake (\w+)", README))))
def test_every_command_of_the_readme_exists(command: str) -> None:
    assert command in cli.commands


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake (\w+) {2,}", README))))
def test_every_make_target_of_the_readme_exists(target: str) -> None:
    assert re.search(rf"^{target}:.*## ", (HOUSE / "Makefile").read_text("utf-8"), re.MULTILINE)
