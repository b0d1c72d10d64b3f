"""Colours, and text that cannot play tricks on a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, Literal

Mark = Literal["bold", "dim", "red", "green", "yellow", "cyan"]
Style = Callable[[Mark, str], str]
"""Marks text for a terminal; leaves it alone where there is none."""

_CODES: Final[Mapping[Mark, int]] = {"bold": 1, "dim": 2, "red": 31, "green": 32, "yellow": 33, "cyan": 36}

# Control and formatting characters, lone surrogates: what could move the cursor, hide text or turn it around.
_UNSAFE: Final = re.compile(
    "[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff"
    "\\ufff9-\\ufffb\\ud800-\\udfff\\U000e0000-\\U000e0fff]"
)


def style_of(*, coloured: bool) -> Style:
    """How a stream marks text, with colours or without."""
    if not coloured:
        return lambda _, text: text
    return lambda name, text: f"\x1b[{_CODES[name]}m{text}\x1b[0m"


def shows_colour(env: Mapping[str, str], *, is_terminal: bool) -> bool:
    """Colours are for terminals, unless `NO_COLOR` is set to anything (no-color.org) or the terminal is dumb."""
    return is_terminal and not env.get("NO_COLOR") and env.get("TERM") != "dumb"


def printable(text: str) -> str:
    r"""Text of a token or a file, as it may be shown on a terminal: what does not print is written as `\uXXXX`."""
    return _UNSAFE.sub(lambda match: _escaped(match[0]), text)


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
