"""What signs for an authority."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from kit_jwt.issuer.errors import AuthorityError
from kit_jwt.keys.private_key import import_private_key
from kit_jwt.keys.secret import import_secret

from .key_set import AuthorityAlgorithm, KeyRecord


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class AuthoritySigner:
    """The key that signs now.

    Attributes:
        alg: its algorithm.
        kid: its id.
        sign: gives the signature of a signing input (RFC 7515 section 5.1), as JWS has it.
    """

    alg: AuthorityAlgorithm
    kid: str
    sign: Callable[[bytes], bytes]

    def __repr__(self) -> str:
        """Tell the algorithm and the `kid`."""
        return f"<AuthoritySigner {self.alg} {self.kid}>"


def signer_of(key: KeyRecord) -> AuthoritySigner:
    """Import the private half of an active key.

    Raises:
        AuthorityError: `key_document_invalid`: it is no key for its algorithm.
    """
    try:
        sign = _import_sign(key.algorithm, cast("Mapping[str, object]", key.private_jwk))
    except Exception:  # noqa: BLE001 # what an import says of a key is of another library, and may quote it
        raise AuthorityError("key_document_invalid") from None
    return AuthoritySigner(key.algorithm, key.kid, sign)


def _import_sign(algorithm: str, jwk: Mapping[str, object]) -> Callable[[bytes], bytes]:
    if algorithm == "HS512":
        return import_secret(jwk).sign
    if algorithm == "EdDSA":
        return import_private_key(jwk).sign
    return _outside(algorithm, jwk)


def _outside(algorithm: str, jwk: Mapping[str, object]) -> Callable[[bytes], bytes]:
    # Loaded where such a key signs: most authorities have none.
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415
    from jwt.algorithms import ECAlgorithm, RSAAlgorithm  # noqa: PLC0415

    if algorithm == "ES256":
        ec = ECAlgorithm(ECAlgorithm.SHA256)
        ec_key = cast("EllipticCurvePrivateKey", ec.from_jwk(dict(jwk)))
        return lambda data: ec.sign(data, ec_key)
    rsa = RSAAlgorithm(RSAAlgorithm.SHA256)
    rsa_key = cast("RSAPrivateKey", rsa.from_jwk(dict(jwk)))
    return lambda data: rsa.sign(data, rsa_key)
