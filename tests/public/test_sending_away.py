"""While the database is away the form works, and Send says plainly that nothing was sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from intake import create_app
from intake.config import Settings
from tests.public.person import ADULT, AUDIT, REACH, Person
from tests.public.words import said

ALL = {**ADULT, "audit_offer": "now", **AUDIT, **REACH, "story": "KANARIE-4711"}


@pytest.fixture
def stranded(public_home: Path, tmp_path: Path) -> Iterator[Person]:
    """Somebody whose form is served while the database is away."""
    environ = {"INTAKE_HOME": str(public_home), "INTAKE_SERVE": "public", "INTAKE_HOSTS": "localhost"}
    app = create_app(Settings.read({**environ, "DATABASE_URL": f"sqlite:///{tmp_path}/away/intake.db"}))
    app.testing = True
    yield Person(app.test_client())
    app.extensions["intake"].database.close()


@pytest.mark.parametrize("page", ["/", "/sv/", "/sv/self", "/sv/help", "/sv/privacy", "/sv/accessibility", "/sv/code"])
def test_every_page_before_a_form_works_while_the_database_is_away(stranded: Person, page: str) -> None:
    assert stranded.client.get(page).status_code in (200, 302)


def test_the_whole_form_works_while_the_database_is_away(stranded: Person) -> None:
    assert stranded.begin().walk(ALL).page.status_code == 200


def test_without_the_database_nothing_is_sent_and_nothing_lost(stranded: Person) -> None:
    stranded.begin().walk(ALL).press()

    assert stranded.page.status_code == 503
    assert said("review.unsent.heading") in stranded.page.text
    assert "KANARIE-4711" in stranded.page.text
    assert "tel:0313900601" in stranded.page.text
    assert stranded.open("done").address.endswith("/review")


def test_when_the_database_is_back_the_same_button_sends(stranded: Person, tmp_path: Path, public_home: Path) -> None:
    stranded.begin().walk(ALL).press()
    (tmp_path / "away").symlink_to(public_home, target_is_directory=True)

    assert stranded.press().address.endswith("/done")


def drafts_stored(home: Path, draft: str) -> int:
    engine = create_engine(f"sqlite:///{home / 'intake.db'}")
    with engine.connect() as connection:
        found = connection.execute(text("select id from inbox where draft_id = :draft"), {"draft": draft}).all()
    engine.dispose()
    return len(found)


def test_a_key_that_is_none_stores_nothing(public_home: Path) -> None:
    environ = {"INTAKE_HOME": str(public_home), "INTAKE_SERVE": "public", "INTAKE_HOSTS": "localhost"}
    app = create_app(Settings.read({**environ, "INTAKE_PUBLIC_KEY": "AAAA"}))
    person = Person(app.test_client())
    person.begin().walk(ALL).press()

    assert person.page.status_code == 503
    assert drafts_stored(public_home, person.draft) == 0
