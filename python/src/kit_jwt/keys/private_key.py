"""Importing Ed25519 private keys (RFC 8037 section 2)."""

from __future__ import annotations

from collections.abc import Mapping

from kit_jwt.crypto.algorithms import EDDSA
from kit_jwt.crypto.ed25519 import load_ed25519_private
from kit_jwt.crypto.edwards25519 import ENCODED_BYTES
from kit_jwt.crypto.webcrypto import IS_HERE, LaterSigner, only_later, sign_now
from kit_jwt.errors import ConfigError

from .jwk import read_jwk, require_suitable
from .key import PrivateKey
from .material import read_bytes, read_members
from .public_key import loaded


def import_private_key(source: Mapping[str, object] | str) -> PrivateKey:
    """Import an Ed25519 private JWK.

    Args:
        source: the JWK as an object or as JSON text; `d` and `x` must belong together.

    Returns:
        The key; its `kid` is the JWK's, else its thumbprint.

    Raises:
        ConfigError: `key_invalid`, `key_unsuitable` (another type or use, or a public key), `runtime_unsupported`.

    >>> x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    >>> d = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
    >>> import_private_key({"kty": "OKP", "crv": "Ed25519", "d": d, "x": x}).alg
    'EdDSA'
    """
    key, belongs = read_private_key(source)
    if belongs is None:
        raise only_later()
    if not belongs:
        raise ConfigError("key_invalid")
    return key


async def import_private_key_later(source: Mapping[str, object] | str) -> PrivateKey:
    """As `import_private_key`, waiting where the runtime answers later."""
    key, belongs = read_private_key(source)
    if not (await belongs_together(key) if belongs is None else belongs):
        raise ConfigError("key_invalid")
    return key


async def belongs_together(key: PrivateKey) -> bool:
    """Whether the two halves of a key belong together, asked of a runtime that answers later.

    Raises:
        ConfigError: `runtime_unsupported`.
    """
    return key.later is None or await key.later.public_half() == dict(key.public.members)["x"]


def read_private_key(source: Mapping[str, object] | str) -> tuple[PrivateKey, bool | None]:
    """A private key as it is written, and whether its `d` and `x` belong together; None: to be asked later.

    Raises:
        ConfigError: everything of `import_private_key` but for that.
    """
    jwk = read_jwk(source)
    metadata = require_suitable(jwk, EDDSA, "sign")
    if "d" not in jwk:
        raise ConfigError("key_unsuitable")
    d = read_bytes(jwk, "d")
    members = read_members(jwk)
    if len(d) != ENCODED_BYTES:
        raise ConfigError("key_invalid")
    public = loaded(EDDSA, metadata.kid, members)
    if IS_HERE:
        return PrivateKey(public, sign_now, LaterSigner(d)), None
    sign, x = load_ed25519_private(d)
    return PrivateKey(public, sign), x == read_bytes(jwk, "x")
