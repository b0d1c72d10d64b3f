"""`kit-jwt jwks`: the public set of keys, in the order in which they are given."""

from __future__ import annotations

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.failure import OK, CommandFailureError
from kit_jwt.command.import_folder import import_folder
from kit_jwt.command.keys import GivenKey, public_jwk_of, read_keys
from kit_jwt.command.output import Output
from kit_jwt.command.pretty import pretty_json
from kit_jwt.command.world import World
from kit_jwt.encoding.json_value import JSONValue


def jwks(given: Arguments, _world: World, output: Output) -> int:
    """Print the public set of keys."""
    folder = given.values.get("import", [None])[0]
    alg = given.values.get("alg", [None])[0]
    if alg not in {None, "RS256", "PS256"}:
        raise CommandFailureError("--alg is RS256 or PS256")
    found = [] if folder is not None and not given.operands else read_keys(output, given.operands)
    imported = [] if folder is None else import_folder(output, folder)
    keys: list[JSONValue] = []
    sources: dict[JSONValue, GivenKey] = {}
    for key in (*found, *imported):
        published = public_jwk_of(key, alg)
        # Verifiers refuse a token whose kid means two keys.
        other = sources.get(published["kid"])
        if other is not None:
            message = f"{other.source} and {key.source} have the same kid: give each key one of its own"
            raise CommandFailureError(message)
        sources[published["kid"]] = key
        keys.append(published)
    output.result({"keys": keys}, f"{pretty_json({'keys': keys})}\n")
    return OK
