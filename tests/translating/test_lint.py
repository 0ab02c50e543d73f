"""Each fault, put into content that has none, is found with its place."""

from pathlib import Path

import pytest

from intake.config import content_root
from intake.translating import lint, origins
from intake.translating.texts import Content, digests
from tests.translating.small import FILES, change, put

PO = "translations/{}/LC_MESSAGES/public.po"
STAFF = "translations/{}/LC_MESSAGES/staff.po"
ABOUT = "questionnaires/about/en.yaml"
NUMBERS = "questionnaires/directory/en.yaml"
GLOSSARY = "translations/glossary.yaml"
TEXT = 'msgid "start.text"\nmsgstr "Read more at https://example.org/sida."\n'


def found(content: Content, code: Path) -> list[str]:
    return list(lint.findings(content, code, code))


def test_content_without_a_fault_has_no_finding(content: Content, code: Path) -> None:
    assert found(content, code) == []


@pytest.mark.parametrize(
    ("place", "new", "finding"),
    [
        ((PO.format("en"), TEXT), "", f"{PO.format('en')}: start.text: is missing"),
        ((PO.format("en"), "Read more at https://example.org/sida."), "", "public.po: start.text: has no words"),
        ((PO.format("en"), 'msgid "start.text"'), '#, fuzzy\nmsgid "start.text"', "start.text: is only guessed"),
        ((PO.format("en"), TEXT), TEXT + '\nmsgid "x.y"\nmsgstr "z"\n', "x.y: the Swedish has nothing here"),
        ((PO.format("en"), "%(name)s"), "%(nome)s", "start.heading: has other placeholders than the Swedish"),
        ((PO.format("en"), "/sida"), "/page", "start.text: has other links than the Swedish"),
        ((PO.format("en"), "24"), "48", "start.heading: has other digits than the Swedish: 48, not 24"),
        ((STAFF.format("en"), '[0] "%(n)s day"'), '[0] "%(m)s day"', "has placeholders that the Swedish does not have"),
        ((STAFF.format("en"), '[0] "%(n)s day"'), '[0] ""', "wait.days: has no words"),
        ((ABOUT, "title: About you\n"), "", "about/en.yaml: title: is missing"),
        ((ABOUT, "First.\n\n"), "First.\n", "pages.about.text: has other paragraphs"),
        ((NUMBERS, "open:"), "shut:", "directory/en.yaml: hours.open: is missing"),
        ((ABOUT, "Hello"), "Hello, junkie", "pages.about.heading: uses a word we never use: junkie"),
        ((PO.format("en"), "Read more"), "Every addict", "start.text: uses a word we never use: addict"),
        ((GLOSSARY, "never:"), "excused: {questionnaires/about/en.yaml: {junkie: x}}\nnever:", "excuses a "),
        ((ABOUT, "Hello"), "Hello " + "and " * 23, "a sentence is longer than 22 words"),
        ((PO.format("sv"), "Läs mer"), "Personuppgiftsansvariga myndigheter. " * 20 + "Läs mer", "hard to read: LIX"),
        ((ABOUT, "language: en"), "language: [", "about/en.yaml: line 3:"),
    ],
)  # fmt: skip
def test_a_fault_is_found(content: Content, code: Path, place: tuple[str, str], new: str, finding: str) -> None:
    change(content.folder, *place, new)

    assert finding in "\n".join(found(content, code))


def test_what_code_names_and_nobody_worded_is_found_and_what_nothing_uses_too(content: Content, code: Path) -> None:
    put(code, "public/front.py", '_("start.heading")\n_("start.new")')

    assert found(content, code) == [
        "intake/public/front.py: start.new: has no words; `intake translations messages` makes a place for them",
        "translations/sv/LC_MESSAGES/public.po: start.text: nothing uses it",
    ]


def test_another_order_is_found(content: Content, code: Path) -> None:
    text = FILES[PO.format("en")]
    head, first, second = text.split("\n\n")
    put(content.folder, PO.format("en"), f"{head}\n\n{second}\n{first}\n")

    assert found(content, code) == [
        "translations/en: start.text stands where start.heading should, in the order of the Swedish"
    ]


def test_forms_where_the_swedish_has_none_are_found(content: Content, code: Path) -> None:
    change(content.folder, PO.format("en"), TEXT, TEXT.replace("msgstr", 'msgid_plural "start.text"\nmsgstr[0]'))

    assert f"{PO.format('en')}: start.text: has plural forms where the Swedish has none" in "\n".join(
        found(content, code)
    )


