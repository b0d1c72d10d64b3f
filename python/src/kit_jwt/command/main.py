"""The command line, from its words to an exit status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

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
from .program import run_program
from .texts import TEXTS
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


def run(words: Sequence[str], world: World, version: str) -> int:
    """Run the command.

    Args:
        words: the command line after the name of the program.
        world: the machine.
        version: what `--version` tells.

    Returns:
        The exit status: 0; 1 for an invalid token or a denial; 2 for a mistake in usage or configuration.
    """
    return run_program(TEXTS, _COMMANDS, words, world, version)
