"""The keys that verify one issuer's tokens: secrets, public keys, and a source of more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, cast

from kit_jwt.crypto.algorithms import EDDSA, Algorithm
from kit_jwt.encoding.json_value import is_array
from kit_jwt.encoding.strict_json import parse_object
from kit_jwt.encoding.utf8 import is_well_formed
from kit_jwt.errors import ConfigError, ConfigErrorCode
from kit_jwt.keys.jwk import read_jwk
from kit_jwt.keys.key import PublicKey, SecretKey, with_kid
from kit_jwt.keys.public_key import public_key
from kit_jwt.keys.secret import secret_key
from kit_jwt.sources.key_set import read_jwks, usable_keys
from kit_jwt.sources.key_source import KeySource
from kit_jwt.sources.remote_jwks import CACHE_TTL, RemoteJwks, Transport
from kit_jwt.sources.transport import fetch

from .members import Members, located

ASYMMETRIC: Final = ("public_keys", "jwks_url", "jwks_service", "key_source")
_LONGEST_TTL: Final = 999_999_999


def read_secrets(members: Members, name: str, most: int) -> tuple[SecretKey, ...]:
    """Secrets that verify.

    Raises:
        ConfigError: `config_invalid`, and the codes of keys, with the path of the item.
    """
    items = members.items(name, most)
    return tuple(_secret(item, f"{members.path(name)}[{index}]") for index, item in enumerate(items))


def _secret(item: object, path: str) -> SecretKey:
    if (isinstance(item, str) and item) or (isinstance(item, Mapping) and "kty" in item):
        return located(path, lambda: secret_key(item))
    named = dict(item) if isinstance(item, Mapping) else {}
    kid, secret = named.pop("kid", None), named.pop("secret", None)
    if named or not isinstance(kid, str) or not kid or not is_well_formed(kid) or not secret:
        raise ConfigError("config_invalid", variable=path)
    return located(path, lambda: with_kid(secret_key(secret), kid))


def read_public_keys(members: Members, algorithms: Iterable[Algorithm]) -> list[PublicKey]:
    """The public keys of `public_keys` for each of the algorithms that they fit.

    Raises:
        ConfigError: `config_invalid`, `key_*` for a key that stands alone or in a list, `jwks_invalid`.
    """
    value = members.get("public_keys")
    if value is None:
        return []
    path = members.path("public_keys")
    rows = [algorithm for algorithm in algorithms if algorithm.kty != "oct"] or [EDDSA]
    if is_array(value) and value:
        return [key for index, item in enumerate(value) for key in _listed(item, f"{path}[{index}]", rows)]
    if not isinstance(value, Mapping) and not (isinstance(value, str) and value):
        members.refuse("public_keys")
    return located(path, lambda: _one_or_set(value, rows))


def has_key_set(members: Members) -> bool:
    """Whether `public_keys` is a JWKS: what of it can be used is its issuer's business, so it may be empty too."""
    value = members.get("public_keys")
    found = parse_object(value) if isinstance(value, str) else value
    return isinstance(found, Mapping) and "keys" in found


def _listed(item: object, path: str, rows: Sequence[Algorithm]) -> list[PublicKey]:
    # An item of a list is an object: text in there would be a JSON text within JSON.
    return located(path, lambda: _single(item if isinstance(item, Mapping) else None, rows))


def _one_or_set(value: str | Mapping[str, object], rows: Sequence[Algorithm]) -> list[PublicKey]:
    members = parse_object(value) if isinstance(value, str) else value
    if members is not None and "keys" in members:
        return list(usable_keys(read_jwks(members), rows))
    return _single(members, rows)


def _single(source: object, rows: Sequence[Algorithm]) -> list[PublicKey]:
    jwk = read_jwk(source)
    keys: list[PublicKey] = []
    refusals: list[ConfigErrorCode] = []
    for algorithm in rows:
        try:
            keys.append(public_key(jwk, algorithm))
        except ConfigError as error:
            refusals.append(error.code)
    if not keys:
        # Unsuitable for one algorithm says nothing while another is there; what is wrong with the key itself does.
        raise ConfigError(next((code for code in refusals if code != "key_unsuitable"), "key_unsuitable"))
    return keys


def read_source(members: Members, kit: Members) -> KeySource | None:
    """The source of more keys, or None.

    Args:
        members: of the entry.
        kit: of the kit, which has the cache's setting and the transport.

    Raises:
        ConfigError: `config_invalid`; `config_conflict` where more than one is configured.
    """
    given = [name for name in ASYMMETRIC if name in members]
    # An adapter turns the name of a service into a source: those two belong together.
    if len(given) > 1 and given != ["jwks_service", "key_source"]:
        raise ConfigError("config_conflict", variable=members.path(given[-1]))
    url = members.url("jwks_url")
    source = cast("KeySource | None", members.port("key_source", "select"))
    ttl = kit.integer("jwks_cache_ttl", CACHE_TTL, 1, _LONGEST_TTL)
    transport = cast("Transport | None", kit.function("transport"))
    if url is None:
        return source
    return RemoteJwks(url, cache_ttl=ttl, transport=fetch if transport is None else transport)


def require_material(
    path: str,
    algorithms: Iterable[Algorithm],
    secrets: Sequence[SecretKey],
    keys: Sequence[PublicKey],
    *,
    sourced: bool,
) -> None:
    """Refuse an algorithm that no key could ever answer to.

    Raises:
        ConfigError: `config_missing` with the setting that would bring one.
    """
    for algorithm in algorithms:
        if algorithm.kty == "oct":
            if not secrets:
                raise ConfigError("config_missing", variable=f"{path}secrets" if path else "secret")
        elif not sourced and not any(key.algorithm is algorithm for key in keys):
            raise ConfigError("config_missing", variable=f"{path}public_keys")
