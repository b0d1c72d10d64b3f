"""What the variables and the file say, each told by its name where it is missing or wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Final

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.failure import USAGE, CommandFailureError, quoted
from kit_jwt.command.inputs import read_text, trimmed
from kit_jwt.command.variables import Variables, is_open, read_variables
from kit_jwt.command.world import World
from kit_jwt.errors import ConfigError
from kit_jwt.issuer.authority.authority import Authority
from kit_jwt.issuer.authority.changes import Change
from kit_jwt.issuer.sealing.kek import Keks, read_keks

from .config_file import ConfigFile, camel, read_config_file
from .taking_over import take_over
from .texts import TEXTS
from .world import IssuerWorld

_SECONDS: Final = re.compile("[1-9][0-9]{0,8}")


class Settings:
    """The configuration of an issuer, read as far as it is asked for.

    Attributes:
        variables: of the process and of `.env`.
        file: what ISSUER_CONFIG names.
        world: the machine.
    """

    def __init__(self, variables: Variables, world: IssuerWorld) -> None:
        """Read the file.

        Raises:
            CommandFailureError: the file that ISSUER_CONFIG names.
        """
        self.variables = variables
        self.world = world
        path = self.text("ISSUER_CONFIG")
        self.file = ConfigFile({}) if path is None else read_config_file(world, path)

    def text(self, name: str) -> str | None:
        """A variable. Raises ConfigError where it is set to nothing."""
        value = self.variables.values.get(name)
        if value == "":
            raise ConfigError("config_invalid", variable=name)
        return value

    def required(self, name: str) -> str:
        """A variable; where it is not set, the command that makes one is told."""
        value = self.text(name)
        if value is not None:
            return value
        message = f"{name} is not set: '{TEXTS.name} init' makes one"
        raise CommandFailureError(message, USAGE, "config_missing")

    def seconds(self, name: str) -> int | None:
        """Seconds, as a variable says them. Raises ConfigError."""
        value = self.text(name)
        if value is not None and _SECONDS.fullmatch(value) is None:
            raise ConfigError("config_invalid", variable=name)
        return None if value is None else int(value)

    def keks(self) -> Keks:
        """The key-encryption keys: of a variable, or of a file that only its owner can read."""
        path = self.text("ISSUER_KEK_PATH")
        if path is not None and self.text("ISSUER_KEK") is not None:
            raise ConfigError("config_conflict", variable="ISSUER_KEK_PATH")
        text = self.required("ISSUER_KEK") if path is None else _read_private(self.world, path)
        with named({"kek": "ISSUER_KEK" if path is None else "ISSUER_KEK_PATH"}):
            return read_keks(text)

    def authority(self, on_change: Callable[[Change], None] | None = None) -> Authority:
        """The owner of the keys in JWKS_DIR, which are made where there are none."""
        folder = self.required("JWKS_DIR")
        keks = self.keks()
        timing = self.file.timing
        store = self.world.key_store(folder)
        names = {name: f"timing.{camel(name)}" for name in (*timing, "lead", "retention", "rotate_every")}
        with named(names):
            take_over(self.world, folder, store, keks, timing)
            return Authority(store=store, keks=keks, clock=self.world.now, on_change=on_change, **timing)


def read_settings(given: Arguments, world: IssuerWorld) -> Settings:
    """Read the variables and the file. Raises CommandFailureError."""
    return Settings(read_variables(given, world), world)


@contextmanager
def named(names: Mapping[str, str]) -> Generator[None]:
    """Speak of settings by the names that people gave them."""
    try:
        yield
    except ConfigError as error:
        code, variable = error.code, error.variable or ""
    else:
        return
    raise ConfigError(code, variable=names.get(variable) or camel(variable))


def _read_private(world: World, path: str) -> str:
    text = trimmed(read_text(world, path))
    if is_open(path, world):
        message = f"{quoted(path)} is open to others: chmod 600"
        raise CommandFailureError(message, USAGE, "config_invalid")
    return text
