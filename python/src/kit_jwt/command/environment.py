"""The kit of the environment and of `.env`."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final

from kit_jwt.config.environment import config_from_environment
from kit_jwt.config.variables import VARIABLES
from kit_jwt.errors import ConfigError
from kit_jwt.kit import Kit

from .arguments import Arguments
from .output import Output
from .variables import Variables, is_open, read_variables
from .world import FileFaultError, World

# The first thing that anybody sees who installs the command and tries it.
_START: Final = "  No JWT_ variable is set here: 'kit-jwt secret --dotenv > .env' makes a start.\n"
_DOCTOR: Final = "  'kit-jwt doctor' looks at the whole configuration.\n"
_NAMES: Final = {variable.option: variable.name for variable in VARIABLES}


def key_file_reader(world: World) -> Callable[[str], str]:
    """What reads the file that `JWT_PRIVATE_JWK_PATH` names; it raises where a service would refuse it too."""

    def read(path: str) -> str:
        if is_open(path, world):
            raise FileFaultError("denied")
        return world.read_file(path).decode("utf-8")

    return read


def kit_of(variables: Variables, world: World) -> Kit:
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
