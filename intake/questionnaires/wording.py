"""From YAML nodes to the words of a questionnaire in one language, checked to cover its structure exactly."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from intake.errors import DefinitionError
from intake.questionnaires.referrers import REFERRERS, Names
from intake.questionnaires.scheme import Scheme
from intake.questionnaires.source import Node, digest, read
from intake.questionnaires.words import SOURCE_LANGUAGE, BandWords, ItemWords, PageWords, Worded, Words

NOT_WORDS = ("questionnaire", "cases")

_STATUSES = ("official", "validated", "unofficial")
_OPTIONAL = "intro stem items options pages scores bands lists digits_differ"


@dataclass(frozen=True)
class Shape:
    """What a language file must cover: items, answer sets, subscores and bands in order, and the pages there are.

    A page that does not consist of exactly one question needs a heading of its own.
    """

    items: tuple[str, ...]
    options: Mapping[str, tuple[str, ...]]
    scores: tuple[str, ...]
    bands: Mapping[str, tuple[str, ...]]
    pages: tuple[str, ...]
    headed: tuple[str, ...]


def shape(pages: Iterable[Node], options: Mapping[str, Mapping[str, int | None]]) -> Shape:
    """Derive from the structure what the words of a section or a door must cover."""
    asked = {page.entries()["id"].text(): _item_names(page) for page in pages}
    return Shape(
        items=tuple(dict.fromkeys(name for names in asked.values() for name in names)),
        options={name: tuple(codes) for name, codes in options.items()},
        scores=(),
        bands={},
        pages=tuple(asked),
        headed=tuple(id_ for id_, names in asked.items() if len(names) != 1),
    )


def scored_shape(plain: Shape, scores: Iterable[str], schemes: Mapping[str, Scheme]) -> Shape:
    """What the words of an instrument must cover besides: the names of its subscores, and its bands."""
    bands = {id_: _band_codes(scheme) for id_, scheme in schemes.items()}
    return replace(plain, scores=tuple(id_ for id_ in scores if id_ != "total"), bands=bands)


def languages(path: Path) -> list[str]:
    """The languages a folder has words in: a YAML file each, named by the language."""
    found = sorted(file.stem for file in path.glob("*.yaml") if file.stem not in NOT_WORDS)
    return found if SOURCE_LANGUAGE in found else [SOURCE_LANGUAGE, *found]


def own(root: Path, path: Path, shape: Shape, taken: Names) -> Worded:
    """Read a section or a door, our own questions, in every language there is; names `taken` from a list fit in all."""

    def make(node: Node, tag: str) -> Words:
        return _named(_words(node.fields("language title", _OPTIONAL), tag), taken)

    return _in_all_languages(root, path, shape, make, *([root / REFERRERS] if taken else []))


def instrument(root: Path, path: Path, shape: Shape) -> Worded:
    """Read an instrument in every language there is; each says where its wording comes from and if it was checked."""
    return _in_all_languages(root, path, shape, _instrument_words)


def _in_all_languages(root: Path, path: Path, shape: Shape, make: Callable[[Node, str], Words], *lists: Path) -> Worded:
    """Read every language file; raise DefinitionError for the Swedish, leave out any other that is wrong."""
    found: dict[str, Words] = {}
    refused: dict[str, str] = {}
    for tag in languages(path):
        file = path / f"{tag}.yaml"
        try:
            node = read(root, file)
            words = make(node, tag)
            check_cover(node, shape)
        except DefinitionError as error:
            if tag == SOURCE_LANGUAGE:
                raise
            refused[tag] = str(error)
        else:
            found[tag] = replace(words, digest=digest(file, *lists))
    return Worded(found, refused)


def check_cover(node: Node, shape: Shape) -> None:
    """Refuse one language file that does not cover the structure exactly."""
    same_keys(_at(node, "items"), shape.items)
    same_keys(_at(node, "options"), tuple(shape.options))
    for name, codes in shape.options.items():
        same_keys(_at(_at(node, "options"), name), codes)
    same_keys(_at(node, "scores"), shape.scores)
    same_keys(_at(node, "bands"), tuple(shape.bands))
    for scheme, codes in shape.bands.items():
        same_keys(_at(_at(node, "bands"), scheme), codes)
    pages = _at(node, "pages")
    for id_ in shape.headed:
        if id_ not in pages.entries():
            raise pages.wrong(f"lacks '{id_}'")
    for id_, entry in pages.entries().items():
        if id_ not in shape.pages:
            raise entry.wrong("is no page of the structure")


def _instrument_words(node: Node, language: str) -> Words:
    found = node.fields("language title status source wording_checked", _OPTIONAL)
    return replace(
        _words(found, language),
        status=found["status"].one_of(_STATUSES),  # type: ignore[arg-type]  # one_of allows exactly these
        source=found["source"].text(),
        wording_checked=found["wording_checked"].truth(),
    )


def _named(words: Words, taken: Names) -> Words:
    named = {name: {**listed, **words.options.get(name, {})} for name, listed in taken.items()}
    return replace(words, options={**words.options, **named})


def _words(found: Mapping[str, Node], language: str) -> Words:
    if found["language"].text() != language:
        raise found["language"].wrong(f"should be {language}, as the file is named")
    lists = _entries(found, "lists")
    items = _entries(found, "items")
    for name, entry in lists.items():
        if name not in items:
            raise entry.wrong("belongs to no item")
    return Words(
        language=language,
        title=found["title"].text(),
        status="own",
        source="",
        wording_checked=True,
        intro=_optional(found, "intro"),
        stem=_optional(found, "stem"),
        items={name: _item(entry, lists.get(name)) for name, entry in items.items()},
        options={name: _texts(entry) for name, entry in _entries(found, "options").items()},
        pages={name: _page(entry) for name, entry in _entries(found, "pages").items()},
        scores={name: entry.text() for name, entry in _entries(found, "scores").items()},
        bands={
            scheme: {code: _band(member) for code, member in entry.entries().items()}
            for scheme, entry in _entries(found, "bands").items()
        },
    )


def _item_names(page: Node) -> tuple[str, ...]:
    items = page.entries().get("items")
    return tuple(member.entries()["name"].text() for member in items) if items else ()


def _band_codes(scheme: Scheme) -> tuple[str, ...]:
    return tuple(dict.fromkeys(band.code for column in scheme.columns for band in column.bands))


def _at(node: Node, key: str) -> Node:
    path = f"{node.path}.{key}" if node.path else key
    return Node(node.file, path, node.value.get(key, {}) if isinstance(node.value, dict) else {})


def same_keys(node: Node, wanted: tuple[str, ...]) -> None:
    """Refuse a mapping that has other keys than those wanted, or has them in another order."""
    found = tuple(node.entries())
    for key in wanted:
        if key not in found:
            raise node.wrong(f"lacks '{key}'")
    for key in found:
        if key not in wanted:
            raise node.wrong(f"has '{key}', which the structure does not")
    if found != wanted:
        raise node.wrong(f"is in another order than the structure: {', '.join(wanted)}")


def _entries(found: Mapping[str, Node], key: str) -> Mapping[str, Node]:
    return found[key].entries() if key in found else {}


def _optional(found: Mapping[str, Node], key: str) -> str:
    return found[key].text() if key in found else ""


def _texts(node: Node) -> Mapping[str, str]:
    return {code: entry.text() for code, entry in node.entries().items()}


def _item(node: Node, extra: Node | None) -> ItemWords:
    found = node.fields("text", "hint")
    hint = _optional(found, "hint")
    if extra is None:
        return ItemWords(found["text"].text(), hint)
    listed = extra.fields("heading entries")
    return ItemWords(found["text"].text(), hint, listed["heading"].text(), listed["entries"].texts())


def _page(node: Node) -> PageWords:
    found = node.fields("heading", "text")
    return PageWords(found["heading"].text(), _optional(found, "text"))


def _band(node: Node) -> BandWords:
    found = node.fields("label", "text")
    return BandWords(found["label"].text(), _optional(found, "text"))
