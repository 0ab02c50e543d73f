"""A language that nobody speaks, to test with: accented, some 40 per cent longer, each text between brackets.

What stands on a page without brackets is not in the catalogs, and what does not fit will not fit in Finnish either.
"""

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Final

from intake import catalogs
from intake.errors import DefinitionError
from intake.questionnaires.source import Node
from intake.translating import definitions
from intake.translating.messages import in_line
from intake.translating.texts import Content

TAG: Final = "en-x-pseudo"
MODEL: Final = "en"
PADDING: Final = "one two three four five six seven eight nine ten eleven twelve"
SHARE: Final = 0.4
LISTED: Final = "languages.yaml"
PARTS: Final = ("questionnaires", "translations")

_ACCENTED = str.maketrans("ABCDEGHIKLNORSTUWYZabcdeghiklnorstuwyz", "ÅßÇÐÉĜĤÎĶĻÑÖŔŠŢÛŴÝŽåƀçðéĝĥîķļñöŕšţûŵýž")
_MARK = re.compile(r"(?:[-*#]+|\d+[.)])\s+")
# Placeholders, addresses of the web and of mail, targets of links: as they are in every language.
_KEPT = re.compile(r"(%\(\w+\)[a-z]|%%|https?://\S+|\S+@\S+|\]\([^)]*\)|\{\w+\})")


def pseudo(text: str) -> str:
    """A text in the language nobody speaks: its placeholders, markup, digits, lines and addresses are kept."""
    if not text.strip():
        return text
    parts = _KEPT.split(text.strip())
    said = "".join(part if index % 2 else part.translate(_ACCENTED) for index, part in enumerate(parts))
    # A mark of a list or a heading counts only where nothing stands before it.
    mark = _MARK.match(said)
    head = mark[0] if mark else ""
    return f"{head}[{said.removeprefix(head)} {padding(len(text))}]"


def padding(length: int) -> str:
    """Words that make a text of a length some 40 per cent longer."""
    words = cycle(PADDING.translate(_ACCENTED).split())
    said = next(words)
    while len(said) < length * SHARE:
        said = f"{said} {next(words)}"
    return said


def write_content(content: Content, folder: Path) -> None:
    """Write a content folder with everything of `content` and the language besides.

    What an earlier time wrote is replaced; a folder that holds other content is refused with a DefinitionError.
    """
    if any((folder / part).exists() for part in PARTS) and not (folder / "translations" / TAG).is_dir():
        raise DefinitionError(str(folder), "holds content of its own; name another folder")
    for part in PARTS:
        shutil.rmtree(folder / part, ignore_errors=True)
        shutil.copytree(content.folder / part, folder / part)
    made = Content(folder)
    listed = made.translations / LISTED
    if listed.is_file():
        listed.write_text(
            f'{listed.read_text(encoding="utf-8")}{TAG}: {{name: "{pseudo("Pseudo")}"}}\n', encoding="utf-8"
        )
    for domain in made.domains(MODEL):
        model = made.catalog(MODEL, domain)
        entries = {key: replace(entry, words=tuple(map(pseudo, entry.words))) for key, entry in model.entries.items()}
        head = catalogs.parse(catalogs.new_head(TAG, domain, made.locale(TAG)) + "\n")
        path = catalogs.path_of(made.translations, TAG, domain)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(catalogs.written(in_line(model, replace(head, entries=entries))), encoding="utf-8")
    for name in definitions.folders(made.questionnaires):
        _write_definitions(made.questionnaires / name, definitions.words(made.questionnaires, name, MODEL))


def _write_definitions(folder: Path, words: Mapping[str, Node]) -> None:
    """One folder's file, like the English: what it excuses is excused here too."""
    said = {path: pseudo(str(node.value)) for path, node in words.items()}
    text = (folder / f"{MODEL}.yaml").read_text(encoding="utf-8")
    (folder / f"{TAG}.yaml").write_text(definitions.replaced(text, said, {"language": TAG}), encoding="utf-8")
