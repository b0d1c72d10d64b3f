"""What a JWK says of itself (RFC 7517 section 4): read, typed, and held against the use that is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kit_jwt.crypto.algorithms import ALGORITHMS, Algorithm
from kit_jwt.encoding.json_value import is_array
from kit_jwt.encoding.strict_json import parse_object
from kit_jwt.encoding.utf8 import is_well_formed
from kit_jwt.errors import ConfigError

PRIVATE_MEMBERS: Final = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The members that say what a key is for; None where absent."""

    kty: str
    kid: str | None
    alg: str | None
    use: str | None
    key_ops: tuple[str, ...] | None


def read_jwk(source: object) -> dict[str, object]:
    """The members of a JWK given as an object or as JSON text.

    Raises:
        ConfigError: `key_invalid` for anything else, and where `kty` is no string.

    >>> read_jwk('{"kty":"OKP"}')
    {'kty': 'OKP'}
    """
    if isinstance(source, str):
        parsed = parse_object(source)
        jwk: dict[str, object] | None = None if parsed is None else dict(parsed)
    else:
        named = source.items() if isinstance(source, Mapping) else None
        jwk = None if named is None else {name: value for name, value in named if isinstance(name, str)}
    if jwk is None or not isinstance(jwk.get("kty"), str):
        raise ConfigError("key_invalid")
    return jwk


def read_metadata(jwk: Mapping[str, object]) -> Metadata:
    """The metadata of a JWK.

    Raises:
        ConfigError: `key_invalid` where `kid`, `alg` or `use` is no non-empty string, or `key_ops` no array of
            distinct strings.

    >>> read_metadata({"kty": "OKP", "kid": "k1"}).kid
    'k1'
    """
    return Metadata(
        kty=str(jwk["kty"]),
        kid=_name(jwk, "kid"),
        alg=_name(jwk, "alg"),
        use=_name(jwk, "use"),
        key_ops=_key_ops(jwk),
    )


def require_suitable(jwk: Mapping[str, object], algorithm: Algorithm, *operations: str) -> Metadata:
    """The metadata of a JWK that is meant for an algorithm and for all of the operations.

    Raises:
        ConfigError: `key_invalid` as `read_metadata` does; `key_unsuitable` where `kty`, `crv`, `alg`, `use` or
            `key_ops` (RFC 7517 sections 4.2 to 4.4) say otherwise.
    """
    metadata = read_metadata(jwk)
    suitable = (
        metadata.kty == algorithm.kty
        and (algorithm.crv is None or jwk.get("crv") == algorithm.crv)
        and (metadata.alg is None or ALGORITHMS.get(metadata.alg) is algorithm)
        and metadata.use in {None, "sig"}
        and (metadata.key_ops is None or all(operation in metadata.key_ops for operation in operations))
    )
    if not suitable:
        raise ConfigError("key_unsuitable")
    return metadata


def _name(jwk: Mapping[str, object], member: str) -> str | None:
    if member not in jwk:
        return None
    value = jwk[member]
    if not isinstance(value, str) or not value or not is_well_formed(value):
        raise ConfigError("key_invalid")
    return value


def _key_ops(jwk: Mapping[str, object]) -> tuple[str, ...] | None:
    if "key_ops" not in jwk:
        return None
    value = jwk["key_ops"]
    if not is_array(value):
        raise ConfigError("key_invalid")
    names = tuple(name for name in value if isinstance(name, str))
    if len(names) != len(value) or len(set(names)) != len(names):
        raise ConfigError("key_invalid")
    return names
