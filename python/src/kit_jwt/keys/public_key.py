"""Importing and exporting public keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, TypedDict

from kit_jwt.crypto.algorithms import ALGORITHMS, EDDSA, Algorithm
from kit_jwt.crypto.ed25519 import load_ed25519_public
from kit_jwt.crypto.outside import load_outside
from kit_jwt.crypto.webcrypto import IS_HERE, load_public, verify_now
from kit_jwt.errors import ConfigError, MisuseError

from .jwk import PRIVATE_MEMBERS, read_jwk, require_suitable
from .key import PrivateKey, PublicKey
from .material import Members, read_bytes, read_members, require_rsa_size
from .thumbprint import thumbprint_of

PublicAlgorithm: TypeAlias = Literal["EdDSA", "Ed25519", "RS256", "PS256", "ES256", "ES384", "ES512"]
"""Algorithms of public keys."""


class PublicJwk(TypedDict):
    """A public Ed25519 JWK as `export_public_jwk` writes it, its members in this order (RFC 8037 section 2)."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: str
    kid: str
    alg: Literal["EdDSA"]
    use: Literal["sig"]


def import_public_key(source: Mapping[str, object] | str, *, alg: PublicAlgorithm = "EdDSA") -> PublicKey:
    """Import a public JWK (RFC 7517) for one algorithm.

    Args:
        source: the JWK as an object or as JSON text.
        alg: the algorithm that the key is to be used with; a key never chooses it itself.

    Returns:
        The key; its `kid` is the JWK's, else its thumbprint.

    Raises:
        ConfigError: `key_invalid`, `key_unsuitable` (another type or use, or a private key), `key_weak` (RSA below 2048
            bits), `runtime_unsupported`.
        MisuseError: an unknown `alg`.

    >>> jwk = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    >>> import_public_key(jwk).thumbprint
    'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'
    """
    algorithm = ALGORITHMS.get(alg) if isinstance(alg, str) else None
    if algorithm is None or algorithm.kty == "oct":
        message = "alg is not the name of an algorithm with public keys"
        raise MisuseError(message)
    return public_key(read_jwk(source), algorithm)


def public_key(jwk: Mapping[str, object], algorithm: Algorithm) -> PublicKey:
    """The public key of a JWK that was read, see `import_public_key`."""
    metadata = require_suitable(jwk, algorithm, "verify")
    if any(member in jwk for member in PRIVATE_MEMBERS):
        raise ConfigError("key_unsuitable")
    members = read_members(jwk)
    if algorithm.kty == "RSA":
        require_rsa_size(jwk)
    return loaded(algorithm, metadata.kid, members)


def loaded(algorithm: Algorithm, kid: str | None, members: Members) -> PublicKey:
    """A public key of sound members, with its verifier."""
    jwk = dict(members)
    if IS_HERE:
        return PublicKey(algorithm, kid, thumbprint_of(members), members, verify_now, load_public(algorithm, jwk))
    verify = load_ed25519_public(read_bytes(jwk, "x")) if algorithm is EDDSA else load_outside(algorithm, jwk)
    return PublicKey(algorithm, kid, thumbprint_of(members), members, verify)


def export_public_jwk(key: PublicKey | PrivateKey) -> PublicJwk:
    """The public JWK of an Ed25519 key, with the members `kty crv x kid alg use` in this order.

    Args:
        key: a public key, or a private one of which only the public half is written.

    Returns:
        A JWK without `d`, whatever was given.

    Raises:
        ConfigError: `key_unsuitable` for a key of another type.
        MisuseError: not a key.

    >>> jwk = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "kid": "k1"}
    >>> list(export_public_jwk(import_public_key(jwk)))
    ['kty', 'crv', 'x', 'kid', 'alg', 'use']
    """
    public = key.public if isinstance(key, PrivateKey) else key
    if not isinstance(public, PublicKey):
        message = "a public or private key is needed"
        raise MisuseError(message)
    if public.algorithm is not EDDSA:
        raise ConfigError("key_unsuitable")
    x = dict(public.members)["x"]
    return {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": public.kid, "alg": "EdDSA", "use": "sig"}
