"""A set of public keys (RFC 7517 section 5), and which one of them a header means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

from kit_jwt.crypto.algorithms import ALGORITHMS, Algorithm
from kit_jwt.encoding.json_value import is_array
from kit_jwt.encoding.strict_json import parse_object
from kit_jwt.errors import ConfigError, MisuseError, TokenError
from kit_jwt.keys.jwk import read_jwk
from kit_jwt.keys.key import PublicKey
from kit_jwt.keys.public_key import PublicAlgorithm, public_key

NotOne: TypeAlias = Literal["key_not_found", "key_ambiguous"]


class KeySet:
    """Public keys by algorithm; a key without a `kid` answers to its thumbprint. Immutable.

    >>> create_key_set({"keys": []}, algorithms=["EdDSA"])
    <KeySet of 0>
    """

    __slots__ = ("_keys", "_named")

    def __init__(self, keys: Iterable[PublicKey]) -> None:
        """See `create_key_set`; the same key of the same `kid` counts once."""
        distinct = {(key.identity, key.kid): key for key in keys}
        self._keys = tuple(distinct.values())
        # By `kid`; all of them by none.
        self._named: dict[str | None, tuple[PublicKey, ...]] = {None: self._keys}
        for key in self._keys:
            self._named[key.kid] = (*self._named.get(key.kid, ()), key)

    @property
    def keys(self) -> tuple[PublicKey, ...]:
        """The usable keys, in their order."""
        return self._keys

    def select(self, *, alg: str, kid: str | None = None, now: float = 0) -> PublicKey:  # noqa: ARG002 # of the port
        """The one key that a header means.

        Args:
            alg: the header's algorithm; `Ed25519` is `EdDSA`.
            kid: the header's `kid`, or None: then there must be exactly one key for the algorithm.
            now: as a `KeySource` is told; a set does not depend on it.

        Returns:
            The key.

        Raises:
            TokenError: `key_not_found`, `key_ambiguous`.

        >>> create_key_set({"keys": []}, algorithms=["EdDSA"]).select(alg="EdDSA", kid="nobody")
        Traceback (most recent call last):
        kit_jwt.errors.errors.TokenError: key_not_found: no key fits the token
        """
        algorithm = ALGORITHMS.get(alg)
        found = "key_not_found" if algorithm is None else self.find(algorithm, kid)
        if isinstance(found, str):
            raise TokenError("key_ambiguous" if found == "key_ambiguous" else "key_not_found")
        return found

    def find(self, algorithm: Algorithm, kid: str | None) -> PublicKey | NotOne:
        """The one key of an algorithm and a `kid`, or why there is not one."""
        found = [key for key in self._named.get(kid, ()) if key.algorithm is algorithm]
        if len(found) == 1:
            return found[0]
        return "key_ambiguous" if found else "key_not_found"

    def __repr__(self) -> str:
        """Tell the size."""
        return f"<KeySet of {len(self._keys)}>"


def create_key_set(jwks: Mapping[str, object] | str, *, algorithms: Sequence[PublicAlgorithm]) -> KeySet:
    """A key set of a JWKS.

    Args:
        jwks: the JWKS as an object or as JSON text. Entries that cannot be used (another type, use or algorithm,
            private or invalid keys) are ignored.
        algorithms: the algorithms that its keys may be used with; names of anything else select nothing.

    Returns:
        The set, immutable.

    Raises:
        ConfigError: `jwks_invalid`: not strict JSON, no object, or no `keys` array.
        MisuseError: `algorithms` is no list of names.

    >>> jwk = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "kid": "k1"}
    >>> create_key_set({"keys": [jwk, None]}, algorithms=["EdDSA"]).select(alg="EdDSA", kid="k1").kid
    'k1'
    """
    if not is_array(algorithms) or not algorithms or not all(name in ALGORITHMS for name in algorithms):
        message = "algorithms is a list of names"
        raise MisuseError(message)
    entries = read_jwks(jwks)
    rows = [ALGORITHMS[str(name)] for name in algorithms]
    return KeySet(usable_keys(entries, rows))


def read_jwks(jwks: object) -> Sequence[object]:
    """The entries of a JWKS, unread.

    Raises:
        ConfigError: `jwks_invalid`.
    """
    members: object = parse_object(jwks) if isinstance(jwks, (str, bytes)) else jwks
    keys = members.get("keys") if isinstance(members, Mapping) else None
    if not isinstance(keys, (list, tuple)):
        raise ConfigError("jwks_invalid")
    return keys


def usable_keys(entries: Sequence[object], algorithms: Sequence[Algorithm]) -> Iterable[PublicKey]:
    """The keys of a set, for each algorithm that they can be used with; all others are ignored."""
    for entry in entries:
        for algorithm in algorithms:
            key = _usable(entry, algorithm)
            if key is not None:
                yield key


def _usable(entry: object, algorithm: Algorithm) -> PublicKey | None:
    if not isinstance(entry, Mapping) or algorithm.kty == "oct":
        return None
    try:
        return public_key(read_jwk(entry), algorithm)
    except ConfigError as error:
        if error.code == "runtime_unsupported":
            raise
        return None
