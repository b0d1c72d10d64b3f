"""The keys that verify one issuer's tokens: secrets, public keys, and a source of more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from kit_jwt.crypto.algorithms import EDDSA, HS512, Algorithm
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
from kit_jwt.sources.remote_jwks import RemoteJwks

from .members import Members, located
from .settings import Settings

_SOURCES: Final = ("public_keys", "jwks_url", "jwks_service", "key_source")
_MOST_ACCEPTED: Final = 3  # beside `secret`


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifies the tokens of one issuer.

    Attributes:
        is_open: whether there may be further public keys: a set, of which any may be unusable, or a source.
    """

    secrets: tuple[SecretKey, ...]
    public_keys: tuple[PublicKey, ...]
    is_open: bool
    source: KeySource | None

    def serves(self, algorithm: Algorithm) -> bool:
        """Whether there is, or may be, a key for an algorithm."""
        if algorithm is HS512:
            return bool(self.secrets)
        return self.is_open or any(key.algorithm is algorithm for key in self.public_keys)


@dataclass(frozen=True, slots=True)
class SecretEntry:
    """A secret as it was configured: where it stands, and a `kid` where one is given beside it."""

    path: str
    secret: object
    kid: str | None = None


def read_secret_entries(
    members: Members, name: str = "accept_secrets", most: int = _MOST_ACCEPTED
) -> tuple[SecretEntry, ...]:
    """What a list of secrets looks like, whatever its keys are: text, `oct` JWK objects, or `kid` and `secret`.

    Raises:
        ConfigError: `config_invalid` with the path of the item.
    """
    items = members.items(name, most)
    return tuple(_entry(item, f"{members.path(name)}[{index}]") for index, item in enumerate(items))


def _entry(item: object, path: str) -> SecretEntry:
    if (isinstance(item, str) and item) or (isinstance(item, Mapping) and "kty" in item):
        return SecretEntry(path, item)
    named = dict(item) if isinstance(item, Mapping) else {}
    kid, secret = named.pop("kid", None), named.pop("secret", None)
    is_text = isinstance(kid, str) and isinstance(secret, str)
    if named or not is_text or not kid or not is_well_formed(kid) or not secret:
        raise ConfigError("config_invalid", variable=path)
    return SecretEntry(path, secret, kid)


def read_secrets(entries: Iterable[SecretEntry]) -> tuple[SecretKey, ...]:
    """Secrets that verify.

    Raises:
        ConfigError: the codes of keys, with the path of the item.
    """
    return tuple(located(entry.path, partial(_secret, entry)) for entry in entries)


def _secret(entry: SecretEntry) -> SecretKey:
    key = secret_key(entry.secret)
    return key if entry.kid is None else with_kid(key, entry.kid)


def read_public_keys(members: Members, accepted: Iterable[Algorithm]) -> tuple[tuple[PublicKey, ...], bool]:
    """The public keys of `public_keys` for each of the algorithms that they fit, and whether there may be more.

    Args:
        members: of the entry.
        accepted: algorithms; where none of them is asymmetric, public keys are taken for Ed25519 keys.

    Raises:
        ConfigError: `config_invalid`, `key_*` for a key that stands alone or in a list, `jwks_invalid`.
    """
    value = members.get("public_keys")
    is_open = any(name in members for name in _SOURCES if name != "public_keys")
    if value is None:
        return (), is_open
    path = members.path("public_keys")
    rows = [algorithm for algorithm in accepted if algorithm is not HS512] or [EDDSA]
    if is_array(value) and value:
        return tuple(
            key for index, item in enumerate(value) for key in _listed(item, f"{path}[{index}]", rows)
        ), is_open
    if not isinstance(value, Mapping) and not (isinstance(value, str) and value):
        members.refuse("public_keys")
    source = parse_object(value) if isinstance(value, str) else value
    if source is not None and "keys" in source:
        return located(path, lambda: tuple(usable_keys(read_jwks(source), rows))), True
    return located(path, lambda: tuple(_single(source, rows))), is_open


def _listed(item: object, path: str, rows: Sequence[Algorithm]) -> list[PublicKey]:
    # An item of a list is an object: text in there would be a JSON text within JSON.
    return located(path, lambda: _single(item if isinstance(item, Mapping) else None, rows))


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
        worse: list[ConfigErrorCode] = [code for code in refusals if code != "key_unsuitable"]
        raise ConfigError(worse[0] if worse else "key_unsuitable")
    return keys


def read_source(
    members: Members, url: str | None, key_source: KeySource | None, settings: Settings
) -> KeySource | None:
    """The source of more keys, or None.

    Args:
        members: of the entry.
        url: of its JWKS.
        key_source: that it was given.
        settings: of the kit, which has the cache's setting and the transport.

    Raises:
        ConfigError: `config_conflict` where more than one is configured.
    """
    given = [name for name in _SOURCES if name in members]
    # An adapter turns the name of a service into a source: those two belong together.
    if len(given) > 1 and given != ["jwks_service", "key_source"]:
        raise ConfigError("config_conflict", variable=members.path(given[-1]))
    if url is None:
        return key_source
    return RemoteJwks(url, cache_ttl=settings.jwks_cache_ttl, transport=settings.transport)
