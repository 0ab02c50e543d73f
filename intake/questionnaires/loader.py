"""From the content folder to a Library: read once at start-up, refused as a whole when anything in it is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import get_args

from intake.questionnaires import referrers, structure, tongues, wording
from intake.questionnaires.model import Door, Instrument, Item, Library, Page, Respondent, Subject
from intake.questionnaires.source import Node, digest, read
from intake.questionnaires.structure import GIVEN, Folder, Reading
from intake.questionnaires.words import SOURCE_LANGUAGE, Worded
from intake.rules import Fact, both

STRUCTURE = "questionnaire.yaml"
DOORS = "doors"
# What a door's conditions may ask before the first page: which of its two buttons was pressed.
START = Fact("text", frozenset({"questions", "contact"}), "start")

_INSTRUMENT = "id kind version source licence attribution may_modify minimum_age recall options pages scores"
_SECTION = "id kind version pages"
_OWN_WORDS = ("text", "lines", "phone", "email")


@dataclass(frozen=True)
class Content:
    """The folders that have a structure file, by id; doors apart. Doors share sections, so each is `read` once."""

    root: Path
    folders: Mapping[str, Path]
    doors: Mapping[str, Path]
    read: dict[Path, Folder] = field(default_factory=dict)


def find(root: Path) -> Content:
    """Find the folders of instruments and sections under `root`, and those of doors under `root`/doors."""
    return Content(
        root=root,
        folders={path.parent.name: path.parent for path in sorted(root.glob(f"*/{STRUCTURE}"))},
        doors={path.parent.name: path.parent for path in sorted(root.glob(f"{DOORS}/*/{STRUCTURE}"))},
    )


def load(root: Path) -> Library:
    """Read every instrument, section and door under `root`; raise DefinitionError at the first thing that is wrong."""
    content = find(root)
    instruments = {
        id_: instrument(root, path) for id_, path in content.folders.items() if kind(root, path) == "instrument"
    }
    doors = {id_: door(content, path, instruments) for id_, path in content.doors.items()}
    gaps = tongues.gaps(instruments.values(), doors.values())
    offered = (tag for tag, lacking in gaps.items() if not lacking)
    return Library(instruments, doors, tuple(sorted(offered, key=lambda tag: (tag != SOURCE_LANGUAGE, tag))))


def kind(root: Path, path: Path) -> str:
    """Tell whether a folder is an instrument or a section."""
    node = read(root, path / STRUCTURE)
    entries = node.entries()
    if "kind" not in entries:
        raise node.wrong("lacks 'kind'")
    return entries["kind"].one_of(("instrument", "section"))


def instrument(root: Path, path: Path) -> Instrument:
    """Read one instrument folder: pages over its own answers and what it is given, sums, bands and words."""
    found = read(root, path / STRUCTURE).fields(_INSTRUMENT, "codes given bands translations")
    _check_id(found["id"], path)
    given = tuple(member.one_of(tuple(GIVEN)) for member in found["given"]) if "given" in found else ()
    folder = Folder(path.name, Worded(), structure.options(found["options"]), f"{path.name}.", clinical=True)
    pages = _pages(found["pages"], folder, Reading({name: GIVEN[name] for name in given}))
    sums = structure.scores(found["scores"], {item.name: item for item in _items(pages)})
    schemes = structure.schemes(found.get("bands"), sums, given)
    plain = wording.shape(found["pages"], folder.options)
    worded = wording.instrument(root, path, wording.scored_shape(plain, sums, schemes))
    return Instrument(
        id=path.name,
        version=found["version"].text(),
        digest=digest(path / STRUCTURE),
        worded=worded,
        spoken=tuple(worded.words),
        pages=tuple(replace(page, worded=worded) for page in pages),
        scores=sums,
        schemes=schemes,
        given=given,
        minimum_age=found["minimum_age"].number(),
        recall=found["recall"].text(),
        source=found["source"].text(),
        licence=found["licence"].text(),
        attribution=found["attribution"].text(),
        may_modify=found["may_modify"].truth(),
        official_only="translations" in found and bool(found["translations"].one_of(("official_only",))),
        codes={system: code.text() for system, code in found["codes"].entries().items()} if "codes" in found else {},
    )


def door(content: Content, path: Path, instruments: Mapping[str, Instrument]) -> Door:
    """Read one door: its own pages and those it uses, in order, each condition over what is known by then."""
    found = read(content.root, path / STRUCTURE).fields(_SECTION, "options readers send_if answers")
    answers = _one_of(found.get("answers"), get_args(Respondent), "for_oneself")
    own = [node for node in found["pages"] if "use" not in node.entries()]
    folder = _folder(content.root, path, found, own)
    reading = Reading({"start": START})
    pages: list[Page] = []
    used = {path.name: path}
    for node in found["pages"]:
        if "use" in node.entries():
            name = node.fields("use", "pages show_if required")["use"].one_of(tuple(content.folders))
            if answers == "for_another" and name in instruments:
                raise node.wrong(f"whoever comes here answers for another, and nobody can answer {name} for another")
            used[name] = content.folders[name]
            pages += _used(content, node, instruments.get(name), reading)
        else:
            pages.append(structure.page(node, folder, reading))
    definitions = {id_: digest(folder_ / STRUCTURE) for id_, folder_ in used.items()}
    return Door(
        id=path.name,
        digest=digest(*(folder_ / STRUCTURE for folder_ in used.values())),
        worded=folder.worded,
        pages=tuple(replace(page, step=step) for step, page in enumerate(pages, 1)),
        instruments=tuple(instruments[id_] for id_ in used if id_ in instruments),
        definitions=definitions,
        send_if=reading.condition(found.get("send_if")),
        answers=answers,  # type: ignore[arg-type]  # one_of allows exactly these
    )


def _folder(root: Path, path: Path, found: Mapping[str, Node], pages: Sequence[Node]) -> Folder:
    """What the `pages` of a section or a door share; refuse words that do not cover them."""
    _check_id(found["id"], path)
    options, is_door = found.get("options"), path.parent == root / DOORS
    taken = referrers.names(root, options)
    sets = structure.options(options, taken)
    worded = {name: {code: None for code in codes if code not in taken.get(name, {})} for name, codes in sets.items()}
    shape = wording.shape(pages, {name: codes for name, codes in worded.items() if codes})
    return Folder(
        id=path.name,
        worded=wording.own(root, path, shape, taken),
        options=sets,
        prefix="" if is_door else f"{path.name}.",
        about=_one_of(found.get("about"), get_args(Subject), "oneself"),  # type: ignore[arg-type]  # exactly these
        clinical=structure.for_clinicians(found),
    )


def _one_of(node: Node | None, allowed: tuple[str, ...], otherwise: str) -> str:
    return otherwise if node is None else node.one_of(allowed)


def _used(content: Content, node: Node, borrowed: Instrument | None, reading: Reading) -> list[Page]:
    """The pages a door borrows; its condition comes before theirs, and it may insist on an answer."""
    found = node.fields("use", "pages show_if required")
    condition = reading.condition(found.get("show_if"))
    pages = _learnt(borrowed, reading) if borrowed else _section(content, found, reading)
    if "required" in found and found["required"].truth():
        pages = tuple(replace(page, items=_insist(page.items)) for page in pages)
    _check_nobody_must_be_named(node, pages)
    return [replace(page, show_if=both(condition, page.show_if)) for page in pages]


def _insist(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(replace(item, required=True) for item in items)


def _learnt(borrowed: Instrument, reading: Reading) -> tuple[Page, ...]:
    for item in borrowed.items:
        reading.known[item.fact] = item.known_as
    return borrowed.pages


def _section(content: Content, found: Mapping[str, Node], reading: Reading) -> tuple[Page, ...]:
    """Read the wanted pages of a section where it is used: its conditions may ask about the pages before it."""
    path = content.folders[found["use"].text()]
    own = read(content.root, path / STRUCTURE).fields(_SECTION, "options readers about")
    if path not in content.read:
        content.read[path] = _folder(content.root, path, own, list(own["pages"]))
    folder = content.read[path]
    nodes = {structure.page_id(node): node for node in own["pages"]}
    chosen = [member.one_of(tuple(nodes)) for member in found["pages"]] if "pages" in found else list(nodes)
    return _pages([nodes[id_] for id_ in chosen], folder, reading)


def _check_nobody_must_be_named(node: Node, pages: Iterable[Page]) -> None:
    """Refuse to demand own words about somebody who is not there: they may stay unnamed."""
    for item in _items(page for page in pages if page.about == "third_party"):
        if item.kind in _OWN_WORDS and (item.required or item.required_if):
            raise node.wrong(f"'{item.fact}' is about somebody else, who may stay unnamed, so it cannot be required")


def _pages(nodes: Iterable[Node], folder: Folder, reading: Reading) -> tuple[Page, ...]:
    pages = tuple(structure.page(node, folder, reading) for node in nodes)
    reading.forget(pages)
    return pages


def _items(pages: Iterable[Page]) -> Iterable[Item]:
    return (item for page in pages for item in page.items)


def _check_id(node: Node, path: Path) -> None:
    if node.text() != path.name:
        raise node.wrong(f"should be '{path.name}', as the folder is named")
