"""The file that AUTH variables have no room for: clients, trusted issuers, and the times of keys."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import fields
from typing import Any, Final

from kit_jwt.command.failure import USAGE, CommandFailureError, quoted
from kit_jwt.command.inputs import object_of, read_text
from kit_jwt.command.world import World
from kit_jwt.issuer.authority.timing import Timing

_MEMBERS: Final = frozenset({"clients", "trust", "adminPolicy", "adminForm", "tokenType", "timing"})
# Its digits belong to the word before them.
_SNAKE: Final = {"secretSha256": "secret_sha256"}
_CAMEL: Final = {"secret_sha256": "secretSha256"}


class ConfigFile:
    """What the file says, under its names there. Clients, issuers and the policy are checked by the issuer itself.

    Attributes:
        admin_form: whether there is an admin form, and a secret of it.
        timing: as keywords of `Authority`.
        members: all of it, as it was read.
    """

    def __init__(self, members: Mapping[str, Any]) -> None:
        """Keep the members, which were checked."""
        self.members = members
        self.admin_form: bool = members.get("adminForm", True)
        self.timing: dict[str, Any] = {_snake(name): value for name, value in members.get("timing", {}).items()}

    def options(self) -> dict[str, Any]:
        """What of it are keywords of `Issuer`."""
        names = ("clients", "trust", "adminPolicy", "tokenType")
        return {_snake(name): _snake_all(self.members[name]) for name in names if name in self.members}


def read_config_file(world: World, path: str) -> ConfigFile:
    """Read a file.

    Raises:
        CommandFailureError: it cannot be read, is no JSON object, or has a member that nobody knows.
    """
    name = quoted(path)
    file = object_of(read_text(world, path), name)
    timing = file.get("timing", {})
    _refuse_unknown(name, "", file, _MEMBERS)
    if not isinstance(file.get("adminForm", True), bool):
        message = f"adminForm in {name} is neither true nor false"
        raise CommandFailureError(message, USAGE, "config_invalid")
    if not isinstance(timing, Mapping):
        message = f"timing in {name} is not a JSON object"
        raise CommandFailureError(message, USAGE, "config_invalid")
    _refuse_unknown(name, "timing.", timing, [camel(field.name) for field in fields(Timing)])
    return ConfigFile(file)


def camel(name: str) -> str:
    """The name that an option has in a file, for one that it has in Python.

    >>> camel("clients[0].secret_sha256"), camel("rotate_every")
    ('clients[0].secretSha256', 'rotateEvery')
    """
    parts = name.split(".")
    return ".".join(_CAMEL.get(part) or re.sub("_([a-z])", lambda match: match[1].upper(), part) for part in parts)


def _snake(name: str) -> str:
    return _SNAKE.get(name) or re.sub("[A-Z]", lambda match: f"_{match[0].lower()}", name)


def _snake_all(value: object) -> object:
    """Options under their names here; what is within JWKs stays."""
    if isinstance(value, (list, tuple)):
        return [_snake_all(item) for item in value]
    if isinstance(value, Mapping):
        jwks = {"publicKeys", "jwks"}
        return {_snake(name): _plain(item) if name in jwks else _snake_all(item) for name, item in value.items()}
    return value


def _plain(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return {name: _plain(item) for name, item in value.items()} if isinstance(value, Mapping) else value


def _refuse_unknown(file: str, path: str, members: Collection[str], names: Collection[str]) -> None:
    unknown = next((name for name in members if name not in names), None)
    if unknown is not None:
        shown = quoted(path + unknown, "what it is called")
        message = f"there is no member called {shown} in {file}"
        raise CommandFailureError(message, USAGE, "config_invalid")