def test_a_difference_of_digits_can_be_excused_but_not_for_nothing(content: Content, code: Path) -> None:
    change(content.folder, PO.format("en"), "24 hours", "a day")
    put(content.folder, "translations/en/digits_differ.yaml", "start.heading: that is how one says it\n")
    assert found(content, code) == []

    put(content.folder, "translations/en/digits_differ.yaml", "start.heading: a\nstart.text: b\nno.such: c\n")
    assert found(content, code) == [
        f"{PO.format('en')}: start.text: excuses a difference that is not there",
        "translations/en/digits_differ.yaml: no.such: there is no such text to excuse",
    ]


def test_a_changed_swedish_makes_the_others_stale_with_what_they_were_made_from(content: Content, code: Path) -> None:
    then = origins.read_origins(content.translations, "en")["start.text"]
    change(content.folder, PO.format("sv"), "Läs mer", "Läs allt")
    now = digests(content.source("en"))["start.text"]

    assert found(content, code) == [
        f"{PO.format('en')}: start.text: was made from an earlier Swedish text ({then}, now {now})"
    ]


def test_a_stale_question_is_found_as_well_as_a_fingerprint_of_nothing(content: Content, code: Path) -> None:
    change(content.folder, "questionnaires/about/sv.yaml", "Om dig", "Om Dig")
    put(
        content.folder,
        "translations/en/made_from.yaml",
        (content.translations / "en" / "made_from.yaml").read_text("utf-8") + '"no.such": "00000000"\n',
    )
    stale, gone = found(content, code)

    assert stale.startswith("questionnaires/about/en.yaml: title: was made from an earlier Swedish text")
    assert gone == "translations/en/made_from.yaml: no.such: the Swedish has nothing here"


def test_a_language_that_says_nothing_of_its_origin_is_found_once(content: Content, code: Path) -> None:
    (content.translations / "en" / "made_from.yaml").unlink()

    assert found(content, code) == [
        "translations/en/made_from.yaml: says of no text what it was made from: `intake translations accept en`"
    ]


def test_a_file_that_has_only_begun_lacks_its_other_texts(content: Content, code: Path) -> None:
    put(content.folder, "questionnaires/about/fi.yaml", "language: fi\ntitle: Sinusta\n")
    origins.write_origins(content.translations, "fi", digests(content.source("fi")))
    text = "\n".join(found(content, code))

    assert "questionnaires/about/fi.yaml: pages.about.text: is missing" in text
    assert "audit" not in text
    assert ".po" not in text


def test_the_wording_of_an_instrument_is_its_authors_however_long(content: Content, code: Path) -> None:
    change(content.folder, "questionnaires/audit/en.yaml", "- One", "- One " + "and " * 30)

    assert found(content, code) == []


def test_an_excused_word_may_stand_in_its_file(content: Content, code: Path) -> None:
    change(content.folder, ABOUT, "Hello", "Junkie Street")
    change(
        content.folder,
        GLOSSARY,
        "never:",
        "excused: {questionnaires/about/en.yaml: {junkie: the name of a street}}\nnever:",
    )

    assert found(content, code) == []


def test_a_language_owes_every_term_of_the_glossary(content: Content, code: Path) -> None:
    put(content.folder, "questionnaires/about/fi.yaml", "language: fi\n")
    change(content.folder, GLOSSARY, "  sv: [", "  fi: [juoppo]\n  sv: [")

    assert "translations/glossary.yaml: terms.code: has no word in fi" in found(content, code)


def easy(content: Content, **words: str) -> list[str]:
    for name, text in FILES.items():
        if name.startswith("questionnaires/") and name.endswith("/sv.yaml"):
            put(
                content.folder,
                name.replace("sv.yaml", "sv-x-lattlast.yaml"),
                text.replace("language: sv", "language: sv-x-lattlast"),
            )
    text = FILES[PO.format("sv")].replace("Läs mer på", words["text"])
    put(content.folder, PO.format("sv-x-lattlast"), text)
    origins.write_origins(content.translations, "sv-x-lattlast", digests(content.source("sv-x-lattlast")))
    return [each for each in lint.findings(content, content.folder, content.folder) if "lattlast" in each]


def test_the_easy_swedish_has_shorter_sentences_and_a_lower_index(content: Content) -> None:
    change(content.folder, PO.format("sv"), "Läs mer på", "Läs " + "verkligen mycket " * 9 + "på")

    assert easy(content, text="Läs mer på") == []


def test_an_easy_swedish_that_is_not_easier_is_found(content: Content) -> None:
    long, mean, index = easy(content, text="Läs " + "verkligen mycket " * 9)

    assert "public.po: start.text: a sentence is longer than 15 words" in long
    assert "on average" in mean
    assert "its LIX is" in index


def test_our_own_words_have_no_finding() -> None:
    house = content_root()

    assert list(lint.findings(Content(house), house / "intake", house / "templates")) == []
