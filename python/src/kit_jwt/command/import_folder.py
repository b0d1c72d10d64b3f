"""Keys kept as PEM: DIR/<kid>/public.pem, DIR/<kid>/private.pem, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kit_jwt.encoding.json_value import JSONValue

from .failure import CommandFailureError, quoted
from .inputs import fault_sentence, read_text
from .keys import GivenKey, refused_key
from .output import Output
from .paths import in_folder
from .pem import Half, is_encrypted, public_jwk_of_pem
from .world import FileFaultError, World


def import_folder(output: Output, folder: str) -> list[GivenKey]:
    """The public keys of a folder of folders, sorted by name; each folder's name is the `kid`.

    Raises:
        CommandFailureError: a key cannot be read, or there is none.
    """
    names = _listed(output.world, folder)
    if names is None:
        message = f"cannot read {quoted(folder)}: there is no such folder"
        raise CommandFailureError(message)
    found = [_import_one(output, in_folder(folder, kid), kid) for kid in names]
    keys = [key for key in found if key is not None]
    if keys:
        return keys
    message = f"there is no <kid>/public.pem and no <kid>/private.pem in {quoted(folder)}"
    raise CommandFailureError(message)


def _listed(world: World, path: str) -> Sequence[str] | None:
    """The names in a folder; None where it is none."""
    try:
        return world.list(path)
    except FileFaultError as fault:
        if fault.reason == "missing":
            return None
        raise CommandFailureError(fault_sentence("read", quoted(path), fault.reason)) from None


def _import_one(output: Output, folder: str, kid: str) -> GivenKey | None:
    # What begins with a dot is the system's own: .git, .DS_Store.
    names = None if kid.startswith(".") else _listed(output.world, folder)
    if names is None:
        return None
    public_path, private_path = in_folder(folder, "public.pem"), in_folder(folder, "private.pem")
    public_jwk = _read_pem(output.world, public_path, "public") if "public.pem" in names else None
    private_half = _read_private(output, private_path, public_jwk) if "private.pem" in names else None
    jwk = public_jwk or private_half
    if jwk is None:
        message = f"there is neither public.pem nor private.pem in {quoted(folder)}"
        raise CommandFailureError(message)
    if private_half is not None and private_half != jwk:
        message = f"{quoted(public_path)} and {quoted(private_path)} do not belong together"
        raise refused_key("key_invalid", message)
    return GivenKey(quoted(private_path if public_jwk is None else public_path), {**jwk, "kid": kid})


def _read_pem(world: World, path: str, half: Half) -> Mapping[str, JSONValue]:
    return public_jwk_of_pem(read_text(world, path), quoted(path), half)


def _read_private(
    output: Output, path: str, public_jwk: Mapping[str, JSONValue] | None
) -> Mapping[str, JSONValue] | None:
    """The public half of a private key; None where it is locked away and the public key is there without it."""
    text = read_text(output.world, path)
    if not is_encrypted(text):
        return public_jwk_of_pem(text, quoted(path), "private")
    if public_jwk is None:
        message = (
            f"{quoted(path)} is encrypted: write its public half to public.pem beside it, with 'openssl pkey -pubout'"
        )
        raise CommandFailureError(message)
    output.note(f"{quoted(path)} is encrypted: it was not held against public.pem.\n")
    return None
