"""Which keys the service uses: those its code and templates name, and those they put together from a code.

Code and templates are read as Python and Jinja read them. A key that stands whole in a call is wanted; a key that is
put together (`"state." ~ code`, `f"error.{code}.heading"`) is a pattern; and any text in code, templates or
definitions that is exactly a key counts as its use, for keys that are looked up in a table first.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, nodes

CALLS: Final = frozenset({"_", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext"})
_PLURAL: Final = frozenset({"ngettext", "lazy_ngettext"})
_SHAPE = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_\-]+)+")
_ANYTHING = "[a-z0-9_.-]+"
_STAFF = ("staff", "watch")


@dataclass(frozen=True)
class Wanted:
    """A key that stands whole in a call: whether it counts something, and where it stands (of all places, the last)."""

    key: str
    plural: str
    place: str


@dataclass(frozen=True)
class Use:
    """What is used: keys named whole, patterns of keys put together, and every text that has a key's shape."""

    wanted: Mapping[str, Wanted]
    patterns: tuple[re.Pattern[str], ...]
    texts: frozenset[str]

    def uses(self, key: str) -> bool:
        """Tell whether a key is used."""
        return key in self.wanted or key in self.texts or any(each.fullmatch(key) for each in self.patterns)


def find(code: Path, templates: Path, questionnaires: Path) -> Use:
    """Read every module, template and definition there is."""
    found = Found()
    for path in sorted(code.rglob("*.py")):
        found.read_code(f"intake/{path.relative_to(code).as_posix()}", path.read_text(encoding="utf-8"))
    for path in sorted(templates.rglob("*.html")):
        found.read_template(f"templates/{path.relative_to(templates).as_posix()}", path.read_text(encoding="utf-8"))
    for path in sorted(questionnaires.rglob("*.yaml")):
        found.texts |= set(_SHAPE.findall(path.read_text(encoding="utf-8")))
    return found.use()


def domain_of(place: str) -> str:
    """Which catalog a key belongs in that has no words yet: staff's when only staff's pages name it."""
    return "staff" if place.split("/")[1] in _STAFF else "public"


class Found:
    """What has been found so far, file by file."""

    def __init__(self) -> None:
        self._wanted: dict[str, Wanted] = {}
        self._patterns: set[str] = set()
        self.texts: set[str] = set()

    def use(self) -> Use:
        """Everything found."""
        return Use(self._wanted, tuple(re.compile(each) for each in sorted(self._patterns)), frozenset(self.texts))

    def read_code(self, place: str, text: str) -> None:
        """Look through a module."""
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                self.texts.add(node.value)
            elif isinstance(node, ast.Call) and _name(node.func) in CALLS and node.args:
                told = [_whole(arg) for arg in node.args]
                self._called(place, _in_code(node.args[0]), _plural(_name(node.func), told))

    def read_template(self, place: str, text: str) -> None:
        """Look through a template."""
        parsed = Environment(autoescape=True).parse(text)
        self.texts |= {node.value for node in parsed.find_all(nodes.Const) if isinstance(node.value, str)}
        for call in parsed.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in CALLS and call.args:
                told = [arg.value if isinstance(arg, nodes.Const) else None for arg in call.args]
                self._called(place, _in_template(call.args[0]), _plural(call.node.name, told))

    def _called(self, place: str, keys: Iterable[tuple[str | None, ...]], plural: str) -> None:
        """Note keys, each given in parts; a part that is only known at run time is None."""
        for parts in keys:
            if None not in parts:
                key = "".join(part for part in parts if part)
                earlier = self._wanted.get(key)
                # A key that any public page names is the public's.
                public = earlier is not None and domain_of(earlier.place) == "public"
                self._wanted[key] = Wanted(key, plural, earlier.place if earlier and public else place)
            elif parts[0]:
                self._patterns.add("".join(_ANYTHING if part is None else re.escape(part) for part in parts))


def _in_code(node: ast.expr) -> Iterator[tuple[str | None, ...]]:
    if isinstance(node, ast.IfExp):
        yield from _in_code(node.body)
        yield from _in_code(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield tuple(_whole(part) for part in node.values)
    else:
        yield (_whole(node),)


def _in_template(node: nodes.Expr) -> Iterator[tuple[str | None, ...]]:
    if isinstance(node, nodes.CondExpr):
        yield from _in_template(node.expr1)
        if node.expr2 is not None:
            yield from _in_template(node.expr2)
    elif isinstance(node, nodes.Concat):
        yield tuple(part.value if isinstance(part, nodes.Const) else None for part in node.nodes)
    elif isinstance(node, nodes.Const):
        yield (node.value,)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _whole(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _plural(called: str, told: list[str | None]) -> str:
    return told[1] or "" if called in _PLURAL and len(told) > 1 else ""
