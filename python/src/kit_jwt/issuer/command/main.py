"""The command line of the issuer, from its words to an exit status."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.output import Output
from kit_jwt.command.program import run_program

from .commands.doctor import doctor
from .commands.init import init
from .commands.keys import keys
from .commands.mint import mint
from .commands.revoke import revoke
from .commands.rewrap import rewrap
from .commands.rotate import rotate
from .commands.serve import serve
from .texts import TEXTS
from .world import IssuerWorld

_COMMANDS: Final[Mapping[str, Callable[[Arguments, IssuerWorld, Output], int]]] = {
    "init": init,
    "serve": serve,
    "rotate": rotate,
    "revoke": revoke,
    "rewrap": rewrap,
    "keys": keys,
    "mint": mint,
    "doctor": doctor,
}


def run(words: Sequence[str], world: IssuerWorld, version: str) -> int:
    """Run a command of the issuer.

    Args:
        words: the command line after the name of the program.
        world: the machine.
        version: what `--version` tells.

    Returns:
        The exit status: 0; 1 where it is too early to rotate; 2 for a mistake in usage or configuration.
    """
    return run_program(TEXTS, _COMMANDS, words, world, version)
