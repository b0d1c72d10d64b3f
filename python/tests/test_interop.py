"""PyJWT and joserfc read what the kit mints, and the kit reads what they mint."""

from __future__ import annotations

from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwt as joserfc_jwt
from joserfc.jwk import OctKey, OKPKey

from kit_jwt import Kit, TokenError

from .material import (
    EC_KEYS,
    ISSUER,
    JWK,
    NOW,
    RSA_KEY,
    SECRET_BYTES,
    b64,
    claims,
    ec_jwk,
    eddsa,
    hs512,
    public,
    rsa_jwk,
    unb64,
)

PRIVATE = Ed25519PrivateKey.from_private_bytes(unb64(JWK["d"]))
NO_TIME = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}


@pytest.mark.parametrize(
    ("kit", "key", "alg"),
    [(hs512(), SECRET_BYTES, "HS512"), (eddsa(), PRIVATE.public_key(), "EdDSA")],
    ids=["HS512", "EdDSA"],
)
def test_pyjwt_reads_ours(kit: Kit, key: Any, alg: str) -> None:
    token = kit.sign({"sub": "u1", "é": [1.5, None]})
    read = jwt.decode(token, key, algorithms=[alg], audience="api", issuer=ISSUER, options=NO_TIME)  # type: ignore[arg-type] # PyJWT's own TypedDict
    assert read == kit.verify(token)


@pytest.mark.parametrize(
    ("kit", "key", "alg"),
    [
        (hs512(), OctKey.import_key(SECRET_BYTES), "HS512"),
        (eddsa(), OKPKey.import_key(public(JWK)), "EdDSA"),
        (eddsa(header_alg="Ed25519"), OKPKey.import_key(public(JWK)), "Ed25519"),
    ],
    ids=["HS512", "EdDSA", "Ed25519"],
)
@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # joserfc knows RFC 9864; both names must be readable
def test_joserfc_reads_ours(kit: Kit, key: Any, alg: str) -> None:
    token = kit.sign({"sub": "u1", "é": [1.5, None]})
    assert joserfc_jwt.decode(token, key, algorithms=[alg]).claims == kit.verify(token)


@pytest.mark.parametrize(
    ("kit", "key", "alg"), [(hs512(), SECRET_BYTES, "HS512"), (eddsa(), PRIVATE, "EdDSA")], ids=["HS512", "EdDSA"]
)
def test_we_read_pyjwts(kit: Kit, key: Any, alg: str) -> None:
    assert kit.verify(jwt.encode(claims(), key, algorithm=alg)) == claims()
    assert kit.verify(jwt.encode(claims(), key, algorithm=alg, headers={"kid": "ed-1"})) == claims()


@pytest.mark.parametrize(
    ("kit", "key", "alg"),
    [(hs512(), OctKey.import_key(SECRET_BYTES), "HS512"), (eddsa(), OKPKey.import_key(JWK), "Ed25519")],
    ids=["HS512", "Ed25519"],
)
def test_we_read_joserfcs(kit: Kit, key: Any, alg: str) -> None:
    token = joserfc_jwt.encode({"alg": alg, "typ": "JWT"}, claims(), key, algorithms=[alg])
    assert kit.verify(token) == claims()


OUTSIDE: dict[str, tuple[Any, dict[str, Any]]] = {
    "RS256": (RSA_KEY, rsa_jwk(kid="rs")),
    "PS256": (RSA_KEY, rsa_jwk(kid="rs")),
    **{alg: (EC_KEYS[alg], ec_jwk(alg, kid=alg)) for alg in EC_KEYS},
}


@pytest.mark.parametrize("alg", sorted(OUTSIDE))
def test_we_read_outside_issuers(alg: Any) -> None:
    key, jwk = OUTSIDE[alg]
    kit = Kit(
        issuer=ISSUER,
        clock=lambda: NOW,
        trust=[
            {
                "issuer": "https://idp.example",
                "audience": "client",
                "algorithms": [alg],
                "public_keys": {"keys": [jwk]},
                "mapping": {"subject_prefix": "idp|", "roles": "groups"},
            }
        ],
    )
    payload = {"iss": "https://idp.example", "aud": "client", "exp": NOW + 60, "sub": "1", "groups": ["dev"]}
    token = jwt.encode({**payload, "permissions": ["all"]}, key, algorithm=alg)
    assert kit.verify(token) == {**payload, "sub": "idp|1", "roles": ["dev"]}
    head, body, signature = token.split(".")
    forged = [
        f"{head}.{body}.{b64(bytes(len(unb64(signature))))}",
        f"{head}.{body}.{b64(unb64(signature)[:-1])}",
        f"{head}.{body}.",
    ]
    for one in forged:
        with pytest.raises(TokenError) as caught:
            kit.verify(one)
        assert caught.value.code == "signature_invalid"
