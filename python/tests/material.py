"""Keys and tokens that the tests share; made by `cryptography`, not by the kit."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha512
from hmac import digest
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kit_jwt import Kit, KitConfig

NOW = 1_800_000_000
ISSUER = "https://issuer.example"
SECRET_BYTES = sha512(b"a secret for tests").digest()
OTHER_SECRET_BYTES = sha512(b"another secret for tests").digest()


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


SECRET, OTHER_SECRET = b64(SECRET_BYTES), b64(OTHER_SECRET_BYTES)


def okp(seed: bytes = bytes(range(32)), **members: Any) -> dict[str, Any]:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    x = b64(key.public_key().public_bytes_raw())
    return {"kty": "OKP", "crv": "Ed25519", "x": x, "d": b64(seed), **members}


def public(jwk: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in jwk.items() if name != "d"}


JWK = okp(kid="ed-1")
OTHER_JWK = okp(bytes(range(1, 33)), kid="ed-2")

RSA_KEY = rsa.generate_private_key(65537, 2048)
EC_KEYS = {"ES256": ec.generate_private_key(ec.SECP256R1()), "ES384": ec.generate_private_key(ec.SECP384R1())}
EC_KEYS["ES512"] = ec.generate_private_key(ec.SECP521R1())


def rsa_jwk(key: rsa.RSAPrivateKey = RSA_KEY, **members: Any) -> dict[str, Any]:
    numbers = key.public_key().public_numbers()
    n = numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8, "big")
    return {"kty": "RSA", "n": b64(n), "e": b64(numbers.e.to_bytes(3, "big")), **members}


def ec_jwk(alg: str, **members: Any) -> dict[str, Any]:
    numbers = EC_KEYS[alg].public_key().public_numbers()
    crv, size = {"ES256": ("P-256", 32), "ES384": ("P-384", 48), "ES512": ("P-521", 66)}[alg]
    x, y = (b64(number.to_bytes(size, "big")) for number in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": crv, "x": x, "y": y, **members}


def claims(**members: Any) -> dict[str, Any]:
    return {"iss": ISSUER, "aud": "api", "exp": NOW + 300, "iat": NOW, "sub": "u1", **members}


def raw_token(header: Any, payload: Any, secret: bytes = SECRET_BYTES) -> str:
    """An HS512 token over anything: objects are written as JSON, text and bytes are taken as they are."""
    parts = [
        part if isinstance(part, bytes) else (part if isinstance(part, str) else json.dumps(part)).encode()
        for part in (header, payload)
    ]
    signing_input = ".".join(map(b64, parts))
    return f"{signing_input}.{b64(digest(secret, signing_input.encode(), 'sha512'))}"


def hs512(**config: Any) -> Kit:
    base: KitConfig = {"issuer": ISSUER, "audience": "api", "secret": SECRET, "clock": lambda: NOW}
    base.update(config)  # type: ignore[typeddict-item] # tests give wrong members on purpose
    return Kit(**base)


def eddsa(**config: Any) -> Kit:
    base: KitConfig = {"issuer": ISSUER, "audience": "api", "private_key": JWK, "clock": lambda: NOW}
    base.update(config)  # type: ignore[typeddict-item] # tests give wrong members on purpose
    return Kit(**base)
