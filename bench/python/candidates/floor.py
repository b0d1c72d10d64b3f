"""The least that can be called signing and verifying: the standard library's HMAC and JSON, `cryptography`'s Ed25519.

And the three checks without which nobody may take part.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from time import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAME = "floor"
IS_BARE = True
IS_REPEATED = True
LIFETIME = 900
JTI = "3f1d7c52-6c0e-4a57-9a53-1f6b8f0a2c11"


def decode(text: str) -> bytes:
    return urlsafe_b64decode(text + "==")


def encode(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")


def header_of(profile: str, kid: str) -> bytes:
    text = '{"alg":"HS512","typ":"JWT"}' if profile == "hs512" else f'{{"alg":"EdDSA","kid":"{kid}","typ":"JWT"}}'
    return encode(text.encode())


def private_key_of(material: dict[str, Any]) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(decode(material["jwk"]["d"]))


def public_key_of(jwk: dict[str, Any]) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(decode(jwk["x"]))


def sign(material: dict[str, Any], profile: str) -> Callable[[dict[str, Any]], str]:
    issuer, audience = material["issuer"], material["audience"]
    secret = decode(material["secret"])
    key = private_key_of(material)
    header = header_of(profile, material["kid"]) + b"."
    dump = json.JSONEncoder(separators=(",", ":")).encode

    def input_of(claims: dict[str, Any]) -> bytes:
        iat = int(time())
        whole = {**claims, "iss": issuer, "aud": audience, "iat": iat, "exp": iat + LIFETIME, "jti": JTI}
        return header + encode(dump(whole).encode())

    def hs512(claims: dict[str, Any]) -> str:
        data = input_of(claims)
        return (data + b"." + encode(hmac.digest(secret, data, "sha512"))).decode()

    def eddsa(claims: dict[str, Any]) -> str:
        data = input_of(claims)
        return (data + b"." + encode(key.sign(data))).decode()

    return hs512 if profile == "hs512" else eddsa


def verify(material: dict[str, Any], profile: str, **_: object) -> Callable[[str], dict[str, Any]]:
    issuer, audience = material["issuer"], material["audience"]
    secret = decode(material["secret"])
    key = public_key_of(material["publicJwk"])

    def read(payload: str) -> dict[str, Any]:
        claims: dict[str, Any] = json.loads(decode(payload))
        if claims["iss"] != issuer or claims["aud"] != audience or not time() < claims["exp"]:
            raise ValueError
        return claims

    def hs512(token: str) -> dict[str, Any]:
        data, _, signature = token.rpartition(".")
        if not hmac.compare_digest(hmac.digest(secret, data.encode(), "sha512"), decode(signature)):
            raise ValueError
        return read(data.partition(".")[2])

    def eddsa(token: str) -> dict[str, Any]:
        data, _, signature = token.rpartition(".")
        key.verify(decode(signature), data.encode())
        return read(data.partition(".")[2])

    return hs512 if profile == "hs512" else eddsa
