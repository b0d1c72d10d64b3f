"""A JWKS at a URL: cached, fetched by one thread at a time, and never because of what a header says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from kit_jwt.crypto.algorithms import ALGORITHMS, Algorithm
from kit_jwt.errors import ConfigError, MisuseError, TokenError
from kit_jwt.keys.key import PublicKey

from .key_set import KeySet, NotOne, read_jwks, usable_keys
from .transport import MAX_BYTES, fetch, is_jwks_url

Transport: TypeAlias = Callable[[str], bytes]
"""URL to the body of its 200 answer; raises for everything else."""

CACHE_TTL: Final = 300
COOLDOWN: Final = 30  # seconds between fetches for a `kid` that is not in the set: anyone can make up such a `kid`
RETRY: Final = 5  # seconds before a source that failed is asked again


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer, and the key sets made of it so far, by algorithm."""

    at: float
    entries: Sequence[object]
    sets: dict[str, KeySet]

    def find(self, algorithm: Algorithm, kid: str | None) -> PublicKey | NotOne:
        """The one key of an algorithm and a `kid`, or the code of there being none or several."""
        keys = self.sets.get(algorithm.name)
        if keys is None:
            # Two threads may both build it: they build the same.
            keys = self.sets[algorithm.name] = KeySet(usable_keys(self.entries, (algorithm,)))
        return keys.find(algorithm, kid)


class RemoteJwks:
    """A `KeySource` for a JWKS at a URL. Safe to share between threads and kits; see `remote_jwks`.

    Attributes:
        url: where the set is fetched.
    """

    blocks: Final = True  # it waits for its transport: an event loop asks it in a thread

    def __init__(self, url: str, *, cache_ttl: int = CACHE_TTL, transport: Transport = fetch) -> None:
        """See `remote_jwks`."""
        if not is_jwks_url(url):
            raise ConfigError("config_invalid", variable="jwks_url")
        if isinstance(cache_ttl, bool) or not isinstance(cache_ttl, int) or cache_ttl < 1:
            message = "cache_ttl is a positive number of seconds"
            raise MisuseError(message)
        self.url = url
        self._ttl = cache_ttl
        self._transport = transport
        self._lock = threading.Lock()
        self._fetched: Fetched | None = None
        self._failed_at: float | None = None

    def cached(self, algorithm: Algorithm, kid: str | None, now: float) -> PublicKey | None:
        """The key if it is in the cache and the cache is fresh; waits for nothing."""
        fetched = self._fresh(now)
        found = None if fetched is None else fetched.find(algorithm, kid)
        return found if isinstance(found, PublicKey) else None

    def select(self, *, alg: str, kid: str | None, now: float) -> PublicKey:
        """The one key of an algorithm and a `kid`, fetching the set where that is needed and allowed.

        Args:
            alg: the algorithm, `EdDSA` for both of its names.
            kid: the header's `kid`, or None where it has none.
            now: seconds since the epoch.

        Returns:
            The key.

        Raises:
            TokenError: `key_not_found`, `key_ambiguous`, `jwks_unavailable`.

        >>> def unreachable(url: str) -> bytes:
        ...     raise OSError
        >>> RemoteJwks("https://issuer.example/jwks.json", transport=unreachable).select(alg="EdDSA", kid="k1", now=0)
        Traceback (most recent call last):
        kit_jwt.errors.errors.TokenError: jwks_unavailable: the key set cannot be had
        """
        algorithm = ALGORITHMS[alg]
        found = self.cached(algorithm, kid, now)
        if found is not None:
            return found
        with self._lock:
            fetched = self._fresh(now) or self._fetch(now)
            missing = None if fetched is None else fetched.find(algorithm, kid)
            if fetched is not None and missing == "key_not_found" and now - fetched.at >= COOLDOWN:
                # A new key signs before this cache runs out. An outage now leaves the known keys in place.
                fetched = self._fetch(now) or fetched
                missing = fetched.find(algorithm, kid)
        if missing is None:
            raise TokenError("jwks_unavailable")
        if isinstance(missing, str):
            raise TokenError(missing)
        return missing

    def _fresh(self, now: float) -> Fetched | None:
        fetched = self._fetched
        return fetched if fetched is not None and 0 <= now - fetched.at < self._ttl else None

    def _fetch(self, now: float) -> Fetched | None:
        if self._failed_at is not None and 0 <= now - self._failed_at < RETRY:
            return None
        try:
            body = self._transport(self.url)
            entries = read_jwks(body if len(body) <= MAX_BYTES else None)
        except Exception:  # noqa: BLE001 # whatever went wrong, there is no key set to be had
            self._failed_at = now
            return None
        self._failed_at = None
        self._fetched = Fetched(now, entries, {})
        return self._fetched

    def __repr__(self) -> str:
        """Tell the URL."""
        return f"<RemoteJwks {self.url}>"


def remote_jwks(url: str, *, cache_ttl: int = CACHE_TTL, transport: Transport = fetch) -> RemoteJwks:
    """A key source for a JWKS at a URL (RFC 7517 section 5).

    It is fetched when first needed, when the cache has run out, and for an unknown `kid` at most every 30 seconds. One
    fetch runs at a time; a source that failed is asked again after 5 seconds.

    Args:
        url: `https:`, or `http:` on loopback; no credentials, no fragment.
        cache_ttl: seconds that an answer is used.
        transport: gives the body of the URL. The default follows no redirect, waits 5 seconds at most and reads
            256 kB at most.

    Returns:
        A key source; nothing is fetched yet.

    Raises:
        ConfigError: `config_invalid` with `jwks_url`.
        MisuseError: a wrong `cache_ttl`.

    >>> source = remote_jwks("https://issuer.example/jwks.json", transport=lambda url: b'{"keys":[]}')
    >>> source.select(alg="EdDSA", kid="k1", now=0)
    Traceback (most recent call last):
    kit_jwt.errors.errors.TokenError: key_not_found: no key fits the token
    """
    return RemoteJwks(url, cache_ttl=cache_ttl, transport=transport)
