"""Keys that were kept as PEM, in folders <kid>/{private,public}.pem, become the first keys of an authority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor
from typing import Any, Literal

from cryptography.hazmat.primitives.serialization import load_pem_private_key

from kit_jwt.command.failure import USAGE, CommandFailureError, quoted
from kit_jwt.command.inputs import read_text
from kit_jwt.command.paths import in_folder
from kit_jwt.command.pem import is_encrypted, public_jwk_of_pem
from kit_jwt.command.variables import is_open
from kit_jwt.command.world import FileFaultError, World
from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.issuer.authority.document import write_document
from kit_jwt.issuer.authority.key_set import KeyRecord, NewKey
from kit_jwt.issuer.authority.life import advanced
from kit_jwt.issuer.authority.new_key import new_key
from kit_jwt.issuer.authority.timing import timing_of
from kit_jwt.issuer.sealing.kek import Keks
from kit_jwt.issuer.stores.key_store import KeyStore

_PRIVATE = "private.pem"
_PUBLIC = "public.pem"


@dataclass(frozen=True, slots=True, repr=False)
class _Found:
    kid: str
    public_jwk: Mapping[str, object]
    private_jwk: Mapping[str, object] | None


def take_over(world: World, folder: str, store: KeyStore, keks: Keks, times: Mapping[str, Any]) -> None:
    """Make the keys that a folder has as PEM the first ones of its store, where that has none yet.

    The last one by name that has its private half signs, the others stay until the longest token has expired.

    Raises:
        CommandFailureError: a file that holds no Ed25519 key, or is locked or open to others.
    """
    names = _folders_in(world, folder)
    if not names or store.read() is not None:
        return
    found = [key for kid in names for key in _key_in(world, in_folder(folder, kid), kid)]
    active = next((key for key in reversed(found) if key.private_jwk is not None), None)
    if active is None:
        return
    timing = timing_of(**times)
    now = world.now()
    at = floor(now)
    fresh = [NewKey(active.kid, "EdDSA", active.public_jwk, active.private_jwk)]
    keys = advanced(None, now, timing, lambda: fresh.pop() if fresh else new_key("EdDSA"))
    others = [
        KeyRecord(
            kid=key.kid,
            algorithm="EdDSA",
            public_jwk=key.public_jwk,
            state="retired",
            published_at=at,
            activated_at=at,
            retired_at=at,
            remove_at=at + timing.retention,
        )
        for key in found
        if key is not active
    ]
    # Another process may be quicker: then its keys are the first ones.
    store.write_if(0, write_document(replace(keys, keys=(*others, *keys.keys)), keks))


def _folders_in(world: World, folder: str) -> list[str]:
    # What begins with a dot is the system's own.
    names = [name for name in _listed(world, folder) if not name.startswith(".")]
    return [name for name in names if any(file.endswith(".pem") for file in _listed(world, in_folder(folder, name)))]


def _listed(world: World, path: str) -> Sequence[str]:
    try:
        return world.list(path)
    except FileFaultError:
        return ()


def _key_in(world: World, folder: str, kid: str) -> list[_Found]:
    names = _listed(world, folder)
    public_path, private_path = in_folder(folder, _PUBLIC), in_folder(folder, _PRIVATE)
    members = {"kid": kid, "alg": "EdDSA", "use": "sig"}
    half = _public_half(read_text(world, public_path), public_path, "public") if _PUBLIC in names else None
    if _PRIVATE not in names:
        return [] if half is None else [_Found(kid, {**half, **members}, None)]
    text = read_text(world, private_path)
    if is_open(private_path, world):
        raise _refused(private_path, "is open to others: chmod 600")
    if is_encrypted(text):
        raise _refused(private_path, "is encrypted: write it without a passphrase, with 'openssl pkey'")
    whole = _public_half(text, private_path, "private")
    if half is not None and half["x"] != whole["x"]:
        raise _refused(private_path, "does not belong to public.pem beside it")
    key = load_pem_private_key(text.encode(), None)
    # The only kind that was let through.
    d = encode_base64url(key.private_bytes_raw())  # type: ignore[union-attr] # of an Ed25519 key
    public_jwk = {**whole, **members}
    return [_Found(kid, public_jwk, {**public_jwk, "d": d})]


def _public_half(text: str, path: str, half: Literal["public", "private"]) -> Mapping[str, object]:
    jwk = public_jwk_of_pem(text, quoted(path), half)
    if jwk["kty"] == "OKP" and jwk["crv"] == "Ed25519":
        return dict(jwk)
    raise _refused(path, "holds no Ed25519 key, which is what this issuer signs with")


def _refused(path: str, sentence: str) -> CommandFailureError:
    return CommandFailureError(f"{quoted(path)} {sentence}", USAGE, "key_unsuitable")
