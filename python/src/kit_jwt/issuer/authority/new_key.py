"""Keys that nobody knows yet."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, Final, cast

from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.keys.generate import generate_key_pair, generate_secret
from kit_jwt.keys.thumbprint import thumbprint

from .key_set import PUBLIC_MEMBERS, AuthorityAlgorithm, NewKey

_KID_BYTES: Final = 16


def new_key(algorithm: AuthorityAlgorithm) -> NewKey:
    """A key that nobody knows yet. Its `kid` is its thumbprint; a secret's says nothing of the secret."""
    if algorithm == "HS512":
        secret = {"kty": "oct", "k": generate_secret(), "kid": new_secret_kid(), "alg": algorithm}
        return new_key_of(algorithm, secret)
    if algorithm == "EdDSA":
        return new_key_of(algorithm, cast("Mapping[str, object]", generate_key_pair().private_jwk))
    return new_key_of(algorithm, _outside(algorithm))


def new_key_of(algorithm: AuthorityAlgorithm, private_jwk: Mapping[str, object]) -> NewKey:
    """The two halves of a key that has a `kid`; nothing of a secret is published."""
    kid = cast("str", private_jwk["kid"])
    if algorithm == "HS512":
        return NewKey(kid, algorithm, None, private_jwk)
    public_jwk = {name: value for name, value in private_jwk.items() if name in PUBLIC_MEMBERS}
    return NewKey(kid, algorithm, public_jwk, private_jwk)


def new_secret_kid() -> str:
    """Random: a thumbprint would tell of the secret."""
    return encode_base64url(os.urandom(_KID_BYTES))


def _outside(algorithm: str) -> Mapping[str, object]:
    # Loaded where such a key is made: most authorities have none.
    from cryptography.hazmat.primitives.asymmetric import ec, rsa  # noqa: PLC0415
    from jwt.algorithms import ECAlgorithm, RSAAlgorithm  # noqa: PLC0415

    text: Any
    if algorithm == "ES256":
        text = ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()))
    else:
        text = RSAAlgorithm.to_jwk(rsa.generate_private_key(public_exponent=65_537, key_size=2048))
    jwk: dict[str, object] = {name: value for name, value in json.loads(text).items() if name != "key_ops"}
    return {**jwk, "kid": thumbprint(jwk), "alg": algorithm, "use": "sig"}
