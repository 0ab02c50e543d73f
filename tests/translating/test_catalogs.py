from pathlib import Path

import pytest
from babel import Locale

from intake.catalogs import formatted, new_head, parse, read_catalog, written
from intake.errors import DefinitionError
from intake.translating.texts import Content
from tests.translating.small import HEAD, put


def test_what_is_written_reads_the_same_and_is_written_the_same_again(content: Content) -> None:
    for tag, domain in (("sv", "public"), ("en", "staff")):
        po = content.catalog(tag, domain)
        text = written(po, formatted(po))

        assert parse(text) == po
        assert written(parse(text), formatted(po)) == text


def test_an_entry_says_that_it_has_placeholders(content: Content) -> None:
    po = content.catalog("sv", "public")

    assert '#. Start\n#, python-format\nmsgid "start.heading"' in written(po, formatted(po))
    assert written(po, formatted(po)).count("python-format") == 1


def test_the_head_a_remark_and_a_guess_stay() -> None:
    text = HEAD + '# delicate\n#, fuzzy\nmsgid "a.b"\nmsgstr "x"\n'

    assert written(parse(text)) == text


def test_a_catalog_without_a_head_keeps_its_entries() -> None:
    assert written(parse('msgid "a.b"\nmsgstr "x"\n')) == 'msgid "a.b"\nmsgstr "x"\n'


def test_no_date_and_no_name_of_a_tool_gets_in(content: Content) -> None:
    text = written(content.catalog("sv", "public"))

    assert "Date" not in text
    assert "Babel" not in text


@pytest.mark.parametrize(("tag", "forms"), [("ar", 6), ("pl", 3), ("fa", 1), ("sv-x-lattlast", 2)])
def test_a_new_language_has_its_own_plural_forms_and_nobody_has_reviewed_it(tag: str, forms: int) -> None:
    head = new_head(tag, "public", Locale.parse(tag.partition("-")[0]))

    assert parse(head + "\n").forms == forms
    assert f'"Language: {tag.partition("-")[0]}\\n"' in head
    assert '"X-Reviewed: no\\n"' in head


def test_the_head_says_who_reads_it() -> None:
    assert "staff read" in new_head("fi", "staff", Locale("fi"))
    assert "public pages" in new_head("fi", "public", Locale("fi"))


def test_forms_that_nobody_wrote_are_empty() -> None:
    text = HEAD + 'msgid "a.b"\nmsgid_plural "a.b"\nmsgstr[0] "x"\n'

    assert parse(text).entries["a.b"].words == ("x", "")
    assert not parse(text).entries["a.b"].is_worded


def test_a_missing_or_broken_catalog_is_named(tmp_path: Path) -> None:
    path = tmp_path / "translations" / "fi" / "LC_MESSAGES" / "public.po"
    with pytest.raises(DefinitionError, match=r"translations/fi/LC_MESSAGES/public.po: the file is missing"):
        read_catalog(path)

    put(tmp_path, "translations/fi/LC_MESSAGES/public.po", "x")
    path.write_bytes("blåbär".encode("latin-1"))
    with pytest.raises(DefinitionError, match=r"public.po: is not UTF-8"):
        read_catalog(path)

    put(tmp_path, "translations/fi/LC_MESSAGES/public.po", HEAD + "nonsense\n")
    with pytest.raises(DefinitionError, match=r"translations/fi/LC_MESSAGES/public.po"):
        read_catalog(path)
