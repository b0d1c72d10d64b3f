"""What the doctor says: generated from conformance/doctor.json and conformance/variables.json."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final, Literal

Level = Literal["error", "warning"]
"""A kit refuses what is an error; a careful operator would not leave what is a warning."""

Values = Mapping[str, str | int]
"""Values of a text, by name."""


@dataclass(frozen=True, slots=True)
class FindingText:
    """A kind of finding: `{names}` in its texts stand for values."""

    level: Level
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class VariableText:
    """What is told of a variable."""

    name: str
    example: str
    secret: bool
    default: int
    least: int
    most: int


_TEXTS: Final[Mapping[str, Any]] = json.loads((files("kit_jwt.command") / "texts.json").read_text(encoding="utf-8"))
_DOCTOR: Final[Mapping[str, Any]] = _TEXTS["doctor"]
_NUMBERS: Final = ("default", "least", "most")

HIDDEN: Final[str] = _DOCTOR["hidden"]
"""In the place of a value that looks like a secret."""
UNSET: Final[str] = _DOCTOR["unset"]
"""How a variable is removed from the environment."""
DELETE: Final[str] = _DOCTOR["delete"]
"""How a variable is removed from a file."""
LINES: Final[Mapping[str, str]] = _DOCTOR["lines"]
"""Lines that mend several findings."""
LABELS: Final[Mapping[str, str]] = _DOCTOR["labels"]
PHRASES: Final[Mapping[str, str]] = _DOCTOR["phrases"]
ALIASES: Final[Mapping[str, str]] = _DOCTOR["aliases"]
"""What variables of this meaning are called elsewhere."""
FINDINGS: Final = {code: FindingText(**text) for code, text in _DOCTOR["findings"].items()}
VARIABLE_TEXTS: Final = {
    row["name"]: VariableText(row["name"], row["example"], row["secret"], *(row.get(name, 0) for name in _NUMBERS))
    for row in _TEXTS["variables"]
}


def filled(text: str, values: Values) -> str:
    """A text with its values in the places of their names; once, so that a value that holds a name stays what it is.

    >>> filled("{one} and {two}", {"one": "{two}"})
    '{two} and {two}'
    """
    return re.sub(r"\{([a-z]+)\}", lambda match: str(values.get(match[1], match[0])), text)
