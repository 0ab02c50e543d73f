"""`pip install .` elsewhere gives a working service: questionnaires, words and templates travel inside the wheel."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent.parent
WHERE_IT_IS = "import intake; print(intake.__file__)"
START_PAGE = """
import os
from intake import create_app
from intake.config import Settings
settings = Settings.read(os.environ)
with create_app(settings).test_client() as client:
    print(*(client.get(path, base_url=settings.base_url).status for path in ("/sv/", "/static/app.css")))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel installed in it; its dependencies are those of this environment."""
    wheels, folder = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(wheels), str(HOUSE)], check=True)
    (wheel,) = wheels.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", str(folder), str(wheel)], check=True)
    return folder


def run(installed: Path, home: Path, *arguments: str) -> str:
    """What a command of the installed service prints, run in an empty folder of its own."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(installed), "INTAKE_HOME": str(home)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environ, cwd=home).stdout


def test_the_installed_code_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    assert Path(run(installed, tmp_path, "-c", WHERE_IT_IS).strip()).is_relative_to(installed)


def test_the_installed_definitions_pass_their_check(installed: Path, tmp_path: Path) -> None:
    assert list((installed / "intake" / "content" / "questionnaires").iterdir())
    run(installed, tmp_path, str(installed / "bin" / "intake"), "check")


def test_the_installed_service_makes_its_home_and_answers(installed: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, str(installed / "bin" / "intake"), "init")
    assert run(installed, tmp_path, "-c", START_PAGE).split("\n")[0] == "200 OK 200 OK"
