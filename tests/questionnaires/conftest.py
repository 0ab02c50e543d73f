from pathlib import Path

import pytest

from intake.config import content_root
from intake.questionnaires.loader import load
from intake.questionnaires.model import Library


@pytest.fixture(scope="session")
def content() -> Path:
    return content_root() / "questionnaires"


@pytest.fixture(scope="session")
def library(content: Path) -> Library:
    return load(content)
