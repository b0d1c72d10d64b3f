"""`kit-jwt thumbprint`: the thumbprints of keys, a line for each."""

from __future__ import annotations

from typing import cast

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.failure import OK
from kit_jwt.command.keys import GivenKey, judged_material, read_keys, require_no_secret
from kit_jwt.command.output import Output
from kit_jwt.command.style import printable
from kit_jwt.command.world import World
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.errors import ConfigError
from kit_jwt.keys.thumbprint import thumbprint as thumbprint_of


def thumbprint(given: Arguments, _world: World, output: Output) -> int:
    """Print the RFC 7638 thumbprints of keys."""
    keys = read_keys(output, given.operands)
    found = [(key, _kid_of(key), _read(key)) for key in keys]
    # One key needs no name, and `$(kit-jwt thumbprint FILE)` is its thumbprint.
    named = len(keys) > 1
    lines = [
        f"{text}  {output.style('dim', printable(kid or key.source))}\n" if named else f"{text}\n"
        for key, kid, text in found
    ]
    thumbprints: list[JSONValue] = [{"kid": kid, "thumbprint": text} for _, kid, text in found]
    output.result({"thumbprints": thumbprints}, "".join(lines))
    return OK


def _read(key: GivenKey) -> str:
    require_no_secret(key)
    try:
        return thumbprint_of(cast("dict[str, object]", key.jwk))
    except ConfigError as error:
        raise judged_material(key.source, error) from None


def _kid_of(key: GivenKey) -> str | None:
    kid = key.jwk.get("kid")
    return kid if isinstance(kid, str) else None
