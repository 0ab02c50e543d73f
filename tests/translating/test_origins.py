from intake.translating.origins import Stale, accepted, read_origins, stale, write_origins
from intake.translating.texts import Content, digest

TODAY = {"a": "11111111", "b": "22222222"}


def test_a_fingerprint_is_eight_hexadecimal_digits_of_the_swedish() -> None:
    assert digest(["Hej"]) == "20ac4eea"
    assert digest(["Hej"]) != digest(["Hej."])
    assert digest(["a", "b"]) != digest(["ab"])


def test_what_was_made_from_another_swedish_is_stale() -> None:
    assert stale({"a": "11111111", "b": "00000000"}, TODAY, {"a", "b"}) == [Stale("b", "00000000", "22222222")]
    assert stale({}, TODAY, {"a"}) == [Stale("a", "", "11111111")]
    assert stale({}, TODAY, set()) == []


def test_it_is_told_with_what_it_was_made_from() -> None:
    assert Stale("b", "00000000", "22222222").told == "was made from an earlier Swedish text (00000000, now 22222222)"
    assert Stale("b", "", "22222222").told == "nobody has said which Swedish it was made from"


def test_accepting_some_leaves_the_others_as_they_were() -> None:
    assert accepted({"a": "old", "b": "old", "gone": "x"}, TODAY, {"a", "b"}, {"b"}) == {"a": "old", "b": "22222222"}
    assert accepted({}, TODAY, {"a"}, {"a", "b"}) == {"a": "11111111"}


def test_what_is_written_is_read(content: Content) -> None:
    assert read_origins(content.translations, "fi") == {}

    write_origins(content.translations, "fi", {"questionnaires/about:title": "1234e567"})
    assert read_origins(content.translations, "fi") == {"questionnaires/about:title": "1234e567"}

    write_origins(content.translations, "fi", {})
    assert read_origins(content.translations, "fi") == {}
