"""Authlib's own JWT, which it calls deprecated in favour of joserfc, and which is still what most of its users call."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from time import time
from typing import Any
from uuid import uuid4

from authlib.deprecate import AuthlibDeprecationWarning

from .floor import LIFETIME, decode

# It sets a filter that always warns; one that is set later comes first.
warnings.simplefilter("ignore", AuthlibDeprecationWarning)
from authlib.jose import JsonWebToken, OctKey, OKPKey  # noqa: E402 -- see above

NAME = "authlib"
ALGORITHMS = {"hs512": "HS512", "eddsa": "EdDSA"}


def _key_of(material: dict[str, Any], profile: str, member: str) -> Any:
    return OctKey.import_key(decode(material["secret"])) if profile == "hs512" else OKPKey.import_key(material[member])


def sign(material: dict[str, Any], profile: str) -> Callable[[dict[str, Any]], str]:
    key = _key_of(material, profile, "jwk")
    encode = JsonWebToken([ALGORITHMS[profile]]).encode
    header = {"alg": ALGORITHMS[profile], "typ": "JWT", **({} if profile == "hs512" else {"kid": material["kid"]})}
    issuer, audience = material["issuer"], material["audience"]

    def call(claims: dict[str, Any]) -> str:
        iat = int(time())
        registered = {"iss": issuer, "aud": audience, "iat": iat, "exp": iat + LIFETIME, "jti": str(uuid4())}
        return encode(header, {**claims, **registered}, key).decode()

    return call


def verify(material: dict[str, Any], profile: str, **_: object) -> Callable[[str], dict[str, Any]]:
    key = _key_of(material, profile, "publicJwk")
    read = JsonWebToken([ALGORITHMS[profile]]).decode
    options = {
        "iss": {"essential": True, "value": material["issuer"]},
        "aud": {"essential": True, "value": material["audience"]},
        "exp": {"essential": True},
        "iat": {"essential": True},
    }

    def call(token: str) -> dict[str, Any]:
        claims = read(token, key, claims_options=options)
        claims.validate(leeway=90)
        return claims

    return call
