"""What both languages' commands say: generated from conformance/command.json and conformance/errors.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class OptionText:
    """An option of a command; without `value` it is a switch."""

    name: str
    summary: str
    short: str | None = None
    value: str | None = None
    many: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A line that can be typed, and what it is for."""

    line: str
    about: str


@dataclass(frozen=True, slots=True)
class CommandText:
    """One command."""

    name: str
    summary: str
    about: tuple[str, ...]
    options: tuple[OptionText, ...]
    examples: tuple[Example, ...]
    operands: str = ""


@dataclass(frozen=True, slots=True)
class CodeText:
    """What an error code means, and what helps."""

    meaning: str
    cure: str


_TEXTS: Final[Mapping[str, Any]] = json.loads(
    (files("kit_jwt.command") / "texts.json").read_text(encoding="utf-8"),
)


def _command(text: Mapping[str, Any]) -> CommandText:
    options = tuple(OptionText(**option) for option in text["options"])
    examples = tuple(Example(**example) for example in text["examples"])
    members: dict[str, Any] = {**text, "about": tuple(text["about"]), "options": options, "examples": examples}
    return CommandText(**members)


NAME: Final[str] = _TEXTS["name"]
SUMMARY: Final[str] = _TEXTS["summary"]
EVERYWHERE: Final = tuple(OptionText(**option) for option in _TEXTS["everywhere"])
"""Options that every command has."""
COMMANDS: Final = {text["name"]: _command(text) for text in _TEXTS["commands"]}
CODES: Final = {code: CodeText(**text) for code, text in _TEXTS["codes"].items()}
