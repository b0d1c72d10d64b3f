"""What the vectors call a valid signature, PyJWT and joserfc call one too.

Only the signature is asked about, over the raw compact form: those libraries' own rules for headers are other ones.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

import jwt
import pytest
from joserfc import jws
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from kit_jwt.conformance.inputs import text_of

from .material import unb64
from .vectors import vectors_of

LOADERS: dict[str, Any] = {"oct": OctKey, "OKP": OKPKey, "RSA": RSAKey, "EC": ECKey}
METADATA = {"use", "alg", "key_ops", "kid"}
KTY = {"H": "oct", "E": "EC", "R": "RSA", "P": "RSA"}
LONG_ENOUGH = 86


def jwks_of(config: Any) -> Iterator[dict[str, str]]:
    """Every key that a configuration holds, as a JWK without metadata."""
    if isinstance(config, str):
        if config.startswith("{"):
            yield from jwks_of(json.loads(config))
        elif len(config) >= LONG_ENOUGH:
            yield {"kty": "oct", "k": config}
    elif isinstance(config, list):
        for item in config:
            yield from jwks_of(item)
    elif isinstance(config, Mapping):
        if config.get("kty") in LOADERS:
            yield {name: value for name, value in config.items() if name not in METADATA}
        else:
            for value in config.values():
                yield from jwks_of(value)


def keys_for(alg: str, config: Any) -> list[dict[str, str]]:
    kty = "OKP" if alg in {"EdDSA", "Ed25519"} else KTY[alg[0]]
    return [key for key in jwks_of(config) if key["kty"] == kty]


def parts(token: str) -> tuple[bytes, bytes]:
    signing_input, _, signature = token.rpartition(".")
    return signing_input.encode(), unb64(signature)


def pyjwt_confirms(token: str, alg: str, config: Any) -> bool:
    implementation: Any = jwt.get_algorithm_by_name("EdDSA" if alg == "Ed25519" else alg)
    for jwk in keys_for(alg, config):
        try:
            key = unb64(jwk["k"]) if jwk["kty"] == "oct" else implementation.from_jwk(jwk)
        except (jwt.InvalidKeyError, ValueError):
            continue  # a vector's broken key, beside the good one
        public = key.public_key() if hasattr(key, "public_key") else key
        signing_input, signature = parts(token)
        if implementation.verify(signing_input, public, signature):
            return True
    return False


def joserfc_confirms(token: str, alg: str, config: Any) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)  # that EdDSA is called Ed25519 now
        implementation = jws.JWSRegistry(algorithms=[alg]).get_alg(alg)
        for jwk in keys_for(alg, config):
            try:
                key = LOADERS[jwk["kty"]].import_key(jwk)
                confirmed = implementation.verify(*parts(token), key)
            except (JoseError, ValueError):
                continue  # a vector's broken key, beside the good one
            if confirmed:
                return True
    return False


def valid_tokens() -> Iterator[Any]:
    for parameter in vectors_of("verify", "sign"):
        kind, test, kits = parameter.values
        expected, given = test["expected"], test["kit"]
        if ("token" in expected or "claims" in expected) and test.get("operation") != "decodeUnverified":
            token = text_of(test["token"]) if kind == "verify" else expected["token"]
            yield pytest.param(token, kits[given] if isinstance(given, str) else given, id=test["id"])


@pytest.mark.parametrize(("token", "config"), list(valid_tokens()))
def test_a_valid_signature_is_confirmed_twice(token: str, config: dict[str, Any]) -> None:
    alg = json.loads(unb64(token.partition(".")[0]))["alg"]
    assert pyjwt_confirms(token, alg, config)
    assert joserfc_confirms(token, alg, config)


def test_the_second_opinion_is_no_yes_man() -> None:
    forged = "eyJhbGciOiJIUzUxMiJ9.e30." + "A" * 86
    assert not pyjwt_confirms(forged, "HS512", {"secret": "A" * 86})
    assert not joserfc_confirms(forged, "HS512", {"secret": "A" * 86})
