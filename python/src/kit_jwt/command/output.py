"""Where a command writes, for people or for machines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.errors import ConfigError, TokenError

from .failure import REFUSED, USAGE, CommandFailureError
from .style import printable, shows_colour, style_of
from .texts import Texts
from .world import World

# ECMAScript writes a lone surrogate as an escape, and UTF-8 has no bytes for it.
_SURROGATE: Final = re.compile("[\\ud800-\\udfff]")


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


class Output:
    """Where a command writes.

    Attributes:
        is_json: machines read it.
        style: for standard output.
    """

    def __init__(self, texts: Texts, world: World, command: str, *, is_json: bool) -> None:
        """Write to the streams of `world` in the name of `command`."""
        self.texts = texts
        self.world = world
        self.command = command
        self.is_json = is_json
        self.style = style_of(coloured=shows_colour(world.env, is_terminal=world.terminal.stdout))
        self._error_style = style_of(coloured=shows_colour(world.env, is_terminal=world.terminal.stderr))

    def result(self, value: JSONValue, text: str) -> None:
        """Write a result: the value for machines, on a line; the text for people."""
        self.world.write("stdout", f"{_SURROGATE.sub(_escaped, canonicalize(value))}\n" if self.is_json else text)

    def note(self, text: str) -> None:
        """Tell people what stands beside the result."""
        if not self.is_json:
            self.world.write("stderr", text)

    def failure(self, error: Exception) -> int:
        """Tell why a command ended, and give its exit status."""
        told = _explained(error, self.texts)
        if self.is_json:
            self.world.write("stdout", f"{canonicalize({'error': dict(told.members)})}\n")
        else:
            program = self.texts.name
            name = f"{program} {self.command}" if self.command in self.texts.commands else program
            hint = "" if told.cure is None else f"  {told.cure}\n"
            self.world.write("stderr", f"{self._error_style('red', f'{name}:')} {printable(told.sentence)}\n{hint}")
        return told.exit_status


@dataclass(frozen=True, slots=True)
class _Explained:
    exit_status: int
    members: Mapping[str, str]
    sentence: str
    cure: str | None = None


def _explained(error: Exception, texts: Texts) -> _Explained:
    if isinstance(error, CommandFailureError):
        members = {"code": error.code, "message": error.sentence}
        before = "" if error.code == "usage" else f"{error.code}: "
        return _Explained(error.exit_status, members, f"{before}{error.sentence}.")
    if isinstance(error, TokenError):
        return _of_code(texts, error.code, "claim", error.claim, REFUSED)
    if isinstance(error, ConfigError):
        return _of_code(texts, error.code, "variable", error.variable, USAGE)
    # Of another room above: its code is one of the program's.
    code = getattr(error, "code", None)
    if isinstance(code, str) and code in texts.codes:
        return _of_code(texts, code, "variable", None, USAGE)
    # Nothing of an unforeseen error is shown: its message could quote what was read.
    return _Explained(USAGE, {"code": "internal", "message": "unexpected"}, "internal error (unexpected).")


def _of_code(texts: Texts, code: str, member: str, name: str | None, exit_status: int) -> _Explained:
    text = texts.codes[code]
    members = {"code": code, "message": text.meaning, **({} if name is None else {member: name})}
    concerned = "" if name is None else f" ({name})"
    return _Explained(exit_status, members, f"{code}{concerned}: {text.meaning}", text.cure)
