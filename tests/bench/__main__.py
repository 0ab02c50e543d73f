"""`make bench`: what our pages cost beside a page that does nothing. Prints; asserts nothing about time."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from intake import create_app
from intake.config import Settings
from tests.bench.floor import floor
from tests.bench.measure import Call, Result, side_by_side
from tests.bench.stock import stock
from tests.fixtures.installation import intake
from tests.fixtures.postgres import running_cluster
from tests.staff.people import ALINGSAS, Clinic

FLOOR = Call(floor(), EnvironBuilder("/"), 200)
QUEUES = (100, 10_000)


def main() -> None:
    """Measure the form on SQLite, and the queue on both databases as it grows."""
    print(f"{'':34}{'median':>8} {'95 %':>8} {'floor':>8} {'floors':>8}   (milliseconds)")
    with clinic({}) as here:
        show("start page", start_page(here.app))
        show("a question, saved", question_saved(here.app))
        show_queue("SQLite", here)
    with running_cluster() as cluster, clinic({"DATABASE_URL": cluster.create("bench", "template1")}) as here:
        show_queue("PostgreSQL", here)


@contextmanager
def clinic(environ: dict[str, str]) -> Iterator[Clinic]:
    """An installation in a folder that goes away."""
    with TemporaryDirectory() as folder:
        described = {"INTAKE_HOME": str(Path(folder) / "home"), "INTAKE_HOSTS": "localhost", **environ}
        intake(described, "init")
        app = create_app(Settings.read(described))
        yield Clinic(app)
        app.extensions["intake"].database.close()


def start_page(app: Flask) -> Call:
    """The first thing anybody sees."""
    return Call(app, EnvironBuilder("/sv/"), 200)


def question_saved(app: Flask) -> Call:
    """The first answer of a form: read, checked, encrypted into the draft's cookie."""
    client = app.test_client()
    page = client.post("/sv/self", data={"start": "questions"}).location
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
    data = {"csrf_token": token[1] if token else "", "concerns": "alcohol"}
    builder = EnvironBuilder(page, method="POST", data=data, headers=[("Cookie", cookie(client, "draft", page))])
    return Call(app, builder, 303)


def show_queue(database: str, here: Clinic) -> None:
    """The first page of the queue, for somebody signed in, as the queue grows."""
    colleague = here.employ("anna", "reception", ALINGSAS).sign_in()
    headers = [("Cookie", cookie(colleague.client, "staff", "/staff/"))]
    for cases in QUEUES:
        stock(here, cases)
        show(f"queue of {cases:,}, {database}", Call(here.app, EnvironBuilder("/staff/", headers=headers), 200))


def cookie(client: FlaskClient, name: str, address: str) -> str:
    """The header a browser would send to `address`; the cookie belongs to a folder above it."""
    folders = [address[:end] for end in range(len(address), 0, -1)]
    found = next(found for path in folders if (found := client.get_cookie(name, path=path)))
    return f"{name}={found.value}"


def show(what: str, page: Call) -> None:
    """Measure and print one line."""
    result: Result = side_by_side(page, FLOOR)
    print(f"{what:34}{result}", flush=True)


if __name__ == "__main__":
    main()
