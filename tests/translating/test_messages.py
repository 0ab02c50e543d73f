from intake.catalogs import Entry, missing, parse
from intake.translating.keys import Found
from intake.translating.messages import in_line, source_in_use
from tests.translating.small import HEAD

SOURCE = parse(
    HEAD + '#. Start\nmsgid "b.b"\nmsgstr "B"\n\nmsgid "a.a"\nmsgid_plural "a.a"\nmsgstr[0] "1"\nmsgstr[1] "2"\n'
)


def use(code: str, place: str = "intake/public/x.py") -> Found:
    found = Found()
    found.read_code(place, code)
    return found


def test_a_language_gets_the_keys_the_order_and_the_sections_of_the_swedish() -> None:
    other = parse(HEAD + 'msgid "gone"\nmsgstr "x"\n\n#. Old\n# delicate\nmsgid "b.b"\nmsgstr "bee"\n')
    entries = list(in_line(SOURCE, other).entries.values())

    assert entries == [
        Entry("b.b", ("bee",), section=("Start",), remarks=("delicate",)),
        Entry("a.a", ("", ""), "a.a"),
    ]


def test_an_entry_that_came_to_count_keeps_its_remark_and_gets_no_made_up_words() -> None:
    other = parse(HEAD + '# delicate\nmsgid "a.a"\nmsgstr "one"\n')

    assert in_line(SOURCE, other).entries["a.a"] == Entry("a.a", ("", ""), "a.a", remarks=("delicate",))


def test_a_language_that_is_in_line_stays_as_it_is() -> None:
    once = in_line(SOURCE, parse(HEAD + 'msgid "b.b"\nmsgstr "bee"\n'))

    assert in_line(SOURCE, once) == once


def test_missing_are_keys_without_words_and_guesses() -> None:
    assert missing(SOURCE, parse(HEAD)) == ["b.b", "a.a"]
    assert missing(SOURCE, parse(HEAD + '#, fuzzy\nmsgid "b.b"\nmsgstr "bee"\n')) == ["b.b", "a.a"]
    assert missing(SOURCE, SOURCE) == []


def test_the_swedish_loses_what_nothing_uses_and_gets_a_place_for_what_is_new() -> None:
    found = use('_("b.b")\n_("c.new")\nngettext("d.new", "d.new", n)').use()
    entries = source_in_use(SOURCE, "public", found, ["b.b", "a.a"]).entries

    assert list(entries) == ["b.b", "c.new", "d.new"]
    assert entries["c.new"] == Entry("c.new", ("",))
    assert entries["d.new"] == Entry("d.new", ("", ""), "d.new")


def test_a_new_key_gets_its_place_in_one_catalog_only() -> None:
    found = use('_("c.new")', "intake/staff/x.py").use()

    assert source_in_use(SOURCE, "public", found, []).entries == {}
    assert list(source_in_use(parse(HEAD), "staff", found, []).entries) == ["c.new"]
