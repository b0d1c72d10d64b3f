"""`kit-jwt secret`: a new secret, or the lines of a `.env` file around it."""

from __future__ import annotations

from typing import Final

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.dotenv import dotenv_lines, require_dotenv
from kit_jwt.command.failure import OK
from kit_jwt.command.output import Output
from kit_jwt.command.values import read_integer
from kit_jwt.command.world import World
from kit_jwt.encoding.base64url import encode_base64url

_SHORTEST: Final = 64
_LONGEST: Final = 1024


def secret(given: Arguments, world: World, output: Output) -> int:
    """Make a secret for HS512."""
    require_dotenv(given.values, given.switches)
    size = read_integer("len", given.values.get("len", [None])[0], _SHORTEST, _LONGEST) or _SHORTEST
    text = encode_base64url(world.entropy(size))
    if "dotenv" not in given.switches:
        output.result({"secret": text}, f"{text}\n")
    else:
        lines = dotenv_lines(given.values, "JWT_SECRET", text)
        output.result({"dotenv": lines}, lines)
    return OK
