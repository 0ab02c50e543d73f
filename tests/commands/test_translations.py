"""`intake translations`: from the service's keys to a translator and back, over every language there is."""

import csv
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from intake.cli import cli
from intake.config import content_root
from intake.translating.texts import Content
from tests.translating.small import change, put, write

LANGUAGES = [tag for tag in Content(content_root()).languages() if tag != "sv"]
PO = "translations/{}/LC_MESSAGES/public.po"


def run(folder: Path, *arguments: str) -> Result:
    """What the command line answers, in this process, about the content of a folder."""
    return CliRunner().invoke(cli, ["translations", *arguments], env={"INTAKE_CONTENT": str(folder)})


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A copy of our own words, of one's own."""
    for part in ("questionnaires", "translations"):
        shutil.copytree(content_root() / part, tmp_path / "ours" / part)
    return tmp_path / "ours"


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """A small content folder of one's own."""
    return write(tmp_path / "content")


def held(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_our_own_catalogs_are_in_line_and_stay_byte_for_byte(ours: Path) -> None:
    before = held(ours)
    done = run(ours, "messages")

    assert (done.exit_code, held(ours)) == (0, before)
    assert "en public: whole" in done.output


def test_a_catalog_in_another_order_is_brought_in_line_again(ours: Path) -> None:
    before = held(ours)
    head, *entries = (ours / PO.format("en")).read_text("utf-8").strip().split("\n\n")
    put(ours, PO.format("en"), "\n\n".join([head, *reversed(entries)]) + "\n")
    assert held(ours) != before
    run(ours, "messages")

    assert held(ours) == before


def test_a_language_gets_a_place_for_what_it_lacks_and_loses_what_nothing_uses(ours: Path) -> None:
    put(ours, PO.format("fi"), 'msgid "no.such"\nmsgstr "x"\n\nmsgid "service.name"\nmsgstr "Sisään"\n')
    done = run(ours, "messages")
    text = (ours / PO.format("fi")).read_text("utf-8")

    assert "fi public: " in done.output
    assert "\n  layout.skip\n" in done.output
    assert "no.such" not in text
    assert '#. Every page\nmsgid "service.name"\nmsgstr "Sisään"\n\nmsgid "layout.skip"\nmsgstr ""\n' in text


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_language_that_goes_out_and_comes_back_untouched_stays_byte_for_byte(ours: Path, tag: str) -> None:
    before = held(ours)
    assert run(ours, "export", tag, "--to", str(ours.parent / "out")).exit_code == 0
    done = run(ours, "import", tag, "--from", str(ours.parent / "out"))

    assert done.exit_code == 0, done.output
    assert held(ours) == before


def test_a_new_language_begins_with_going_out_and_is_whole_when_it_comes_back(content: Content, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(content.folder, "export", "fi", "--to", str(out)).exit_code == 0
    fill(out)
    done = run(content.folder, "import", "fi", "--from", str(out))

    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "fi: 13 taken in, 0 refused")
    assert run(content.folder, "status", "fi").output == "fi: 13 texts, 0 without words, 0 stale\n"
    assert content.texts("fi")["start.text"].words == ("Lue https://example.org/sida.",)


def fill(out: Path) -> None:
    """Translate everything, as little as that may be."""
    po = (out / "fi-public.po").read_text("utf-8")
    po = po.replace('msgid "start.heading"\nmsgstr ""', 'msgid "start.heading"\nmsgstr "Ala, %(name)s, 24"')
    po = po.replace('msgid "start.text"\nmsgstr ""', 'msgid "start.text"\nmsgstr "Lue https://example.org/sida."')
    (out / "fi-public.po").write_text(po, encoding="utf-8")
    table = out / "fi-definitions.csv"
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines(keepends=True)))
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows({**row, "translation": row["sv"].upper()} for row in rows)


