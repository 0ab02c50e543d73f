"""In which language an instrument is put to somebody, and what a language lacks."""

from dataclasses import replace
from pathlib import Path

import pytest

from intake.questionnaires.loader import load
from intake.questionnaires.model import Door, Instrument, Library
from intake.questionnaires.tongues import NOTICE, answered_in, fallback, limited, notices, speak, truncations
from tests.questionnaires.content import DOOR, DOOR_SV, STRUCTURE, SV, changed, write


def library(root: Path, *, official: bool = True) -> Library:
    """A door in Swedish, English and Finnish around an instrument in Swedish and English."""
    files = {f"doors/self/{tag}.yaml": {**DOOR_SV, "language": tag} for tag in ("sv", "en", "fi")}
    files |= {f"mini/{tag}.yaml": {**SV, "language": tag} for tag in ("sv", "en")}
    structure = {**STRUCTURE, "translations": "official_only"} if official else STRUCTURE
    return load(write(root, {**files, "mini/questionnaire.yaml": structure}))


def parts(root: Path) -> tuple[Door, Instrument]:
    made = library(root)
    return made.doors["self"], made.instruments["mini"]


@pytest.mark.parametrize(("official", "languages"), [(True, ("sv", "en", "fi")), (False, ("sv", "en"))])
def test_only_an_official_instrument_may_lack_words(
    tmp_path: Path, *, official: bool, languages: tuple[str, ...]
) -> None:
    assert library(tmp_path, official=official).languages == languages


def test_a_door_is_as_it_is_where_everything_has_words(tmp_path: Path) -> None:
    door, _mini = parts(tmp_path)
    spoken = speak(door, "en", ())

    assert (spoken.pages, spoken.borrowed, spoken.tongue("mini")) == (door.pages, {}, "en")


def test_one_notice_stands_for_an_instrument_without_words(tmp_path: Path) -> None:
    door, _mini = parts(tmp_path)
    spoken = speak(door, "fi", {"offer"})
    notice = spoken.pages[2]

    assert [page.name for page in spoken.pages] == ["self.age", "self.offer", f"mini.{NOTICE}"]
    assert (notice.step, notice.items, notice.show_if) == (3, (), door.pages[2].show_if)
    assert notices(spoken.pages) == ("mini",)
    assert spoken.tongue("mini") == "en"


def test_what_was_answered_is_shown_in_a_language_that_has_it(tmp_path: Path) -> None:
    door, _mini = parts(tmp_path)
    spoken = speak(door, "fi", {"mini.q2"})

    assert (spoken.pages, spoken.borrowed) == (door.pages, {"mini": "en"})


@pytest.mark.parametrize(
    ("spoken", "language", "shown"),
    [
        (("sv", "en"), "fi", "en"),
        (("sv", "en"), "sv-x-lattlast", "sv"),
        (("sv", "de"), "fi", "sv"),
        (("de",), "fi", "de"),
        ((), "fi", "sv"),
    ],
)
def test_english_comes_before_swedish_but_not_for_who_reads_swedish(
    tmp_path: Path, spoken: tuple[str, ...], language: str, shown: str
) -> None:
    _door, mini = parts(tmp_path)

    assert fallback(replace(mini, spoken=spoken), language) == shown


@pytest.mark.parametrize(("kept", "language"), [({"mini": "sv"}, "sv"), ({"mini": "qq"}, "en"), ({}, "en")])
def test_the_language_it_was_answered_in_is_the_one_that_was_kept(
    tmp_path: Path, kept: dict[str, str], language: str
) -> None:
    door, _mini = parts(tmp_path)
    pages = speak(door, "fi", {"mini.q1"}).pages

    assert answered_in(door.instruments, pages, "fi", kept) == {"mini": language}
    assert answered_in(door.instruments, pages, "sv", {}) == {"mini": "sv"}
    assert answered_in(door.instruments, speak(door, "fi", ()).pages, "fi", kept) == {}


def test_an_unofficial_wording_can_be_hidden_and_a_withheld_language_is(tmp_path: Path) -> None:
    files = {"mini/en.yaml": changed(SV, ["status"], "official") | {"language": "en"}}
    made = load(write(tmp_path, {**files, "doors/self/en.yaml": {**DOOR_SV, "language": "en"}}))

    assert set(limited(made, ("sv", "en"), official=False).doors["self"].instruments[0].spoken) == {"sv", "en"}
    assert limited(made, ("sv", "en"), official=True).instruments["mini"].spoken == ("en",)
    assert limited(made, ("sv",), official=False).instruments["mini"].spoken == ("sv",)
    hidden = limited(made, ("sv", "en"), official=True).doors["self"]
    assert notices(speak(hidden, "sv", ()).pages) == ("mini",)


def test_translations_has_no_other_value(tmp_path: Path) -> None:
    structure = {**STRUCTURE, "translations": "anybody"}

    with pytest.raises(Exception, match="translations: should be one of official_only"):
        load(write(tmp_path, {"mini/questionnaire.yaml": structure, "door": DOOR}))


@pytest.mark.parametrize(
    ("tag", "wider"),
    [("sv", ["sv"]), ("sv-x-lattlast", ["sv-x-lattlast", "sv"]), ("sr-Latn-BA", ["sr-Latn-BA", "sr-Latn", "sr"])],
)
def test_a_tag_is_cut_from_its_end(tag: str, wider: list[str]) -> None:
    assert list(truncations(tag)) == wider
