"""In which language an instrument is put to somebody: not every one may be asked in the language of the page."""

from collections.abc import Iterator


def truncations(tag: str) -> Iterator[str]:
    """A language tag, then ever wider ones, none that ends in what only introduces more: `sv-x-lattlast`, `sv`."""
    parts = tag.split("-")
    while parts:
        if len(parts[-1]) > 1:
            yield "-".join(parts)
        parts.pop()
