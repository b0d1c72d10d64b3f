"""PyJWT, with key objects that were imported once: PEM would cost it much more."""

from __future__ import annotations

from collections.abc import Callable
from time import time
from typing import Any
from uuid import uuid4

import jwt

from .floor import LIFETIME, decode, private_key_of, public_key_of

NAME = "pyjwt"
IS_REPEATED = True
HAS_KEY_SETS = True
ALGORITHMS = {"hs512": "HS512", "eddsa": "EdDSA"}


def sign(material: dict[str, Any], profile: str) -> Callable[[dict[str, Any]], str]:
    key = decode(material["secret"]) if profile == "hs512" else private_key_of(material)
    headers = None if profile == "hs512" else {"kid": material["kid"]}
    issuer, audience = material["issuer"], material["audience"]

    def call(claims: dict[str, Any]) -> str:
        iat = int(time())
        registered = {"iss": issuer, "aud": audience, "iat": iat, "exp": iat + LIFETIME, "jti": str(uuid4())}
        return jwt.encode({**claims, **registered}, key, ALGORITHMS[profile], headers)

    return call


def verify(
    material: dict[str, Any], profile: str, *, key_set: dict[str, Any] | None = None, **_: object
) -> Callable[[str], dict[str, Any]]:
    key = decode(material["secret"]) if profile == "hs512" else public_key_of(material["publicJwk"])
    options = {
        "algorithms": [ALGORITHMS[profile]],
        "issuer": material["issuer"],
        "audience": material["audience"],
        "leeway": 90,
        "options": {"require": ["exp", "iat"]},
    }
    if key_set is None:
        return lambda token: jwt.decode(token, key, **options)
    keys = jwt.PyJWKSet.from_dict(key_set)
    return lambda token: jwt.decode(token, keys[jwt.get_unverified_header(token)["kid"]], **options)
