# ruff: noqa: INP001 # a program, run by its path
"""A kit whose key is in a token of PKCS #11, and another that verifies: `softhsm.py LIBRARY LABEL PIN`.

The mechanism CKM_EDDSA of PKCS #11 3.0, without parameters, is Ed25519 of RFC 8032.
"""

from __future__ import annotations

import json
import sys
from typing import Any, Literal

import pkcs11  # type: ignore[import-not-found, unused-ignore] # in an environment of its own
from kit_jwt import Kit, TokenError
from kit_jwt.encoding.base64url import encode_base64url
from pkcs11.util.ec import encode_named_curve_parameters  # type: ignore[import-not-found, unused-ignore] # as above

_ED25519 = "1.3.101.112"  # RFC 8410 section 3
_PUBLIC_BYTES = 32
_NAMES: dict[str, Any] = {"issuer": "https://auth.example", "audience": "orders"}


class _TokenSigner:
    """The port of a signer, with a private key that PKCS #11 does not give out."""

    alg: Literal["EdDSA"] = "EdDSA"

    def __init__(self, private_key: Any, kid: str) -> None:  # noqa: ANN401 # of a library that is not always there
        self.kid = kid
        self._private_key = private_key

    def sign(self, message: bytes, /) -> bytes:
        return bytes(self._private_key.sign(message, mechanism=pkcs11.Mechanism.EDDSA))


def _use(session: Any) -> dict[str, object]:  # noqa: ANN401 # as above
    curve = session.create_domain_parameters(
        pkcs11.KeyType.EC_EDWARDS,
        {pkcs11.Attribute.EC_PARAMS: encode_named_curve_parameters(_ED25519)},
        local=True,
    )
    public, private = curve.generate_keypair(mechanism=pkcs11.Mechanism.EC_EDWARDS_KEY_PAIR_GEN)
    # An OCTET STRING, whose head is two bytes.
    x = encode_base64url(bytes(public[pkcs11.Attribute.EC_POINT])[-_PUBLIC_BYTES:])
    token = Kit(**_NAMES, signer=_TokenSigner(private, "hsm-1")).sign({"sub": "u1"})
    verifier = Kit(**_NAMES, public_keys={"kty": "OKP", "crv": "Ed25519", "x": x, "kid": "hsm-1"})
    head, _, signature = token.rpartition(".")
    forged = f"{head}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"
    try:
        refused = str(verifier.verify(forged))
    except TokenError as error:
        refused = error.code
    return {
        "x": x,
        "token": token,
        "sub": verifier.verify(token)["sub"],
        "refused": refused,
        "isKept": bool(private[pkcs11.Attribute.SENSITIVE]) and not private[pkcs11.Attribute.EXTRACTABLE],
    }


def _main(library: str, label: str, pin: str) -> None:
    with pkcs11.lib(library).get_token(token_label=label).open(rw=True, user_pin=pin) as session:
        sys.stdout.write(json.dumps(_use(session)))


_main(*sys.argv[1:])
