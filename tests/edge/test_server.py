"""The server itself, as it is run: what it believes of a request, and what it says about itself."""

from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from shutil import copytree

import pytest

from tests.durability.service import Service


@pytest.fixture(scope="module")
def service(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    home = copytree(pristine, tmp_path_factory.mktemp("run") / "home")
    service = Service({"INTAKE_HOME": str(home), "HOME": str(home.parent)})
    service.start()
    yield service
    service.kill()


def get(service: Service, path: str, **headers: str) -> HTTPResponse:
    with closing(HTTPConnection("127.0.0.1", service.port, timeout=10)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer


def test_no_answer_says_what_it_was_made_with(service: Service) -> None:
    assert "Server" not in get(service, "/sv/").headers
    assert "Server" not in get(service, "/nowhere").headers


def test_no_header_moves_the_pages_elsewhere(service: Service) -> None:
    assert get(service, "/evil/sv/", SCRIPT_NAME="/evil").status == 404


def test_no_header_is_believed_about_https(service: Service) -> None:
    answer = get(service, "/sv", **{"X-Forwarded-Proto": "https", "X-Forwarded-SSL": "off"})

    assert (answer.status, answer.headers["Location"]) == (308, f"http://127.0.0.1:{service.port}/sv/")


def test_nothing_but_the_pages_can_be_talked_to(service: Service) -> None:
    assert [each.name for each in Path(service.environ["HOME"]).iterdir()] == ["home"]


def test_a_body_of_unknown_length_is_refused(service: Service) -> None:
    with closing(HTTPConnection("127.0.0.1", service.port, timeout=10)) as connection:
        connection.request("POST", "/sv/code", body=iter([b"code=", b"x" * 70_000]), encode_chunked=True)

        assert connection.getresponse().status == 411
