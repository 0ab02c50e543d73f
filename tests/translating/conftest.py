from pathlib import Path

import pytest

from intake.translating.texts import Content
from tests.translating import small


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """A small content folder of one's own."""
    return small.write(tmp_path / "content")


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A package that uses every key of it."""
    small.put(tmp_path, "code/public/front.py", small.FOR_CODE)
    small.put(tmp_path, "code/staff/queue.py", small.FOR_STAFF)
    return tmp_path / "code"
