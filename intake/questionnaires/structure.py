"""From YAML nodes to pages, items, scores and bands: the part of a questionnaire that no language changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import get_args

from intake.questionnaires.model import Item, ItemKind, Page, Subject
from intake.questionnaires.referrers import Names
from intake.questionnaires.scheme import Band, Column, Scheme, Score
from intake.questionnaires.source import Node
from intake.questionnaires.words import Worded
from intake.rules import Condition, Fact, RuleError, parse

# What bands may ask about a person; in a door the section `about` answers, in a CSV file a column does.
GIVEN: Mapping[str, Fact] = {
    "sex": Fact("text", frozenset({"female", "male"}), "about.sex"),
    "age": Fact("number", name="about.age"),
}
PAGE_KEYS = "items show_if skip_if presents ends"
LONGEST_TEXT = {"text": 100, "phone": 40, "email": 254, "lines": 1000}


@dataclass(frozen=True)
class Folder:
    """What every page of a folder shares: its id, its words, and its named answer sets (code → score or None).

    `prefix` is what the names of its facts begin with; a door's own facts have none. `about` says whom they are about.
    What is answered in a `clinical` folder is read by clinicians alone.
    """

    id: str
    worded: Worded
    options: Mapping[str, Mapping[str, int | None]]
    prefix: str
    about: Subject = "oneself"
    clinical: bool = False


@dataclass
class Reading:
    """The facts known so far while pages are read in order; each page may only name facts made before it."""

    known: dict[str, Fact] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)

    def condition(self, node: Node | None) -> Condition | None:
        """Parse a condition over what is known here."""
        if node is None:
            return None
        try:
            return parse(node.text(), self.known)
        except RuleError as error:
            raise node.wrong(str(error)) from error

    def learn(self, item: Item) -> None:
        """Add the fact an item makes, under its full name and, for its own folder, its short one."""
        made = item.known_as
        if item.shared:
            made = replace(made, codes=made.codes | self.known.get(item.fact, made).codes)
            self.shared.add(item.fact)
        self.known[item.fact] = made
        self.known[item.name] = made

    def forget(self, pages: tuple[Page, ...]) -> None:
        """Drop the short names of a folder whose pages have all been read."""
        for page in pages:
            for item in page.items:
                if item.name != item.fact:
                    self.known.pop(item.name, None)


def options(node: Node | None, taken: Names | None = None) -> Mapping[str, Mapping[str, int | None]]:
    """Read named answer sets: `{name: {code: score}}` for instruments, `{name: [code, …]}` otherwise.

    `taken` holds the answers of those sets that stand in a list of their own.
    """
    return {
        name: _taken_set(given, taken[name]) if taken and name in taken else _set(given)
        for name, given in (node.entries() if node else {}).items()
    }


def _set(given: Node) -> Mapping[str, int | None]:
    if isinstance(given.value, dict):
        return {code: score.number() for code, score in given.entries().items()}
    return _once(given, given.texts())


def _taken_set(given: Node, listed: Mapping[str, str]) -> Mapping[str, int | None]:
    also = given.entries().get("also")
    return _once(given, (*listed, *(also.texts() if also else ())))


def _once(given: Node, codes: tuple[str, ...]) -> Mapping[str, int | None]:
    if len(set(codes)) < len(codes):
        raise given.wrong("has the same code twice")
    return dict.fromkeys(codes)


def for_clinicians(found: Mapping[str, Node]) -> bool:
    """Tell whether a folder says `readers: clinician`; the key has no other value, and without it all staff read."""
    return "readers" in found and bool(found["readers"].one_of(("clinician",)))


def page_id(node: Node) -> str:
    """The id of a page, before the rest of it can be read."""
    return node.fields("id", PAGE_KEYS)["id"].text()


def page(node: Node, folder: Folder, reading: Reading) -> Page:
    """Read one page; its conditions may name facts made before it, `required_if` also those of the page itself."""
    found = node.fields("id", PAGE_KEYS)
    show_if, skip_if = reading.condition(found.get("show_if")), reading.condition(found.get("skip_if"))
    nodes = tuple(found["items"]) if "items" in found else ()
    items = tuple(_item(member, folder) for member in nodes)
    for item, member in zip(items, nodes, strict=True):
        if item.fact in reading.known and not (item.shared and item.fact in reading.shared):
            raise member.wrong(f"'{item.fact}' is asked twice")
        reading.learn(item)
    items = tuple(
        replace(item, required_if=reading.condition(member.entries().get("required_if")))
        for item, member in zip(items, nodes, strict=True)
    )
    presents = found["presents"].text() if "presents" in found else ""
    ends = "ends" in found and found["ends"].truth()
    if not items and not presents:
        raise node.wrong("has neither items nor anything it presents")
    if items and ends:
        raise node.wrong("ends the form, so it cannot ask anything")
    return Page(
        id=found["id"].text(),
        items=items,
        show_if=show_if,
        skip_if=skip_if,
        presents=presents,
        source=folder.id,
        worded=folder.worded,
        ends=ends,
        about=folder.about,
        clinical=folder.clinical,
    )


_ITEM_KEYS = (
    "options required required_if unknown exclusive none_is_an_answer min max max_length autocomplete picture loinc "
    "shared"
)


def _item(node: Node, folder: Folder) -> Item:
    found = node.fields("name kind", _ITEM_KEYS)
    name, kind = found["name"].text(), found["kind"].one_of(get_args(ItemKind))
    chosen = _options_of(node, kind, folder)
    minimum, maximum = (found[key].number() if key in found else 0 for key in ("min", "max"))
    if kind == "number" and not 0 <= minimum < maximum:
        raise node.wrong("a number needs min and max, with 0 <= min < max")
    return Item(
        name=name,
        fact=name if name == folder.id else f"{folder.prefix}{name}",
        kind=kind,  # type: ignore[arg-type]  # one_of allows exactly the kinds there are
        options=found["options"].text() if "options" in found else "",
        codes=tuple(chosen),
        scores={code: score for code, score in chosen.items() if score is not None},
        required="required" in found and found["required"].truth(),
        unknown=_codes(found.get("unknown"), chosen),
        exclusive=_codes(found.get("exclusive"), chosen),
        none_is_an_answer="none_is_an_answer" in found and found["none_is_an_answer"].truth(),
        minimum=minimum,
        maximum=maximum,
        max_length=found["max_length"].number() if "max_length" in found else LONGEST_TEXT.get(kind, 0),
        autocomplete=found["autocomplete"].text() if "autocomplete" in found else "off",
        picture=found["picture"].text() if "picture" in found else "",
        loinc=found["loinc"].text() if "loinc" in found else "",
        shared="shared" in found and found["shared"].truth(),
    )


def _options_of(node: Node, kind: str, folder: Folder) -> Mapping[str, int | None]:
    named = node.entries().get("options")
    if (named is None) == (kind in ("choice", "choices")):
        raise node.wrong(f"a {kind} {'needs' if named is None else 'has no'} options")
    if named is None:
        return {}
    if named.text() not in folder.options:
        raise named.wrong(f"there are no options called '{named.text()}'")
    return folder.options[named.text()]


def _codes(node: Node | None, allowed: Mapping[str, int | None]) -> frozenset[str]:
    if node is None:
        return frozenset()
    for member in node:
        if member.text() not in allowed:
            raise member.wrong(f"'{member.text()}' is not one of the options")
    return frozenset(node.texts())


def scores(node: Node, items: Mapping[str, Item]) -> Mapping[str, Score]:
    """Read the sums; each must be over scored items of the instrument, and `total` must be among them."""
    found: dict[str, Score] = {}
    for id_, given in node.entries().items():
        parts = given.fields("sum range" if id_ == "total" else "sum", "range loinc")
        for member in parts["sum"]:
            if member.text() not in items or not items[member.text()].scored:
                raise member.wrong(f"'{member.text()}' is not a scored item")
        published = ends(parts["range"]) if "range" in parts else None
        found[id_] = Score(id_, parts["sum"].texts(), published, parts["loinc"].text() if "loinc" in parts else "")
    if "total" not in found:
        raise node.wrong("lacks 'total'")
    return found


def schemes(node: Node | None, sums: Mapping[str, Score], given: tuple[str, ...]) -> Mapping[str, Scheme]:
    """Read the band schemes; conditions on columns may only ask about what the instrument is given (age, sex)."""
    reading = Reading({name: GIVEN[name] for name in given})
    found: dict[str, Scheme] = {}
    for id_, entry in (node.entries() if node else {}).items():
        parts = entry.fields("score citation verified columns", "staff_only")
        found[id_] = Scheme(
            id=id_,
            score=parts["score"].one_of(tuple(sums)),
            citation=parts["citation"].text(),
            verified=parts["verified"].one_of(("seen", "general-knowledge", "uncertain")),
            columns=tuple(_column(member, reading) for member in parts["columns"]),
            staff_only="staff_only" in parts and parts["staff_only"].truth(),
        )
    return found


def _column(node: Node, reading: Reading) -> Column:
    found = node.fields("bands", "when")
    return Column(
        when=reading.condition(found.get("when")),
        bands=tuple(_band(code, member) for code, member in found["bands"].entries().items()),
    )


def _band(code: str, node: Node) -> Band:
    low, high = ends(node)
    return Band(code, low, high)


def ends(node: Node) -> tuple[int, int]:
    """Read `[lowest, highest]`, both included."""
    match [member.number() for member in node]:
        case [low, high] if low <= high:
            return low, high
    raise node.wrong("should be [lowest, highest]")
