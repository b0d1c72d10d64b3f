"""A program of several commands, from its words to an exit status."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from .arguments import Arguments, read_arguments
from .failure import OK, USAGE, CommandFailureError, unknown
from .help import help_of, overview
from .output import Output
from .texts import CommandText, Texts
from .world import World

_World = TypeVar("_World", bound=World)

# Windows lets half of a character through, which no file and no token can hold.
_HALF: Final = re.compile("[\\ud800-\\udfff]")
_HELP: Final = frozenset({"--help", "-h"})


def run_program(
    texts: Texts,
    commands: Mapping[str, Callable[[Arguments, _World, Output], int]],
    words: Sequence[str],
    world: _World,
    version: str,
) -> int:
    """Run a program.

    Args:
        texts: what it says.
        commands: what it does.
        words: the command line after its name.
        world: the machine.
        version: what `--version` tells.

    Returns:
        The exit status.
    """
    name, *rest = [_HALF.sub("\ufffd", word) for word in words] or ["--help"]
    if name == "--version":
        world.write("stdout", f"{version}\n")
        return OK
    before = rest[: rest.index("--")] if "--" in rest else rest
    output = Output(texts, world, name, is_json="--json" in before)
    try:
        if name in {*_HELP, "help"}:
            topic = next((word for word in rest if not word.startswith("-")), None)
            style = output.style
            world.write(
                "stdout", overview(texts, style) if topic is None else help_of(texts, _find(texts, topic), style)
            )
            return OK if words else USAGE
        command = _find(texts, name)
        if _HELP.intersection(before):
            world.write("stdout", help_of(texts, command, output.style))
            return OK
        return commands[name](read_arguments(texts, command, rest), world, output)
    except Exception as error:  # noqa: BLE001 # whatever it is, it is told without what it may quote
        return output.failure(error)


def _find(texts: Texts, name: str) -> CommandText:
    if name in texts.commands:
        return texts.commands[name]
    sentence = "a command comes first, then its options" if name.startswith("-") else unknown("command", name)
    message = f"{sentence}; see '{texts.name} --help'"
    raise CommandFailureError(message)
