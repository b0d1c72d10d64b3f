"""The command line, from its words to an exit status."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from .arguments import read_arguments
from .command import Command
from .commands.completion import completion
from .commands.conformance import conformance
from .commands.doctor import doctor
from .commands.inspect import inspect
from .commands.jwks import jwks
from .commands.keygen import keygen
from .commands.policy import policy
from .commands.secret import secret
from .commands.sign import sign
from .commands.thumbprint import thumbprint
from .commands.verify import verify
from .failure import OK, USAGE, CommandFailureError, unknown
from .help import help_of, overview
from .output import Output
from .texts import COMMANDS, NAME, CommandText
from .world import World

_COMMANDS: Final[Mapping[str, Command]] = {
    "secret": secret,
    "keygen": keygen,
    "thumbprint": thumbprint,
    "jwks": jwks,
    "completion": completion,
    "sign": sign,
    "verify": verify,
    "inspect": inspect,
    "policy": policy,
    "doctor": doctor,
    "conformance": conformance,
}


# Windows lets half of a character through, which no file and no token can hold.
_HALF: Final = re.compile("[\\ud800-\\udfff]")
_HELP: Final = frozenset({"--help", "-h"})


def run(words: Sequence[str], world: World, version: str) -> int:
    """Run the command.

    Args:
        words: the command line after the name of the program.
        world: the machine.
        version: what `--version` tells.

    Returns:
        The exit status: 0; 1 for an invalid token or a denial; 2 for a mistake in usage or configuration.
    """
    name, *rest = [_HALF.sub("\ufffd", word) for word in words] or ["--help"]
    if name == "--version":
        world.write("stdout", f"{version}\n")
        return OK
    before = rest[: rest.index("--")] if "--" in rest else rest
    output = Output(world, name, is_json="--json" in before)
    try:
        if name in {*_HELP, "help"}:
            topic = next((word for word in rest if not word.startswith("-")), None)
            world.write("stdout", overview(output.style) if topic is None else help_of(_find(topic), output.style))
            return OK if words else USAGE
        command = _find(name)
        if _HELP.intersection(before):
            world.write("stdout", help_of(command, output.style))
            return OK
        return _COMMANDS[name](read_arguments(command, rest), world, output)
    except Exception as error:  # noqa: BLE001 # whatever it is, it is told without what it may quote
        return output.failure(error)


def _find(name: str) -> CommandText:
    if name in COMMANDS:
        return COMMANDS[name]
    sentence = "a command comes first, then its options" if name.startswith("-") else unknown("command", name)
    message = f"{sentence}; see '{NAME} --help'"
    raise CommandFailureError(message)
