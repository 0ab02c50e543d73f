"""Every pair of colours that meets on a page can be told apart, in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).parent.parent.parent / "intake" / "static" / "app.css"
TEXT = [
    *((ink, ground) for ink in ("ink", "soft", "link") for ground in ("paper", "card", "glow")),
    *(("bad", ground) for ground in ("paper", "card", "bad-glow")),
    *((ink, "bad-glow") for ink in ("ink", "link")),
    ("on-deep", "deep"),
]
SHAPES = [
    *(("line", ground) for ground in ("paper", "card")),
    *(("ink", ground) for ground in ("paper", "card", "glow")),
    *((fill, "card") for fill in ("deep", "bad")),
]


def schemes() -> dict[str, dict[str, str]]:
    """The named colours in light and in dark; dark names only those it changes."""
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", block))
        for block in re.findall(r":root \{([^}]*)\}", SHEET.read_text(encoding="utf-8"))[:2]
    )
    return {"light": light, "dark": light | dark}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 (black) to 1 (white), of `#rgb` or `#rrggbb`."""
    digits = colour[1:] if len(colour) == len("#rrggbb") else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(scheme: str) -> None:
    named = schemes()[scheme]
    assert [pair for pair in TEXT if contrast(named[pair[0]], named[pair[1]]) < 4.5] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fields_and_buttons_can_be_seen(scheme: str) -> None:
    named = schemes()[scheme]
    assert [pair for pair in SHAPES if contrast(named[pair[0]], named[pair[1]]) < 3] == []


def test_black_on_white_has_the_contrast_the_standard_names() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
