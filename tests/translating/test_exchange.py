"""Out to a translator and back."""

import csv
import io

import pytest

from intake.catalogs import formatted, written
from intake.errors import DefinitionError
from intake.translating import exchange
from intake.translating.exchange import Returned, sift
from intake.translating.texts import Content, digest
from tests.translating.small import HEAD, change


def rows(content: Content, tag: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exchange.definitions_out(content, tag), newline="")))


def test_a_catalog_goes_out_with_the_swedish_and_its_fingerprint(content: Content) -> None:
    out = exchange.catalog_out(content.catalog("sv", "public"), content.catalog("en", "public"))

    assert (
        "#. sv: Läs mer på https://example.org/sida.\n"
        f"#. source_hash: {digest(('Läs mer på https://example.org/sida.',))}\n"
        'msgid "start.text"\n'
    ) in out


def test_every_form_goes_out(content: Content) -> None:
    out = exchange.catalog_out(content.catalog("sv", "staff"), content.catalog("en", "staff"))

    assert "#. sv: %(n)s dag\n#. sv: %(n)s dagar\n#. source_hash: " in out


def test_the_definitions_go_out_as_rows_with_the_english_beside(content: Content) -> None:
    first = rows(content, "fi")[0]

    assert first == {
        "file": "questionnaires/about",
        "path": "title",
        "source_hash": digest(("Om dig",)),
        "sv": "Om dig",
        "en": "About you",
        "translation": "",
    }
    assert {row["file"] for row in rows(content, "fi")} == {
        "questionnaires/about",
        "questionnaires/audit",
        "questionnaires/directory",
        "questionnaires/doors/self",
    }
    assert not exchange.definitions_out(content, "fi").startswith("\ufeff")


def test_what_went_out_comes_back_and_is_all_taken(content: Content) -> None:
    source = content.source("en")
    out = exchange.catalog_out(content.catalog("sv", "public"), content.catalog("en", "public"))
    back = exchange.catalog_back(out, "x", 2)
    back += exchange.definitions_back(exchange.definitions_out(content, "en"), "en-definitions.csv")
    taken = sift(back, source)

    assert taken.refused == ()
    assert set(taken.texts) == {key for key in source if key != "wait.days"}


def test_a_catalog_with_what_was_taken_is_as_before(content: Content) -> None:
    source, other = content.catalog("sv", "public"), content.catalog("en", "public")
    taken = sift(exchange.catalog_back(exchange.catalog_out(source, other), "x", 2), content.source("en"))

    assert exchange.put_in_catalog(source, other, taken.texts) == written(other, formatted(source))


def test_definitions_with_what_was_taken_are_as_before(content: Content) -> None:
    taken = sift(exchange.definitions_back(exchange.definitions_out(content, "en"), "x"), content.source("en"))
    changed, partial = exchange.put_in_definitions(content, "en", taken.texts)

    assert partial == []
    assert {path: path.read_text("utf-8") for path in changed} == changed
    assert len(changed) == 5


def test_a_folder_that_would_not_be_whole_is_named(content: Content) -> None:
    back = {"questionnaires/about:title": Returned("questionnaires/about:title", "", ("Sinusta",))}
    changed, partial = exchange.put_in_definitions(content, "fi", back)

    assert changed == {}
    (lacking,) = partial
    assert lacking.startswith("about/fi.yaml: lacks options.town.here, options.town.there, items.age.text")


def test_what_was_made_from_another_swedish_is_refused_and_the_rest_taken(content: Content) -> None:
    table = exchange.definitions_out(content, "en")
    change(content.folder, "questionnaires/about/sv.yaml", "Om dig", "Om just dig")
    taken = sift(exchange.definitions_back(table, "x"), content.source("en"))

    then, now = digest(("Om dig",)), digest(("Om just dig",))
    assert taken.refused == (
        f"questionnaires/about:title: the Swedish has changed since it went out ({then}, now {now})",
    )
    assert "questionnaires/about:items.age.text" in taken.texts


@pytest.mark.parametrize(
    ("returned", "reason"),
    [
        (Returned("no.such", "x", ("a",)), "no.such: the Swedish has nothing here"),
        (Returned("start.text", "", ("a",)), "start.text: the Swedish has changed since it went out (no fingerprint"),
        (
            Returned("start.heading", digest(("Börja här, %(name)s, inom 24 timmar",)), ("Within 24 hours",)),
            "start.heading: has other placeholders than the Swedish: none, not %(name)s",
        ),
    ],
)
def test_what_may_not_go_in_is_told(content: Content, returned: Returned, reason: str) -> None:
    taken = sift([returned], content.source("en"))

    assert taken.texts == {}
    assert taken.refused[0].startswith(reason)


def test_what_nobody_put_into_words_does_not_come_back(content: Content) -> None:
    out = exchange.catalog_out(content.catalog("sv", "public"), content.catalog("fi", "public"))

    assert exchange.catalog_back(out, "x", 2) == []
    assert exchange.definitions_back(exchange.definitions_out(content, "fi"), "x") == []


def test_a_table_saved_by_another_program_is_read_the_same() -> None:
    row = 'questionnaires/about,title,abc,Om dig,About you,"One.\r\n\r\nTwo."\r\n'
    text = "\ufefffile,path,source_hash,sv,en,translation\r\n" + row

    assert exchange.definitions_back(text, "x") == [Returned("questionnaires/about:title", "abc", ("One.\n\nTwo.",))]


def test_a_table_without_its_columns_is_refused() -> None:
    for text in ("", "file,path,sv,en,translation\n"):
        with pytest.raises(DefinitionError, match=r"fi-definitions.csv: has no column .*source_hash"):
            exchange.definitions_back(text, "fi-definitions.csv")


def test_a_catalog_that_is_broken_or_has_other_forms_is_refused() -> None:
    with pytest.raises(DefinitionError, match=r"fi-public.po: "):
        exchange.catalog_back("nonsense\n", "fi-public.po", 2)
    with pytest.raises(DefinitionError, match=r"fi-public.po: has 2 plural forms where it went out with 3"):
        exchange.catalog_back(HEAD, "fi-public.po", 3)
