"""The rules of the house, as tests over every file: what a reviewer would otherwise have to look for."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

HOUSE = Path(__file__).parent.parent.parent
FOLDERS = ("intake", "questionnaires", "templates", "tests", "translations", ".ci")
FOREIGN = ("__pycache__", "assets")
TEXT = (".css", ".html", ".in", ".js", ".md", ".po", ".py", ".svg", ".toml", ".txt", ".yaml", "")

# One character of a word stands in brackets where this file would break its own rule.
FORBIDDEN = {
    "the host of a package index": r"pyp[i]\.org|pythonhoste[d]|registry\.(npmj[s]|yarnpk[g])|index-ur[l]\W+\w+:/",
    "a path of one machine": r"(?<![\w.~-])/(work|root|farm|home/\w+|Users/\w+)[/]",
    "something unfinished": r"TOD[O]|FIXM[E]|\bXX[X]\b|NotImplemente[d]Error|pytest\.ski[p]|mark\.(ski[p]|xfai[l])",
    "a secret": r"-----BEGI[N] [A-Z ]*PRIVATE|\bAKI[A][0-9A-Z]{16}|\bgh[pousr]_\w{30}|\bxox[bp]-\w{8}|\bsk-\w{20}",
    "a Swedish personal number": r"(?<![\w-])(19|20)?\d\d[01]\d[0-9]\d[-+]\d{4}(?![\w-])",
}
PHYSICAL = re.compile(r"(margin|padding|border)-(left|right)|float:|text-align: *(left|right)|[;{\s](left|right):")
INLINE_CODE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)
SILENCED = re.compile(r"#\s*(noqa|type: ignore|pragma: no \w+)(?P<rest>.*)")
PHONE = re.compile(r"(?<![\w.:/+-])(?:\+46[ -]?(?:\(0\))?|0)[1-9](?:[ -]?\d){6,8}(?![\w.-])")
# PTS, telephone numbers for use in books and films: 031-390 06 00 to 49, 070-174 06 05 to 99, 08-465 004 00 to 99.
FICTION = re.compile(r"3139006([0-4]\d?)?|7017406(0[5-9]?|[1-9]\d?)?|8465004\d{0,2}")  # or the beginning of one
ATTRIBUTE = re.compile(r"([a-z-]+)=\"([^\"]*)\"")
ADDRESS = re.compile(r"(https?://)?(\w+\.)+[a-z]{2,}(/\w+)*")
BLOCK_VALUES = {"wide", "index"}  # what a page gives the layout for an attribute: {% block kind %}wide{% endblock %}
VISIBLE_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title"}


@cache
def files(top: str = "") -> list[Path]:
    """Every text file of ours, or those below the folder `top`."""
    below = [path for folder in ([top] if top else FOLDERS) for path in (HOUSE / folder).rglob("*")]
    beside = [] if top else [path for path in HOUSE.iterdir() if not path.name.startswith(".coverage")]
    ours = [path for path in [*below, *beside] if not set(path.parts) & set(FOREIGN)]
    return sorted(path for path in ours if path.is_file() and path.suffix in TEXT)


def lines(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """Every line of `paths` with its place, `path:number`."""
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield f"{path.relative_to(HOUSE)}:{number}", line


def places(rule: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [f"{place}: {line.strip()}" for place, line in lines(paths) if rule.search(line)]


def python() -> list[Path]:
    return [path for path in files() if path.suffix == ".py"]


def test_the_top_level_has_only_the_folders_the_client_fixed() -> None:
    shown = {path.name for path in HOUSE.iterdir() if path.is_dir() and not path.name.startswith(".")}
    made_by_running = {"instance", "shots"}
    assert shown - made_by_running <= set(FOLDERS)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    assert places(re.compile(FORBIDDEN[what]), files()) == []


def test_a_silenced_check_says_why() -> None:
    silenced = [(place, SILENCED.search(line)) for place, line in lines(python())]
    assert [place for place, found in silenced if found and "#" not in found["rest"]] == []


def test_a_dependency_and_an_ignored_rule_say_why() -> None:
    text = (HOUSE / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r"^(?:dependencies|dev|build|ignore|\"[\w/*]+\") = \[.*\n((?:  .*\n)+?)\]", text, re.MULTILINE)
    assert len(listed) > len(("dependencies", "dev", "build", "ignore"))
    assert [entry for entries in listed for entry in entries.splitlines() if "  # " not in entry] == []


def test_no_layer_of_the_architecture_is_optional() -> None:
    settings = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(rule for rule in settings["tool"]["importlinter"]["contracts"] if rule["type"] == "layers")
    assert layers["exhaustive"]
    assert [layer for layer in layers["layers"] if "(" in layer] == []


def test_a_module_has_at_most_250_lines() -> None:
    assert [path for path in python() if len(path.read_text(encoding="utf-8").splitlines()) > 250] == []


def test_a_function_has_at_most_50_lines() -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in python()}
    functions = [(path, node) for path, tree in trees.items() for node in ast.walk(tree)]
    assert [
        f"{path.relative_to(HOUSE)}: {node.name}"
        for path, node in functions
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 50
    ] == []


def test_a_template_has_at_most_120_lines() -> None:
    assert [path for path in files("templates") if len(path.read_text(encoding="utf-8").splitlines()) > 120] == []


def test_styles_work_from_right_to_left() -> None:
    styles = [path for path in files() if path.suffix == ".css"]
    assert styles
    assert places(PHYSICAL, styles) == []


def test_no_template_holds_code_or_style_of_its_own() -> None:
    assert files("templates")
    assert places(INLINE_CODE, files("templates")) == []


@pytest.mark.parametrize("template", files("templates"), ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_template_holds_no_words(template: Path) -> None:
    assert words(template.read_text(encoding="utf-8")) == []


def test_telephone_numbers_of_synthetic_people_are_from_the_series_for_fiction() -> None:
    synthetic = [path for path in python() if "tests" in path.parts or "demo" in path.name]
    found = [(place, number) for place, line in lines(synthetic) for number in PHONE.findall(line)]
    assert [entry for entry in found if not FICTION.fullmatch(national(entry[1]))] == []


def national(number: str) -> str:
    digits = re.sub(r"\D", "", number.removeprefix("+46"))
    return digits.removeprefix("0")


def words(template: str) -> list[str]:
    """What a person would read that is written in the template itself: text, and attributes shown or read out."""
    tokens = Environment(autoescape=True).lex(template)
    reader = Words()
    reader.feed("".join(value if kind == "data" else "|" * kind.endswith("_begin") for _, kind, value in tokens))
    texts = [text.strip() for found in reader.found for text in ATTRIBUTE.sub(shown, found).split("|")]
    return [text for text in texts if any(map(str.isalpha, text)) and not is_for_machines(text)]


def shown(attribute: re.Match[str]) -> str:
    """What a person meets of an attribute that a macro writes, outside any tag of its own."""
    return attribute[2] if attribute[1] in VISIBLE_ATTRIBUTES else ""


def is_for_machines(text: str) -> bool:
    return text in BLOCK_VALUES or ADDRESS.fullmatch(text) is not None


class Words(HTMLParser):
    """Collects text and the attributes a person meets."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.found += [value for name, value in attrs if name in VISIBLE_ATTRIBUTES and value]


def test_words_are_found_in_an_attribute_that_a_macro_writes() -> None:
    assert words('{% if x %} title="Hej" aria-describedby="{{ x }}-hint"{% endif %}') == ["Hej"]


def test_words_are_found_in_text_and_in_attributes_but_not_in_expressions() -> None:
    assert words("<p class='note' title='Hej'>{{ _('a.b') }} 112 {% if x %}du{% endif %}</p>") == ["Hej", "du"]
