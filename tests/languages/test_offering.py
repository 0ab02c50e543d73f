"""Languages that lack nothing anywhere are offered; what another lacks is told, and it breaks nothing."""

import logging
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from intake import cli, create_app
from intake.config import Settings
from intake.errors import DefinitionError
from intake.i18n import read_catalogs
from intake.questionnaires.lint import language_gaps
from intake.questionnaires.loader import load
from tests.fixtures import speaking


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """All content, in Arabic too."""
    return speaking.content(tmp_path / "content", "ar")


def offered(root: Path) -> tuple[list[str], tuple[str, ...]]:
    """The languages offered with such content, and what Arabic lacks."""
    questionnaires = root / "questionnaires"
    catalogs = read_catalogs(root / "translations", partial(language_gaps, questionnaires, load(questionnaires)))
    return list(catalogs.languages), catalogs.withheld.get("ar", ())


def test_a_language_without_the_official_instruments_is_whole(root: Path) -> None:
    assert not (root / "questionnaires" / "dudit" / "ar.yaml").exists()
    assert offered(root) == (["sv", "en", "ar"], ())


MISSING = [
    "questionnaires/audit/ar.yaml",
    "questionnaires/audit_c/ar.yaml",
    "questionnaires/phq4/ar.yaml",
    "questionnaires/pgsi/ar.yaml",
    "questionnaires/about/ar.yaml",
    "questionnaires/doors/screening/ar.yaml",
    "questionnaires/directory/ar.yaml",
    "translations/ar/LC_MESSAGES/public.po",
]


@pytest.mark.parametrize("file", MISSING)
def test_a_language_that_lacks_a_file_is_not_offered(root: Path, file: str) -> None:
    (root / file).unlink()
    line = f"{file.removeprefix('questionnaires/')}: the file is missing"

    assert offered(root) == (["sv", "en"], (line,))


BROKEN = [
    ("about/ar.yaml", "title:", "titel:", "about/ar.yaml: titel: is not a key that is known here"),
    ("audit/ar.yaml", '"0": Never', '"1": Never', "audit/ar.yaml: line"),
    ("directory/ar.yaml", "weekdays:", "sundays:", "directory/ar.yaml: hours: lacks 'weekdays'"),
    ("doors/self/ar.yaml", "now:", "later:", "doors/self/ar.yaml: options.offer: lacks 'now'"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "reason"), BROKEN)
def test_a_broken_file_withholds_its_language(root: Path, file: str, right: str, wrong: str, reason: str) -> None:
    _replace(root / "questionnaires" / file, right, wrong)
    languages, (line, *others) = offered(root)

    assert (languages, others) == (["sv", "en"], [])
    assert line.startswith(reason)


def test_a_broken_official_translation_withholds_its_language_too(root: Path) -> None:
    (root / "questionnaires" / "dudit" / "ar.yaml").write_text("language: ar\n", encoding="utf-8")

    assert offered(root) == (["sv", "en"], ("dudit/ar.yaml: lacks 'title'",))


def test_the_service_starts_without_a_broken_language_and_says_so(
    root: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    _replace(root / "questionnaires" / "about" / "ar.yaml", "title:", "titel:")
    with caplog.at_level(logging.WARNING):
        app = create_app(replace(settings, content=root))
    statuses = [app.test_client().get(f"/{tag}/").status_code for tag in ("sv", "en", "ar")]
    app.extensions["intake"].database.close()

    assert statuses == [200, 200, 404]
    assert "ar is not offered: about/ar.yaml: titel: is not a key that is known here" in caplog.text


def test_the_check_says_what_a_language_lacks(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _replace(root / "questionnaires" / "about" / "ar.yaml", "title:", "titel:")
    _replace(root / "translations" / "ar" / "LC_MESSAGES" / "public.po", 'msgid "pause.now"', 'msgid "pause.then"')
    monkeypatch.setattr(cli, "routing_findings", lambda _root: ())
    monkeypatch.setattr(cli, "receiver_findings", lambda _root: ())
    done = CliRunner().invoke(cli.cli, ["check"], env={"INTAKE_CONTENT": str(root)})

    assert done.exit_code == 1
    assert [line for line in done.output.splitlines() if line.endswith(", so ar is not offered")] == [
        "about/ar.yaml: titel: is not a key that is known here, so ar is not offered",
        "translations/ar/LC_MESSAGES/public.po: 1 keys have no words: pause.now, so ar is not offered",
    ]


def test_start_and_check_say_which_language_staff_do_not_get(
    root: Path, settings: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    _replace(root / "translations" / "en" / "LC_MESSAGES" / "staff.po", 'msgid "queue.many"', 'msgid "queue.lots"')
    line = "translations/en/LC_MESSAGES/staff.po: 1 keys have no words: queue.many"
    with caplog.at_level(logging.WARNING):
        create_app(replace(settings, content=root)).extensions["intake"].database.close()
    monkeypatch.setattr(cli, "routing_findings", lambda _root: ())
    monkeypatch.setattr(cli, "receiver_findings", lambda _root: ())
    done = CliRunner().invoke(cli.cli, ["check"], env={"INTAKE_CONTENT": str(root)})

    assert f"en is not offered to staff: {line}" in caplog.text
    assert f"{line}, so en is not offered to staff\n" in done.output
    assert done.exit_code == 1


def test_a_broken_swedish_of_staff_is_named_at_start_and_by_the_check(
    root: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "translations" / "sv" / "LC_MESSAGES" / "staff.po").write_text('msgid "a\n', encoding="utf-8")
    monkeypatch.setattr(cli, "routing_findings", lambda _root: ())
    monkeypatch.setattr(cli, "receiver_findings", lambda _root: ())
    with pytest.raises(DefinitionError, match=r"^translations/sv/LC_MESSAGES/staff\.po: "):
        create_app(replace(settings, content=root))
    done = CliRunner().invoke(cli.cli, ["check"], env={"INTAKE_CONTENT": str(root)})

    assert done.exit_code == 1
    assert "translations/sv/LC_MESSAGES/staff.po: " in done.output


def test_words_that_cannot_be_filled_in_withhold_their_language(root: Path) -> None:
    path = root / "translations" / "ar" / "LC_MESSAGES" / "public.po"
    text = path.read_text(encoding="utf-8")
    at = text.index("%(unit)s", text.index('msgid "review.send.who"'))
    path.write_text(f"{text[:at]}%(uint)s{text[at + len('%(unit)s') :]}", encoding="utf-8")
    languages, (line,) = offered(root)

    assert languages == ["sv", "en"]
    assert "public.po: review.send.who: has other placeholders than the Swedish: %(uint)s, not %(unit)s" in line


def test_a_catalog_that_cannot_be_read_withholds_its_language(root: Path) -> None:
    (root / "translations" / "ar" / "LC_MESSAGES" / "public.po").write_text('msgid "a\n', encoding="utf-8")
    languages, (line,) = offered(root)

    assert languages == ["sv", "en"]
    assert line.startswith("translations/ar/LC_MESSAGES/public.po: ")


def _replace(path: Path, right: str, wrong: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
