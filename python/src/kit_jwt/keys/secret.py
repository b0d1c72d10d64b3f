"""Shared secrets: canonical base64url text or an `oct` JWK object (RFC 7518 section 6.4), never text of another key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kit_jwt.crypto.algorithms import HS512
from kit_jwt.crypto.hs512 import load_hs512
from kit_jwt.encoding.base64url import decode_base64url
from kit_jwt.encoding.utf8 import is_well_formed
from kit_jwt.errors import ConfigError, MisuseError

from .another_key import is_another_key
from .jwk import read_jwk, require_suitable
from .key import SecretKey, with_kid

MINIMUM_BYTES: Final = 64  # RFC 7518 section 3.2: as long as the hash


def import_secret(source: Mapping[str, object] | str, *, kid: str | None = None) -> SecretKey:
    """Import a shared secret for HS512.

    Args:
        source: canonical, unpadded base64url of at least 64 bytes, or an `oct` JWK as an object.
        kid: a `kid` for it; leave it out for none.

    Returns:
        A key that signs and verifies, and shows nothing of the secret.

    Raises:
        ConfigError: `key_invalid` (not canonical; text of a PEM, SSH or JSON key, under any prefix), `key_weak` (below
            64 bytes), `key_unsuitable` (a JWK of another type or use), `config_conflict` (the JWK has another `kid`).
        MisuseError: `kid` is empty or no string.

    >>> import_secret("A" * 86).size
    64
    """
    if kid is not None and (not isinstance(kid, str) or not kid or not is_well_formed(kid)):
        message = "kid is a non-empty string"
        raise MisuseError(message)
    key = secret_key(source)
    return key if kid is None else with_kid(key, kid)


def secret_key(source: object, *, signs: bool = False) -> SecretKey:
    """The secret of a setting, see `import_secret`; `signs` asks for one that may sign."""
    if isinstance(source, str):
        material, own_kid, may_sign = _text(source), None, True
    else:
        material, own_kid, may_sign = _jwk(source, signs=signs)
    if len(material) < MINIMUM_BYTES:
        raise ConfigError("key_weak")
    return SecretKey(material, own_kid, may_sign, load_hs512(material))


def _text(source: object) -> bytes:
    material = decode_base64url(source) if isinstance(source, str) else None
    # Without its line breaks the text of a key can be base64url itself.
    if material is None or is_another_key(material) or is_another_key(str(source).encode()):
        raise ConfigError("key_invalid")
    return material


def _jwk(source: object, *, signs: bool) -> tuple[bytes, str | None, bool]:
    jwk = read_jwk(source)
    metadata = require_suitable(jwk, HS512, "verify", *(("sign",) if signs else ()))
    return _text(jwk.get("k")), metadata.kid, metadata.key_ops is None or "sign" in metadata.key_ops
