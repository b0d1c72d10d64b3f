"""The keys of an issuer in the same process."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from kit_jwt.crypto.algorithms import ALGORITHMS
from kit_jwt.errors import MisuseError, TokenError
from kit_jwt.keys.key import PublicKey

from .key_set import KeySet, read_jwks, usable_keys

ReadJwks: TypeAlias = Callable[[], Mapping[str, object] | str | Awaitable[Mapping[str, object] | str]]
"""Gives the set of this moment, or its JSON text."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """One state of the set, and the keys made of it so far, by algorithm."""

    text: str
    entries: Sequence[object]
    sets: dict[str, KeySet] = field(default_factory=dict)

    def select(self, alg: str, kid: str | None) -> PublicKey:
        keys = self.sets.get(alg)
        if keys is None:
            # Two threads may both build it: they build the same.
            keys = self.sets[alg] = KeySet(usable_keys(self.entries, (ALGORITHMS[alg],)))
        return keys.select(alg=alg, kid=kid)


class LocalJwks:
    """A `KeySource` for the keys of an issuer in the same process; see `local_jwks`. Safe to share between threads.

    >>> local_jwks(lambda: {"keys": []})
    <LocalJwks>
    """

    def __init__(self, read: ReadJwks) -> None:
        """See `local_jwks`."""
        if not callable(read):
            message = "read is a function"
            raise MisuseError(message)
        self._read = read
        self._snapshot: _Snapshot | None = None

    def select(self, *, alg: str, kid: str | None, now: float) -> PublicKey | Awaitable[PublicKey]:  # noqa: ARG002 # of the port: this source keeps nothing over time
        """The one key of an algorithm and a `kid`, in the set of this moment.

        Args:
            alg: the algorithm, `EdDSA` for both of its names.
            kid: the header's `kid`, or None where it has none.
            now: seconds since the epoch.

        Returns:
            The key; awaitable where the set is.

        Raises:
            TokenError: `key_not_found`, `key_ambiguous`, `jwks_unavailable`.

        >>> local_jwks(lambda: {"keys": []}).select(alg="EdDSA", kid="k1", now=0)
        Traceback (most recent call last):
        kit_jwt.errors.errors.TokenError: key_not_found: no key fits the token
        """
        given: object = None
        try:
            given = self._read()
        except Exception:  # noqa: BLE001 # whatever went wrong, there is no set: None is none
            given = None
        return self._later(given, alg, kid) if isinstance(given, Awaitable) else self._taken(given).select(alg, kid)

    async def _later(self, given: Awaitable[object], alg: str, kid: str | None) -> PublicKey:
        jwks: object = None
        try:
            jwks = await given
        except Exception:  # noqa: BLE001 # the same
            jwks = None
        return self._taken(jwks).select(alg, kid)

    def _taken(self, jwks: object) -> _Snapshot:
        """Compared by what it says: whoever changes a set may well change the one object that it always gives."""
        try:
            text = jwks if isinstance(jwks, str) else json.dumps(jwks)
            snapshot = self._snapshot
            if snapshot is None or snapshot.text != text:
                snapshot = self._snapshot = _Snapshot(text, read_jwks(text))
        except Exception:  # noqa: BLE001 # no JSON, or no set
            snapshot = None
        if snapshot is None:
            raise TokenError("jwks_unavailable")
        return snapshot

    def __repr__(self) -> str:
        """Tell nothing of the keys."""
        return "<LocalJwks>"


def local_jwks(read: ReadJwks) -> LocalJwks:
    """A key source for an issuer in the same process: whatever has a JWKS at hand, and may rotate it.

    Nothing is fetched and nothing is kept: the set is read at every verification, so a key that it no longer has stops
    at once. Keys are imported again only where the set says something else than before.

    Args:
        read: gives the set of this moment, or its JSON text, from memory; for `aio.Kit` it may also be awaitable.
            Entries that cannot be used (another type, use or algorithm, private or invalid keys) are ignored. Where it
            raises, or gives no set, keys are `jwks_unavailable`.

    Returns:
        A key source; nothing is read yet.

    Raises:
        MisuseError: not a function.

    >>> from kit_jwt import Kit
    >>> source = local_jwks(lambda: {"keys": []})
    >>> kit = Kit(issuer="https://auth.example", audience="api", key_source=source)
    """
    return LocalJwks(read)
