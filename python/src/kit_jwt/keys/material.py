"""The material of public JWKs (RFC 7518 section 6, RFC 8037 section 2): canonical, whole and on its curve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from kit_jwt.crypto.edwards25519 import is_public_key
from kit_jwt.crypto.nist_curves import NIST_CURVES
from kit_jwt.encoding.base64url import decode_base64url
from kit_jwt.errors import ConfigError

Members: TypeAlias = tuple[tuple[str, str], ...]
"""The required members of a JWK, sorted by name: what its thumbprint covers."""

_RSA_BITS: Final = 2048
_LEAST_EXPONENT: Final = 3


def read_bytes(jwk: Mapping[str, object], member: str) -> bytes:
    """The bytes of a member in canonical base64url.

    Raises:
        ConfigError: `key_invalid`.
    """
    value = jwk.get(member)
    data = decode_base64url(value) if isinstance(value, str) else None
    if data is None:
        raise ConfigError("key_invalid")
    return data


def read_members(jwk: Mapping[str, object]) -> Members:
    """The required members of a public key whose material is sound (RFC 7638 section 3.2).

    Raises:
        ConfigError: `key_unsuitable` for a `kty` or `crv` that is not known here (`oct` among them), else
            `key_invalid`.
    """
    kty, crv = jwk.get("kty"), jwk.get("crv")
    if kty == "OKP" and crv == "Ed25519":
        return _okp(jwk)
    if kty == "EC" and isinstance(crv, str) and crv in NIST_CURVES:
        return _ec(jwk, crv)
    if kty == "RSA":
        return _rsa(jwk)
    raise ConfigError("key_unsuitable")


def require_rsa_size(jwk: Mapping[str, object]) -> None:
    """Refuse a modulus below 2048 bits (RFC 7518 section 3.3).

    Raises:
        ConfigError: `key_weak`.
    """
    if int.from_bytes(read_bytes(jwk, "n")).bit_length() < _RSA_BITS:
        raise ConfigError("key_weak")


def _okp(jwk: Mapping[str, object]) -> Members:
    if not is_public_key(read_bytes(jwk, "x")):
        raise ConfigError("key_invalid")
    return ("crv", "Ed25519"), ("kty", "OKP"), ("x", str(jwk["x"]))


def _ec(jwk: Mapping[str, object], crv: str) -> Members:
    if not NIST_CURVES[crv].holds(read_bytes(jwk, "x"), read_bytes(jwk, "y")):
        raise ConfigError("key_invalid")
    return ("crv", crv), ("kty", "EC"), ("x", str(jwk["x"])), ("y", str(jwk["y"]))


def _rsa(jwk: Mapping[str, object]) -> Members:
    modulus, exponent = read_bytes(jwk, "n"), read_bytes(jwk, "e")
    n, e = int.from_bytes(modulus), int.from_bytes(exponent)
    # A leading zero byte would give the same key another thumbprint (RFC 7518 section 6.3.1.1 forbids it).
    minimal = modulus[:1] != b"\0" and exponent[:1] != b"\0"
    if not minimal or n % 2 == 0 or e % 2 == 0 or not _LEAST_EXPONENT <= e < n:
        raise ConfigError("key_invalid")
    return ("e", str(jwk["e"])), ("kty", "RSA"), ("n", str(jwk["n"]))
