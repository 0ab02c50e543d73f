"""YAML that remembers where it came from, so that every complaint names file and path.

`Node` wraps a value with its place; reading it through `text`, `number`, `mapping` and the like either gives the
kind of value asked for or raises a DefinitionError such as `audit/questionnaire.yaml: pages[2].show_if: …`.
"""

import hashlib
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from intake.errors import DefinitionError


class _Loader(yaml.CSafeLoader):
    """PyYAML's safe loader, minus its surprises: keys must be text and may not come twice, dates stay text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002  # PyYAML's own signature
        seen: set[str] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} is not text: quote it", key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: str(node.value))


@dataclass(frozen=True)
class Node:
    """A value in a definition file and its place."""

    file: str
    path: str
    value: Any

    @property
    def place(self) -> str:
        """The file and path as a person would look for it."""
        return f"{self.file}: {self.path}" if self.path else self.file

    def wrong(self, reason: str) -> DefinitionError:
        """An error that points here."""
        return DefinitionError(self.place, reason)

    def text(self) -> str:
        """The value as text that is not empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.wrong(f"should be text, not {_shown(self.value)}")
        return self.value.strip()

    def number(self) -> int:
        """The value as a whole number."""
        if type(self.value) is not int:
            raise self.wrong(f"should be a whole number, not {_shown(self.value)}")
        return self.value

    def truth(self) -> bool:
        """The value as true or false."""
        if not isinstance(self.value, bool):
            raise self.wrong(f"should be true or false, not {_shown(self.value)}")
        return self.value

    def one_of(self, allowed: tuple[str, ...]) -> str:
        """The value as one of the texts `allowed`."""
        if self.value not in allowed:
            raise self.wrong(f"should be one of {', '.join(allowed)}, not {_shown(self.value)}")
        return str(self.value)

    def texts(self) -> tuple[str, ...]:
        """The value as a list of texts."""
        return tuple(child.text() for child in self)

    def __iter__(self) -> Iterator["Node"]:
        """The members of a list."""
        if not isinstance(self.value, list):
            raise self.wrong(f"should be a list, not {_shown(self.value)}")
        for index, member in enumerate(self.value):
            yield Node(self.file, f"{self.path}[{index}]", member)

    def entries(self) -> dict[str, "Node"]:
        """The members of a mapping, in the order they are written."""
        if not isinstance(self.value, dict):
            raise self.wrong(f"should be a mapping, not {_shown(self.value)}")
        return {key: self._child(key) for key in self.value}

    def fields(self, required: str, optional: str = "") -> dict[str, "Node"]:
        """The members of a mapping with exactly these keys (space-separated); optional ones may be absent."""
        found = self.entries()
        for key in found:
            if key not in required.split() and key not in optional.split():
                raise self._child(key).wrong("is not a key that is known here")
        for key in required.split():
            if key not in found:
                raise self.wrong(f"lacks '{key}'")
        return found

    def _child(self, key: str) -> "Node":
        return Node(self.file, f"{self.path}.{key}" if self.path else key, self.value[key])


def read(root: Path, path: Path) -> Node:
    """Read a YAML file; its place is told relative to `root`. Raises DefinitionError when it is missing or broken."""
    name = path.relative_to(root).as_posix()
    try:
        return Node(name, "", _parsed(path.read_bytes()))
    except FileNotFoundError as error:
        raise DefinitionError(name, "the file is missing") from error
    except yaml.YAMLError as error:
        raise DefinitionError(name, _reason(error)) from error


@lru_cache(maxsize=2048)
def _parsed(content: bytes) -> object:
    """A section is used by several doors, in eleven languages: the same content is read through once."""
    return yaml.load(content, _Loader)  # noqa: S506  # a safe loader, made stricter


def digest(*paths: Path) -> str:
    """A short fingerprint of files, which says exactly which definition a score was made with."""
    content = hashlib.sha256()
    for path in paths:
        content.update(path.read_bytes() + b"\0")
    return content.hexdigest()[:16]


def _shown(value: object) -> str:
    return "nothing" if value is None else repr(value)[:60]


def _reason(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + 1}: {error.problem}"
    return str(error)
