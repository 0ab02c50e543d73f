"""What each translation was made from: `translations/<tag>/made_from.yaml`, a fingerprint of the Swedish by key.

When the Swedish changes, its fingerprint does, and the translation is stale until somebody says that it still holds.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.questionnaires.source import read

FILE = "made_from.yaml"
HEAD = "# The Swedish text each translation was made from, as a fingerprint. Written by `intake translations accept`.\n"


@dataclass(frozen=True)
class Stale:
    """A translation of another Swedish text than today's, both by fingerprint; `then` is empty where nobody said."""

    key: str
    then: str
    now: str

    @property
    def told(self) -> str:
        """What is wrong, in a line."""
        if not self.then:
            return "nobody has said which Swedish it was made from"
        return f"was made from an earlier Swedish text ({self.then}, now {self.now})"


def path_of(translations: Path, tag: str) -> Path:
    """Where the fingerprints of a language are kept."""
    return translations / tag / FILE


def read_origins(translations: Path, tag: str) -> dict[str, str]:
    """The fingerprints of a language; none where nobody has accepted anything yet."""
    path = path_of(translations, tag)
    if not path.is_file():
        return {}
    node = read(translations.parent, path)
    return {key: member.text() for key, member in node.entries().items()} if node.value is not None else {}


def write_origins(translations: Path, tag: str, origins: Mapping[str, str]) -> None:
    """Keep the fingerprints of a language, in the order given."""
    path = path_of(translations, tag)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + "".join(f'"{key}": "{each}"\n' for key, each in origins.items()), encoding="utf-8")


def stale(origins: Mapping[str, str], today: Mapping[str, str], worded: Collection[str]) -> list[Stale]:
    """The translations that were made from another text than today's."""
    return [
        Stale(key, origins.get(key, ""), now) for key, now in today.items() if key in worded and origins.get(key) != now
    ]


def accepted(
    origins: Mapping[str, str], today: Mapping[str, str], worded: Collection[str], keys: Collection[str]
) -> dict[str, str]:
    """The fingerprints after somebody said that `keys` still hold; what is gone or has no words is forgotten."""
    now = {key: today[key] if key in keys else origins.get(key, "") for key in today if key in worded}
    return {key: each for key, each in now.items() if each}
