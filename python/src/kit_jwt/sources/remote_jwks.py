"""A JWKS at a URL."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Final, cast

from kit_jwt.crypto.algorithms import ALGORITHMS
from kit_jwt.encoding.json_value import is_number
from kit_jwt.errors import ConfigError, MisuseError, TokenError
from kit_jwt.keys.key import PublicKey
from kit_jwt.token.effects import drive

from .freshness import freshness_of
from .jwks_cache import CacheLimits, JwksCache
from .key_set import read_jwks
from .retrieval import Awaiting, Blocking, Retrieval, Retrieve, Retrieved
from .transport import MAX_BYTES, TIMEOUT, Answer, JwksRequest, Transport, fetch, is_jwks_url, read_answer

CACHE_TTL: Final = 300
"""Seconds that an answer is used at most, unless configured."""

MAX_STALE: Final = 3600
"""Seconds that an answer is used beyond its time while the endpoint fails, unless configured."""

_MAX_LIMIT: Final = 999_999_999
_MAX_TIMEOUT: Final = 3600


class RemoteJwks(JwksCache):
    """A `KeySource` for a JWKS at a URL; see `remote_jwks`.

    Attributes:
        url: that is asked.

    >>> remote_jwks("https://issuer.example/jwks.json")
    <RemoteJwks https://issuer.example/jwks.json>
    """

    def __init__(
        self,
        url: str,
        *,
        cache_ttl: int = CACHE_TTL,
        max_stale: int = MAX_STALE,
        timeout: float = TIMEOUT,
        max_bytes: int = MAX_BYTES,
        transport: Transport = fetch,
        runs: Callable[[Retrieve], Retrieval] = Blocking,
    ) -> None:
        """See `remote_jwks`; `runs` is how a request runs while its caller goes on."""
        if not is_jwks_url(url):
            raise ConfigError("config_invalid", variable="jwks_url")
        check_limits(cache_ttl=cache_ttl, max_stale=max_stale, timeout=timeout, max_bytes=max_bytes)
        if not callable(transport):
            message = "transport is a function"
            raise MisuseError(message)
        self.url = url

        def request(etag: str | None) -> JwksRequest:
            return JwksRequest(url, {} if etag is None else {"if-none-match": etag}, timeout, max_bytes)

        def retrieve(etag: str | None) -> Retrieved:
            return _read(transport(request(etag)), etag, max_bytes)

        async def retrieve_awaiting(etag: str | None) -> Retrieved:
            answer = await cast("Awaitable[Answer]", transport(request(etag)))
            return _read(answer, etag, max_bytes)

        # A function, or an object that is called like one.
        kinds = (transport, type(transport).__call__)
        awaits = any(inspect.iscoroutinefunction(kind) for kind in kinds)
        retrieval = Awaiting(retrieve_awaiting) if awaits else runs(retrieve)
        super().__init__(retrieval, CacheLimits(cache_ttl, max_stale, timeout))

    def select(self, *, alg: str, kid: str | None, now: float) -> PublicKey:
        """The one key of an algorithm and a `kid`, waiting for the set where that is needed and allowed.

        Args:
            alg: the algorithm, `EdDSA` for both of its names.
            kid: the header's `kid`, or None where it has none.
            now: seconds since the epoch.

        Returns:
            The key.

        Raises:
            TokenError: `key_not_found`, `key_ambiguous`, `jwks_unavailable`.
            MisuseError: the source can only be awaited: it is for `aio.Kit`.

        >>> from kit_jwt import TokenError, remote_jwks
        >>> source = remote_jwks("https://issuer.example/jwks.json", transport=lambda url: b'{"keys":[]}')
        >>> try:
        ...     source.select(alg="EdDSA", kid="k1", now=1800000000)
        ... except TokenError as error:
        ...     print(error.code)
        key_not_found
        """
        found = drive(self.ask(ALGORITHMS[alg], kid, now))
        if isinstance(found, str):
            raise TokenError(found)
        return found

    def __repr__(self) -> str:
        """Tell the URL.

        Returns:
            A text without keys.
        """
        return f"<RemoteJwks {self.url}>"


def check_limits(*, cache_ttl: object, max_stale: object, timeout: object, max_bytes: object) -> None:
    """Hold the limits of a source against what they can be.

    Raises:
        MisuseError: one is wrong.
    """
    counts = ((cache_ttl, 1), (max_stale, 0), (max_bytes, 1))
    whole = all(is_number(value) and value % 1 == 0 and least <= value <= _MAX_LIMIT for value, least in counts)
    if not whole or not is_number(timeout) or not 0 < timeout <= _MAX_TIMEOUT:
        message = "cache_ttl, max_stale and max_bytes are whole numbers, timeout is a number of seconds"
        raise MisuseError(message)


def _read(answer: object, etag: str | None, max_bytes: int) -> Retrieved:
    response = read_answer(answer, etag, max_bytes)
    return Retrieved(read_jwks(response.body) if response.is_modified else None, freshness_of(response.headers))


def remote_jwks(
    url: str,
    *,
    cache_ttl: int = CACHE_TTL,
    max_stale: int = MAX_STALE,
    timeout: float = TIMEOUT,
    max_bytes: int = MAX_BYTES,
    transport: Transport = fetch,
) -> RemoteJwks:
    """A key source for a JWKS at a URL (RFC 7517 section 5).

    It is fetched when first needed and used for its time: what `Cache-Control` says (RFC 9111), at least 30 seconds and
    at most `cache_ttl`. In the last fifth of that it is fetched again while it is used. For an unknown `kid` it is
    fetched 30 seconds after the last request at the earliest. While the endpoint fails, known keys are used for
    `max_stale` more, and it is asked again every 15 seconds. One request runs at a time, in a thread of its own; none
    follows a redirect.

    Args:
        url: `https:`, or `http:` on loopback; no credentials, no fragment.
        cache_ttl: seconds that an answer is used at most.
        max_stale: seconds that an answer is used beyond its time while the endpoint fails; 0: none.
        timeout: seconds that a request may take with its body.
        max_bytes: that a body may have.
        transport: fetches the URL in the place of the standard library. It limits its own time; one that is `async` is
            for `kit_jwt.aio` alone.

    Returns:
        A key source; nothing is fetched yet.

    Raises:
        ConfigError: `config_invalid` with `jwks_url`.
        MisuseError: a wrong limit or transport.

    >>> source = remote_jwks("https://issuer.example/jwks.json", transport=lambda url: b'{"keys":[]}')
    >>> source.select(alg="EdDSA", kid="k1", now=0)
    Traceback (most recent call last):
    kit_jwt.errors.errors.TokenError: key_not_found: no key fits the token
    """
    return RemoteJwks(
        url,
        cache_ttl=cache_ttl,
        max_stale=max_stale,
        timeout=timeout,
        max_bytes=max_bytes,
        transport=transport,
    )