def test_what_was_made_from_another_swedish_is_named_and_kept_out(content: Content, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(content.folder, "export", "en", "--to", str(out))
    change(out, "en-public.po", "Read more", "Read on")
    change(out, "en-definitions.csv", "Hello\n", "Welcome\n")
    change(content.folder, PO.format("sv"), "Läs mer", "Läs allt")
    done = run(content.folder, "import", "en", "--from", str(out))

    assert done.exit_code == 1
    assert "en: start.text: the Swedish has changed since it went out" in done.output
    assert "Read more" in (content.folder / PO.format("en")).read_text("utf-8")
    assert "Welcome" in (content.questionnaires / "about" / "en.yaml").read_text("utf-8")


def test_other_digits_than_the_swedish_are_named_and_kept_out_unless_excused(content: Content, tmp_path: Path) -> None:
    change(content.folder, "questionnaires/audit/sv.yaml", "- Ett", "- 33 cl")
    change(content.folder, "questionnaires/audit/en.yaml", "- One", "- 33 cl")
    run(content.folder, "accept", "en")
    out = tmp_path / "out"
    run(content.folder, "export", "en", "--to", str(out))
    change(out, "en-public.po", 'msgstr "Begin here, %(name)s, within 24 hours"', 'msgstr "In 42 hours, %(name)s"')
    change(out, "en-definitions.csv", "33 cl,33 cl,33 cl", "33 cl,33 cl,34 cl")
    origins, before = content.translations / "en" / "made_from.yaml", content.texts("en")
    fresh = origins.read_bytes()
    done = run(content.folder, "import", "en", "--from", str(out))

    assert done.exit_code == 1
    assert "en: start.heading: has other digits than the Swedish: 42, not 24\n" in done.output
    assert "lists.q1.entries[0]: has other digits than the Swedish: 34, not 33\n" in done.output
    assert (content.texts("en"), origins.read_bytes()) == (before, fresh)

    put(content.folder, "translations/en/digits_differ.yaml", "start.heading: that is how one says it\n")
    text = (content.questionnaires / "audit" / "en.yaml").read_text("utf-8")
    put(content.folder, "questionnaires/audit/en.yaml", text + 'digits_differ: {"lists.q1.entries[0]": published}\n')
    assert run(content.folder, "import", "en", "--from", str(out)).exit_code == 0
    assert "- 34 cl" in (content.questionnaires / "audit" / "en.yaml").read_text("utf-8")


@pytest.mark.parametrize("tag", ["xx", "xx-nope", "../evil", "en-../../evil", "", "sv"])
@pytest.mark.parametrize("command", [("export", "--to"), ("import", "--from")])
def test_what_is_no_language_to_translate_into_is_refused_in_a_line(
    content: Content, tmp_path: Path, tag: str, command: tuple[str, str]
) -> None:
    before = held(tmp_path)
    done = run(content.folder, command[0], tag, command[1], str(tmp_path))

    assert (done.exit_code, len(done.output.splitlines())) == (2, 1)
    assert held(tmp_path) == before


def test_what_comes_back_changed_was_made_from_todays_swedish_and_nothing_else_was(
    content: Content, tmp_path: Path
) -> None:
    change(content.folder, PO.format("sv"), "Läs mer", "Läs allt")
    change(content.folder, "questionnaires/about/sv.yaml", "Om dig", "Om just dig")
    out = tmp_path / "out"
    run(content.folder, "export", "en", "--to", str(out))
    change(out, "en-public.po", "Read more", "Read all")
    assert run(content.folder, "import", "en", "--from", str(out)).exit_code == 0

    assert "\n  questionnaires/about:title: was made from" in run(content.folder, "status", "en").output
    assert "start.text" not in run(content.folder, "status", "en").output


def test_a_translator_may_give_back_one_file_alone_but_not_none(content: Content, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(content.folder, "export", "en", "--to", str(out))
    (out / "en-public.po").unlink()
    (out / "en-staff.po").unlink()
    assert "12 taken in" in run(content.folder, "import", "en", "--from", str(out)).output

    (out / "en-definitions.csv").unlink()
    done = run(content.folder, "import", "en", "--from", str(out))
    assert "has neither en-public.po nor en-definitions.csv" in str(done.exception)


def test_a_table_in_another_encoding_is_refused(content: Content, tmp_path: Path) -> None:
    run(content.folder, "export", "en", "--to", str(tmp_path))
    table = tmp_path / "en-definitions.csv"
    table.write_bytes(table.read_text("utf-8").encode("latin-1", "replace"))

    assert "is not UTF-8: save it as UTF-8" in str(
        run(content.folder, "import", "en", "--from", str(tmp_path)).exception
    )


def test_accepting_says_that_words_still_hold(content: Content) -> None:
    change(content.folder, PO.format("sv"), "Läs mer", "Läs allt")
    change(content.folder, "questionnaires/about/sv.yaml", "Om dig", "Om just dig")
    assert run(content.folder, "status").output == (
        "sv: 15 texts, 0 without words, 0 stale\nen: 15 texts, 0 without words, 2 stale\n"
    )

    assert run(content.folder, "accept", "en", "start.text").output == "en: 1 accepted, 1 stale\n"
    assert run(content.folder, "accept", "en").output == "en: 1 accepted, 0 stale\n"
    assert run(content.folder, "accept", "en").output == "en: 0 accepted, 0 stale\n"


def test_a_key_or_a_language_that_is_not_there_is_refused(content: Content) -> None:
    assert "en has no words for no.such" in str(run(content.folder, "accept", "en", "no.such").exception)
    assert "translations/fi: there is no such language" in str(run(content.folder, "status", "fi").exception)


def test_status_names_what_has_no_words(content: Content) -> None:
    change(content.folder, PO.format("en"), 'msgid "start.text"', '#, fuzzy\nmsgid "start.text"')

    assert run(content.folder, "status", "en").output == "en: 15 texts, 1 without words, 0 stale\n  start.text\n"


def test_the_language_nobody_speaks_says_how_to_start_with_it(tmp_path: Path) -> None:
    done = run(content_root(), "pseudo", "--to", str(tmp_path / "pseudo"))

    assert done.output == (
        f"intake: start the service with INTAKE_CONTENT={tmp_path / 'pseudo'} and open /en-x-pseudo/\n"
    )
    assert "\nen-x-pseudo: " in run(tmp_path / "pseudo", "status").output
