"""joserfc, with keys and a registry of claims that were made once."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from time import time
from typing import Any
from uuid import uuid4

from joserfc import jwt
from joserfc.errors import SecurityWarning
from joserfc.jwk import KeySet, OctKey, OKPKey

from .floor import LIFETIME, decode

NAME = "joserfc"
HAS_KEY_SETS = True
ALGORITHMS = {"hs512": "HS512", "eddsa": "EdDSA"}

# It warns of the name EdDSA, which RFC 9864 has replaced and all the others write.
warnings.filterwarnings("ignore", category=SecurityWarning)


def sign(material: dict[str, Any], profile: str) -> Callable[[dict[str, Any]], str]:
    is_secret = profile == "hs512"
    key = OctKey.import_key(decode(material["secret"])) if is_secret else OKPKey.import_key(material["jwk"])
    header = {"alg": ALGORITHMS[profile], "typ": "JWT", **({} if is_secret else {"kid": material["kid"]})}
    issuer, audience = material["issuer"], material["audience"]

    def call(claims: dict[str, Any]) -> str:
        iat = int(time())
        registered = {"iss": issuer, "aud": audience, "iat": iat, "exp": iat + LIFETIME, "jti": str(uuid4())}
        return jwt.encode(header, {**claims, **registered}, key, [ALGORITHMS[profile]])

    return call


def verify(
    material: dict[str, Any], profile: str, *, key_set: dict[str, Any] | None = None, **_: object
) -> Callable[[str], dict[str, Any]]:
    key = (
        OctKey.import_key(decode(material["secret"]))
        if profile == "hs512"
        else OKPKey.import_key(material["publicJwk"])
    )
    keys = key if key_set is None else KeySet.import_key_set(key_set)
    registry = jwt.JWTClaimsRegistry(
        leeway=90,
        iss={"essential": True, "value": material["issuer"]},
        aud={"essential": True, "value": material["audience"]},
        exp={"essential": True},
        iat={"essential": True},
    )

    def call(token: str) -> dict[str, Any]:
        claims = jwt.decode(token, keys, [ALGORITHMS[profile]]).claims
        registry.validate(claims)
        return claims

    return call
