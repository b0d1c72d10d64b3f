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


@dataclass(frozen=True, slots=True)
class Texts:
    """What a program of several commands says.

    Attributes:
        name: of the program.
        summary: what it is for.
        everywhere: options that every command has.
        commands: by name.
        codes: of errors.
        more: where else to look, at the end of the overview; empty where there is nothing.
    """

    name: str
    summary: str
    everywhere: tuple[OptionText, ...]
    commands: Mapping[str, CommandText]
    codes: Mapping[str, CodeText]
    more: str = ""


def _command(text: Mapping[str, Any]) -> CommandText:
    options = tuple(OptionText(**option) for option in text["options"])
    examples = tuple(Example(**example) for example in text["examples"])
    members: dict[str, Any] = {**text, "about": tuple(text["about"]), "options": options, "examples": examples}
    return CommandText(**members)


def read_texts(package: str) -> Texts:
    """The texts of a program, as its package ships them."""
    texts: Mapping[str, Any] = json.loads((files(package) / "texts.json").read_text(encoding="utf-8"))
    return Texts(
        texts["name"],
        texts["summary"],
        tuple(OptionText(**option) for option in texts["everywhere"]),
        {text["name"]: _command(text) for text in texts["commands"]},
        {code: CodeText(**text) for code, text in texts["codes"].items()},
        texts.get("more", ""),
    )


TEXTS: Final = read_texts("kit_jwt.command")
