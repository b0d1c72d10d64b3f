"""python-jose, with the backend of `cryptography`. It knows no EdDSA."""

from __future__ import annotations

from collections.abc import Callable
from time import time
from typing import Any
from uuid import uuid4

from jose import jwt

from .floor import LIFETIME, decode

NAME = "python-jose"


def sign(material: dict[str, Any], profile: str) -> Callable[[dict[str, Any]], str] | None:
    if profile != "hs512":
        return None
    key = decode(material["secret"])
    issuer, audience = material["issuer"], material["audience"]

    def call(claims: dict[str, Any]) -> str:
        iat = int(time())
        registered = {"iss": issuer, "aud": audience, "iat": iat, "exp": iat + LIFETIME, "jti": str(uuid4())}
        return jwt.encode({**claims, **registered}, key, "HS512")

    return call


def verify(material: dict[str, Any], profile: str, **_: object) -> Callable[[str], dict[str, Any]] | None:
    if profile != "hs512":
        return None
    key = decode(material["secret"])
    options = {"leeway": 90, "require_exp": True, "require_iat": True, "require_iss": True, "require_aud": True}
    issuer, audience = material["issuer"], material["audience"]
    return lambda token: jwt.decode(token, key, ["HS512"], options, audience, issuer)
