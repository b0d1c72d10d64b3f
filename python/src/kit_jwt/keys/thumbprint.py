"""JWK thumbprints (RFC 7638, RFC 8037 section 2 for Ed25519)."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.encoding.jcs import canonicalize

from .jwk import read_jwk
from .material import Members, read_members


def thumbprint(jwk: Mapping[str, object]) -> str:
    """The SHA-256 thumbprint of a public or private JWK: Ed25519, P-256, P-384, P-521 or RSA of any size.

    Args:
        jwk: the JWK; members that RFC 7638 section 3.2 does not require are ignored.

    Returns:
        43 characters of base64url.

    Raises:
        ConfigError: `key_invalid` where the material is not canonical or not on its curve; `key_unsuitable` for any
            other type, `oct` among them (a thumbprint of a secret tells of the secret).

    >>> thumbprint({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})
    'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'
    """
    return thumbprint_of(read_members(read_jwk(jwk if isinstance(jwk, Mapping) else None)))


def thumbprint_of(members: Members) -> str:
    """The thumbprint of required members that were read."""
    return encode_base64url(sha256(canonicalize(dict(members)).encode()).digest())
