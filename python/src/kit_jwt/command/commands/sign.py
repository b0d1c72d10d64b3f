"""`kit-jwt sign`: a token of the environment's kit."""

from __future__ import annotations

from collections.abc import Mapping

from kit_jwt.call_options import SignOptions
from kit_jwt.command.arguments import Arguments
from kit_jwt.command.environment import with_kit
from kit_jwt.command.failure import OK, CommandFailureError
from kit_jwt.command.inputs import read_object, source_name
from kit_jwt.command.output import Output
from kit_jwt.command.values import read_integer
from kit_jwt.command.world import World
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.kit import Kit


def sign(given: Arguments, _world: World, output: Output) -> int:
    """Mint a token."""

    def work(kit: Kit) -> int:
        options = _options(given, kit.describe()["maxLifetime"])
        token = kit.sign(_read_claims(given, output), **options)
        output.result({"claims": kit.decode_unverified(token).claims, "token": token}, f"{token}\n")
        return OK

    return with_kit(given, output, work)


def _options(given: Arguments, max_lifetime: int) -> SignOptions:
    """One audience is minted as a string, several as a list."""
    options: SignOptions = {}
    ttl = read_integer("ttl", given.values.get("ttl", [None])[0], 1, max_lifetime)
    if ttl is not None:
        options["ttl"] = ttl
    audiences = given.values.get("aud", ())
    if audiences:
        options["aud"] = audiences[0] if len(audiences) == 1 else audiences
    return options


def _read_claims(given: Arguments, output: Output) -> Mapping[str, JSONValue]:
    """What the options say, and what the file says: neither stands over the other."""
    values = given.values
    path = values.get("claims", [None])[0]
    further = {} if path is None else read_object(output, path, "a JSON object of claims")
    named: dict[str, JSONValue] = {}
    if "sub" in values:
        named["sub"] = values["sub"][0]
    if "permission" in values:
        named["permissions"] = values["permission"]
    if "role" in values:
        named["roles"] = values["role"]
    if "scope" in values:
        named["scope"] = values["scope"][0]
    for claim in (*named, *(("aud",) if "aud" in values else ())):
        if claim in further:
            message = f"{claim} is given by an option and in {source_name(path)}: leave one of them out"
            raise CommandFailureError(message)
    return {**further, **named}
