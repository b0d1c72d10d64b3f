"""`kit-jwt keygen`: a new key pair in two files, or the lines of a `.env` file around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.dotenv import dotenv_lines, require_dotenv
from kit_jwt.command.failure import OK, CommandFailureError, quoted
from kit_jwt.command.inputs import fault_sentence
from kit_jwt.command.output import Output
from kit_jwt.command.paths import in_folder
from kit_jwt.command.pretty import pretty_json
from kit_jwt.command.style import printable
from kit_jwt.command.world import FileFaultError, World
from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.encoding.json_value import JSONValue

_PRIVATE_NAME: Final = "private.jwk.json"
_PUBLIC_NAME: Final = "public.jwk.json"
_OWNER_ONLY: Final = 0o600
_EVERYBODY: Final = 0o644


def keygen(given: Arguments, world: World, output: Output) -> int:
    """Make an Ed25519 key pair."""
    require_dotenv(given.values, given.switches)
    folder = given.values.get("out", [None])[0]
    if "dotenv" in given.switches and folder is not None:
        raise CommandFailureError("--dotenv writes no files: it does not go with --out")
    kid = given.values.get("kid", [None])[0]
    pair = world.key_pair(kid)
    if "dotenv" in given.switches:
        lines = dotenv_lines(given.values, "JWT_PRIVATE_JWK", canonicalize(_json(pair.private_jwk)))
        output.result({"dotenv": lines}, lines)
        return OK
    private_path, public_path = _free_paths(world, folder or ".")
    _write_key(world, private_path, _json(pair.private_jwk), _OWNER_ONLY)
    _write_key(world, public_path, _json(pair.public_jwk), _EVERYBODY)
    shown = pair.public_jwk
    style = output.style
    output.result(
        {
            "kid": shown["kid"],
            "privateFile": private_path,
            "publicFile": public_path,
            "publicJwk": _json(shown),
        },
        f"{style('bold', 'kid')}      {printable(shown['kid'])}\n"
        f"{style('bold', 'private')}  {printable(private_path)} (only its owner can read it)\n"
        f"{style('bold', 'public')}   {printable(public_path)}\n",
    )
    output.note(f"To sign with it, set JWT_PRIVATE_JWK_PATH={printable(private_path)}\n")
    return OK


def _json(jwk: Mapping[str, object]) -> dict[str, JSONValue]:
    return {name: str(value) for name, value in jwk.items()}


def _free_paths(world: World, folder: str) -> tuple[str, str]:
    """Where both files can be written: a key that is there already is never replaced."""
    names = _list_made(world, folder)
    for name in (_PRIVATE_NAME, _PUBLIC_NAME):
        if name in names:
            raise _taken(in_folder(folder, name))
    return in_folder(folder, _PRIVATE_NAME), in_folder(folder, _PUBLIC_NAME)


def _list_made(world: World, folder: str) -> Sequence[str]:
    try:
        world.make_folder(folder)
        return world.list(folder)
    except FileFaultError as fault:
        if fault.reason in {"exists", "missing"}:
            message = f"cannot write to {quoted(folder)}: there is a file where a folder should be"
        else:
            message = fault_sentence("write to", quoted(folder), fault.reason)
        raise CommandFailureError(message) from None


def _write_key(world: World, path: str, jwk: Mapping[str, JSONValue], mode: int) -> None:
    try:
        world.write_new(path, f"{pretty_json(jwk)}\n", mode)
    except FileFaultError as fault:
        # Somebody was quicker: the file was not there a moment ago.
        if fault.reason == "exists":
            raise _taken(path) from None
        raise CommandFailureError(fault_sentence("write", quoted(path), fault.reason)) from None


def _taken(path: str) -> CommandFailureError:
    return CommandFailureError(
        f"{quoted(path)} is there already, and a key is never replaced: name another folder with --out"
    )
