import shutil
from pathlib import Path

import pytest

from intake.config import content_root
from intake.errors import DefinitionError
from intake.questionnaires.journey import Journey, walk
from intake.questionnaires.loader import load
from intake.questionnaires.model import Library
from intake.routing.loader import load_directory
from intake.routing.model import Directory
from intake.routing.receivers import Receivers, agreed, digest_of, load_receivers, named, receiver_findings
from intake.rules import Facts

ROOT = content_root() / "questionnaires"
EVERYBODY = ("region", "municipality", "psychiatry")


@pytest.fixture(scope="module")
def library() -> Library:
    return load(ROOT)


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load_directory(ROOT)


@pytest.fixture(scope="module")
def receivers(library: Library, directory: Directory) -> Receivers:
    return load_receivers(ROOT, library, directory)


def who(receivers: Receivers, directory: Directory, unit: str, facts: Facts, *codes: str) -> list[tuple[str, str]]:
    found = named(receivers, directory, directory.units[unit], codes or EVERYBODY, facts)
    return [(each.principal, each.unit) for each in found]


def test_who_is_meant_depends_on_where_the_request_goes(receivers: Receivers, directory: Directory) -> None:
    adult: Facts = {"about.age": 40, "about.town": "alingsas"}
    young: Facts = {"about.age": 19, "about.town": "lerum"}

    assert who(receivers, directory, "socialmedicin-alingsas", adult) == [
        ("region", "socialmedicin-alingsas"),
        ("region", "psykiatri-alingsas"),
    ]
    assert who(receivers, directory, "mini-maria", young) == [("lerum", "mini-maria"), ("region", "psykiatri-lerum")]


@pytest.mark.parametrize(
    ("facts", "units"),
    [
        ({"about.age": 15, "about.town": "lerum"}, ["bup"]),
        ({"about.age": 17, "about.town": "alingsas"}, ["bup"]),
        ({"about.age": 18, "about.town": "alingsas"}, ["psykiatri-alingsas"]),
        ({"about.age": 16}, ["bup"]),
        ({"about.age": 40}, ["psykiatri-alingsas", "psykiatri-lerum"]),
        ({"about.town": "lerum"}, ["psykiatri-lerum", "bup"]),
        ({}, ["psykiatri-alingsas", "psykiatri-lerum", "bup"]),
        ({"about.age": 40, "about.town": "other"}, []),
    ],
)
def test_a_yes_to_psychiatry_means_the_one_that_takes_this_person(
    receivers: Receivers, directory: Directory, facts: Facts, units: list[str]
) -> None:
    assert who(receivers, directory, "vagen-in", facts, "psychiatry") == [("region", unit) for unit in units]


@pytest.mark.parametrize("facts", [{}, {"about.town": "other"}])
def test_no_municipality_is_named_when_it_is_not_known(
    receivers: Receivers, directory: Directory, facts: Facts
) -> None:
    assert who(receivers, directory, "mini-maria", facts, "municipality") == []


def test_a_code_that_means_nobody_names_nobody(receivers: Receivers, directory: Directory) -> None:
    assert who(receivers, directory, "mini-maria", {"about.town": "lerum"}, "nonsense") == []


def walked(library: Library, **consents: tuple[str, ...]) -> Journey:
    answers: dict[str, str | tuple[str, ...]] = {
        "concerns": ("alcohol",),
        "about.age": "34",
        "about.town": "alingsas",
        "contact.ways": ("letter",),
    }
    answers |= {f"consent.{name}": codes for name, codes in consents.items()}
    pages = library.doors["self"].pages
    return walk(pages, answers, [page.name for page in pages], {"start": "questions"})


def test_the_words_that_were_read_go_with_a_consent(
    receivers: Receivers, directory: Directory, library: Library
) -> None:
    unit = directory.units["socialmedicin-alingsas"]
    (given,) = agreed(receivers, directory, unit, walked(library, share=("region",)), "en")

    assert (given["principal"], given["unit"], given["purpose"]) == ("region", unit.id, "care")
    assert "You get help even if you say no." in given["words"]
    assert given["words"].endswith("so that I can get care")
    assert given["wording"] == digest_of(given["words"])


def test_nothing_ticked_is_no_consent(receivers: Receivers, directory: Directory, library: Library) -> None:
    assert agreed(receivers, directory, directory.units["mini-maria"], walked(library), "sv") == []


@pytest.mark.parametrize(
    ("instead", "reason"),
    [
        ("region: {principals: [region], purpose: care, at: unit}\n", "should say who is meant by"),
        ("region: {principals: [nobody], purpose: care, at: unit}\n", "nobody"),
        ("region: {principals: [region], purpose: fun, at: unit}\n", "should be one of care"),
        ("region: {principals: [region], purpose: care, at: kinds}\n", "'kinds' go with"),
        ("region: {principals: [region], purpose: care, at: unit, kinds: [psychiatry]}\n", "'kinds' go with"),
        ("region: {principals: [region], purpose: care, at: kinds, kinds: [bup]}\n", "should be one of adult"),
        ("region: {principals: [region], purpose: care, at: kinds, kinds: [primary-care]}\n", "should be one of adult"),
    ],
)
def test_a_wrong_file_stops_the_start(
    tmp_path: Path, library: Library, directory: Directory, instead: str, reason: str
) -> None:
    root = Path(shutil.copytree(ROOT, tmp_path / "questionnaires"))
    (root / "receivers.yaml").write_text(instead, encoding="utf-8")

    with pytest.raises(DefinitionError, match=reason):
        load_receivers(root, library, directory)
    assert [reason in finding for finding in receiver_findings(root)] == [True]


def test_nothing_is_said_of_a_right_file_or_of_one_whose_questionnaires_are_wrong(tmp_path: Path) -> None:
    assert list(receiver_findings(ROOT)) == []
    root = Path(shutil.copytree(ROOT, tmp_path / "questionnaires"))
    (root / "services.yaml").write_text("units: {}\n", encoding="utf-8")
    assert list(receiver_findings(root)) == []
