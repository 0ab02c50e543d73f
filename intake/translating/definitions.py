"""The words of the definitions, text by text: read by path, and written back into the file without touching the rest.

A file is written by replacing texts where they stand, so its comments, its order and its manner of writing stay. A
language that has no file yet, or one in another order than the Swedish, is made from the Swedish file.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import yaml

from intake.errors import DefinitionError
from intake.questionnaires.loader import STRUCTURE
from intake.questionnaires.source import Node, read
from intake.questionnaires.words import SOURCE_LANGUAGE

FOLDER: Final = "questionnaires"
# Not words of the form: which language it is, where its wording comes from, and what excuses a difference.
PROVENANCE: Final = ("language", "status", "source", "wording_checked", "digits_differ")
UNREAD: Final = {
    "status": "unofficial",
    "source": "Own translation of the Swedish wording; not a published version, to be compared with one before use.",
    "wording_checked": "false",
}


def folders(root: Path) -> list[str]:
    """Every folder with words, by its path under `root`."""
    return sorted(path.parent.relative_to(root).as_posix() for path in root.rglob(f"{SOURCE_LANGUAGE}.yaml"))


def translatable(root: Path) -> list[str]:
    """The folders a language is translated in: all but instruments that exist in approved words alone."""
    return [folder for folder in folders(root) if not _is_official_only(root, root / folder / STRUCTURE)]


def languages(root: Path) -> set[str]:
    """Every language that has a file in any folder."""
    return {path.stem for folder in folders(root) for path in (root / folder).glob("*.yaml")} - _structures(root)


def words(root: Path, folder: str, tag: str) -> dict[str, Node]:
    """Every text of a folder in a language by its path; none where there is no file."""
    path = root / folder / f"{tag}.yaml"
    return {node.path: node for node in _texts(read(root, path))} if path.is_file() else {}


def excused(root: Path, folder: str, tag: str) -> set[str]:
    """The paths of a folder that may have other digits than the Swedish: the title, and what its file excuses."""
    path = root / folder / f"{tag}.yaml"
    said = read(root, path).entries() if path.is_file() else {}
    return {"title", *(said["digits_differ"].entries() if "digits_differ" in said else ())}


def name(folder: str, path: str) -> str:
    """What a text is called among all texts."""
    return f"{FOLDER}/{folder}:{path}"


def written(root: Path, folder: str, tag: str, translated: Mapping[str, str]) -> str:
    """The text of a folder's file in a language, with the words of `translated` by path.

    Raises DefinitionError where neither `translated` nor the file as it is has words for a text.
    """
    source, present = root / folder / f"{SOURCE_LANGUAGE}.yaml", root / folder / f"{tag}.yaml"
    wanted = list(words(root, folder, SOURCE_LANGUAGE))
    now = {path: str(node.value).strip() for path, node in words(root, folder, tag).items()}
    if list(now) == wanted:
        changed = {path: text for path, text in translated.items() if now.get(path) != text}
        return replaced(present.read_text(encoding="utf-8"), changed)
    whole = {**now, **translated}
    if lacking := [path for path in wanted if path not in whole]:
        raise DefinitionError(f"{folder}/{tag}.yaml", f"lacks {', '.join(lacking)}")
    text = source.read_text(encoding="utf-8")
    return replaced(text, {path: whole[path] for path in wanted}, _provenance(read(root, source), root, present, tag))


def replaced(text: str, changed: Mapping[str, str], values: Mapping[str, str] | None = None) -> str:
    """A YAML file with the texts at some paths replaced; `values` are written as they are given."""
    for path, node, flow in reversed(list(_scalars(yaml.compose(text, yaml.SafeLoader), ""))):
        start, end = node.start_mark.index, node.end_mark.index
        # A block reaches over the blank lines after it, and they stay.
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        if path in changed:
            text = (
                text[:start]
                + _in_the_manner_of(node, changed[path].strip(), "{{a: {}}}" if flow else "a: {}")
                + text[end:]
            )
        elif values and path in values:
            text = text[:start] + values[path] + text[end:]
    return text


def _provenance(source: Node, root: Path, present: Path, tag: str) -> dict[str, str]:
    """What a file made from the Swedish says of itself: as it did before, else that nobody has compared it."""
    known = read(root, present).entries() if present.is_file() else {}
    said = {key: json.dumps(node.value, ensure_ascii=False) for key, node in known.items() if key in UNREAD}
    own = {
        key: json.dumps(UNREAD[key]) if key == "source" else UNREAD[key] for key in source.entries() if key in UNREAD
    }
    return {"language": tag, **own, **said}


def _is_official_only(root: Path, structure: Path) -> bool:
    found = read(root, structure).entries() if structure.is_file() else {}
    return "translations" in found and found["translations"].value == "official_only"


def _structures(root: Path) -> set[str]:
    return {path.stem for path in root.glob("*.yaml")} | {"questionnaire", "cases"}


def _texts(node: Node) -> Iterator[Node]:
    if isinstance(node.value, str):
        yield node
    elif isinstance(node.value, dict):
        for key, child in node.entries().items():
            if node.path or key not in PROVENANCE:
                yield from _texts(child)
    elif isinstance(node.value, list):
        for child in node:
            yield from _texts(child)


def _scalars(node: yaml.Node | None, path: str, *, flow: bool = False) -> Iterator[tuple[str, yaml.ScalarNode, bool]]:
    """Every value that is no mapping and no list: its path, its node, and whether it stands between braces."""
    if isinstance(node, yaml.ScalarNode):
        yield path, node, flow
    elif isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            yield from _scalars(child, f"{path}[{index}]", flow=flow or bool(node.flow_style))
    elif isinstance(node, yaml.CollectionNode):
        for key, child in node.value:
            below = f"{path}.{key.value}" if path else key.value
            yield from _scalars(child, below, flow=flow or bool(node.flow_style))


def _in_the_manner_of(node: yaml.ScalarNode, text: str, around: str) -> str:
    """A text written as the one it replaces was: a block stays a block, a bare word bare where nothing can misread it.

    `around` is a line of YAML such as the text stands in.
    """
    if node.style == "|" and "\t" not in text:
        indent = " " * _indent(node)
        return "|\n" + "\n".join(f"{indent}{line}".rstrip() for line in text.split("\n"))
    if node.style is None and _is_read_as_it_is(text, around):
        return text
    if node.style == "'" and '"' in text and not set(text) & set("'\n"):
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)


def _is_read_as_it_is(text: str, around: str) -> bool:
    try:
        return bool(yaml.safe_load(around.format(text)) == {"a": text})
    except yaml.YAMLError:
        return False


def _indent(node: yaml.ScalarNode) -> int:
    """How far a block's lines stand in."""
    following = str(node.start_mark.buffer)[node.start_mark.pointer :].partition("\n")[2].lstrip("\n")
    return len(following) - len(following.lstrip(" "))
