"""The variables of a configuration: those of the process, and those of a `.env` file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .arguments import Arguments
from .dotenv import parse_dotenv
from .failure import CommandFailureError, quoted
from .inputs import read_text
from .world import FileFaultError, World

_DEFAULT_FILE: Final = ".env"


@dataclass(frozen=True, slots=True)
class Variables:
    """Variables, and where they come from.

    Attributes:
        values: those of the process over those of the file: an empty one of the process is one too.
        of_process: those of the process.
        of_file: those of the file.
        file: the one that was read; None where there is none.
    """

    values: Mapping[str, str]
    of_process: Mapping[str, str]
    of_file: Mapping[str, str]
    file: str | None


def read_variables(given: Arguments, world: World) -> Variables:
    """Read the environment of the process, and `.env` in this folder or the file that `--env-file` names.

    Raises:
        CommandFailureError: the file cannot be read; one that was named must exist.
    """
    file = given.values.get("env-file", [_DEFAULT_FILE if _is_there(_DEFAULT_FILE, world) else None])[0]
    if file == "-":
        raise CommandFailureError("--env-file is the path of a file")
    of_file = {} if file is None else parse_dotenv(read_text(world, file), quoted(file))
    of_process = dict(world.env)
    return Variables({**of_file, **of_process}, of_process, of_file, file)


def _is_there(path: str, world: World) -> bool:
    """Only a file that is not there is no file: one that cannot be read is a mistake to be told."""
    try:
        world.read_file(path)
    except FileFaultError as fault:
        return fault.reason != "missing"
    return True


# What group and others may do with a file, in its mode.
_OTHERS: Final = 0o077


def is_open(path: str, world: World) -> bool:
    """Whether others on this machine may do something with a file."""
    return (world.mode_of(path) or 0) & _OTHERS != 0
