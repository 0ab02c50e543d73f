"""The same thing asked for by several requests at the same moment, each with a session of its own."""

import threading
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from intake.records.database import Database

Answer = TypeVar("Answer")


def at_once(database: Database, act: Callable[[Session], Answer], requests: int = 6) -> list[Answer]:
    """What each of so many requests got, in no particular order; all have committed."""
    together = threading.Barrier(requests)
    answers: list[Answer] = []

    def request() -> None:
        together.wait()
        with database.session() as session:
            answers.append(act(session))
            session.commit()

    running = [threading.Thread(target=request) for _ in range(requests)]
    for each in running:
        each.start()
    for each in running:
        each.join()
    return answers
