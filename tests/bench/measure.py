"""Times requests against two applications in turns, so that both meet the same moments of a busy machine."""

import gc
import time
from dataclasses import dataclass
from statistics import median, quantiles

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

ROUNDS = 200
WARM = 20


@dataclass(frozen=True)
class Call:
    """One request to make again and again, and the status that says it did what it should."""

    app: Flask
    builder: EnvironBuilder
    status: int

    def seconds(self) -> float:
        """How long the application needs for it, from the call to the last byte."""
        environ = self.builder.get_environ()
        start = time.perf_counter()
        body, status, _ = run_wsgi_app(self.app, environ, buffered=True)
        spent = time.perf_counter() - start
        if not status.startswith(str(self.status)):
            raise RuntimeError(f"{environ['PATH_INFO']} answered {status}, not {self.status}")
        del body
        return spent


@dataclass(frozen=True)
class Result:
    """Milliseconds: the middle and the slow end of a page, and the middle of the floor measured beside it."""

    page: float
    slow: float
    floor: float

    def __str__(self) -> str:
        return f"{self.page:8.2f} {self.slow:8.2f} {self.floor:8.2f} {self.page / self.floor:8.1f}"


def side_by_side(page: Call, floor: Call) -> Result:
    """Make both requests in turns, and compare what they usually take."""
    for _ in range(WARM):
        page.seconds(), floor.seconds()
    gc.collect()
    pairs = [(page.seconds(), floor.seconds()) for _ in range(ROUNDS)]
    pages, floors = ([1000 * seconds for seconds in each] for each in zip(*pairs, strict=True))
    return Result(page=median(pages), slow=quantiles(pages, n=20)[-1], floor=median(floors))
