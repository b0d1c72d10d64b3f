"""The kit of the environment and of `.env`."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from kit_jwt.config.environment import config_from_environment
from kit_jwt.config.variables import VARIABLES
from kit_jwt.errors import ConfigError
from kit_jwt.kit import Kit

from .arguments import Arguments
from .dotenv import parse_dotenv
from .failure import CommandFailureError, quoted
from .inputs import read_text
from .output import Output
from .world import FileFaultError, World

_DEFAULT_FILE: Final = ".env"
# The first thing that anybody sees who installs the command and tries it.
_START: Final = "  No JWT_ variable is set here: 'kit-jwt secret --dotenv > .env' makes a start.\n"
_DOCTOR: Final = "  'kit-jwt doctor' looks at the whole configuration.\n"
_NAMES: Final = {variable.option: variable.name for variable in VARIABLES}


@dataclass(frozen=True, slots=True)
class KitVariables:
    """The variables that describe a kit, and where they come from.

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


def read_variables(given: Arguments, world: World) -> KitVariables:
    """Read the environment of the process, and `.env` in this folder or the file that `--env-file` names.

    Raises:
        CommandFailureError: the file cannot be read; one that was named must exist.
    """
    file = given.values.get("env-file", [_DEFAULT_FILE if _is_there(_DEFAULT_FILE, world) else None])[0]
    if file == "-":
        raise CommandFailureError("--env-file is the path of a file")
    of_file = {} if file is None else parse_dotenv(read_text(world, file), quoted(file))
    of_process = dict(world.env)
    return KitVariables({**of_file, **of_process}, of_process, of_file, file)


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


def key_file_reader(world: World) -> Callable[[str], str]:
    """What reads the file that `JWT_PRIVATE_JWK_PATH` names; it raises where a service would refuse it too."""

    def read(path: str) -> str:
        if is_open(path, world):
            raise FileFaultError("denied")
        return world.read_file(path).decode("utf-8")

    return read


def kit_of(variables: KitVariables, world: World) -> Kit:
    """The kit of these variables, by the clock and the entropy of the world.

    Raises:
        ConfigError: see `config_from_environment`.
    """
    config = config_from_environment(variables.values, read_file=key_file_reader(world))
    config["clock"], config["entropy"] = world.now, world.entropy
    return Kit(**config)


def with_kit(given: Arguments, output: Output, work: Callable[[Kit], int]) -> int:
    """Do what a command does with the kit of the environment.

    Its keys are imported first, so that a mistake in them is told before anything is read; people are told where to
    look further.
    """
    variables = read_variables(given, output.world)
    try:
        with _speaking_of_variables():
            return work(kit_of(variables, output.world))
    except ConfigError as error:
        exit_status = output.failure(error)
        output.note(_DOCTOR if any(name.startswith("JWT_") for name in variables.values) else _START)
        return exit_status


@contextmanager
def _speaking_of_variables() -> Generator[None]:
    """Let errors of the kit name the environment variables that set its options."""
    try:
        yield
    except ConfigError as error:
        code, variable = error.code, error.variable
    else:
        return
    raise ConfigError(code, variable=_NAMES.get(variable or "", variable))
