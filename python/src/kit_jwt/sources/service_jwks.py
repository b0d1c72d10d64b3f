"""A JWKS behind a service binding of Workers, where Python runs inside JavaScript."""

from __future__ import annotations

from typing import Any, Final

from kit_jwt.crypto.algorithms import ALGORITHMS
from kit_jwt.crypto.webcrypto import to_js
from kit_jwt.errors import ConfigError, MisuseError, TokenError
from kit_jwt.keys.key import PublicKey
from kit_jwt.token.effects import drive_awaiting

from .freshness import freshness_of
from .jwks_cache import CacheLimits, JwksCache
from .key_set import read_jwks
from .remote_jwks import CACHE_TTL, MAX_STALE, check_limits
from .retrieval import Awaiting, Retrieved
from .transport import MAX_BYTES, TIMEOUT, JwksResponse, read_answer

# Only ever seen by the service itself: there is no such host.
_ADDRESS: Final = "https://jwks.invalid/.well-known/jwks.json"
_HEADERS: Final = ("cache-control", "age", "etag")


class ServiceJwks(JwksCache):
    """A `KeySource` for `aio.Kit`, see `service_jwks`."""

    def __init__(self, binding: Any, limits: CacheLimits, max_bytes: int) -> None:  # noqa: ANN401 # of JavaScript
        """Ask nothing yet.

        Args:
            binding: what has the method `jwks` or `fetch`.
            limits: of the cache.
            max_bytes: that an answer to `fetch` may have.
        """
        super().__init__(Awaiting(self._retrieve), limits)
        self._binding = binding
        self._max_bytes = max_bytes

    async def select(self, *, alg: str, kid: str | None, now: float) -> PublicKey:
        """The one key of an algorithm and a `kid`, waiting for the set where that is needed and allowed.

        Args:
            alg: the algorithm.
            kid: the header's `kid`, or None where it has none.
            now: seconds since the epoch.

        Returns:
            The key.

        Raises:
            TokenError: `key_not_found`, `key_ambiguous`, `jwks_unavailable`.

        >>> import asyncio
        >>> class Keys:
        ...     async def jwks(self):
        ...         return {"keys": []}
        >>> asyncio.run(service_jwks(Keys()).select(alg="EdDSA", kid=None, now=0))
        Traceback (most recent call last):
        kit_jwt.errors.errors.TokenError: key_not_found: no key fits the token
        """
        found = await drive_awaiting(self.ask(ALGORITHMS[alg], kid, now))
        if isinstance(found, str):
            raise TokenError(found)
        return found

    async def _retrieve(self, etag: str | None) -> Retrieved:
        # A binding claims to have every method: whether its service has this one is known when it is called.
        jwks = getattr(self._binding, "jwks", None)
        answer = None if jwks is None else await _called(jwks)
        if answer is not None:
            return Retrieved(read_jwks(answer))
        response = read_answer(await self._fetch(etag), etag, self._max_bytes)
        return Retrieved(read_jwks(response.body) if response.is_modified else None, freshness_of(response.headers))

    async def _fetch(self, etag: str | None) -> JwksResponse:
        headers = {} if etag is None else {"if-none-match": etag}
        response = await self._binding.fetch(_ADDRESS, to_js({"redirect": "manual", "headers": headers}))
        reader = response.body.getReader() if response.body else None
        body = bytearray()
        while reader is not None:
            step = await reader.read()
            if step.done:
                break
            body += step.value.to_bytes()
            if len(body) > self._max_bytes:
                await reader.cancel()
                raise ConfigError("jwks_invalid")
        named = {name: response.headers.get(name) for name in _HEADERS}
        return JwksResponse(response.status, bytes(body), {name: str(text) for name, text in named.items() if text})

    def __repr__(self) -> str:
        """Tell the address.

        Returns:
            A text without keys.
        """
        return f"<ServiceJwks {_ADDRESS}>"


async def _called(jwks: Any) -> object:  # noqa: ANN401 # a function of JavaScript
    """What an RPC method gives, as values of Python; None where it fails."""
    try:
        answer = await jwks()
    except Exception:  # noqa: BLE001 # the service may have no such method
        return None
    to_py = getattr(answer, "to_py", None)
    return answer if to_py is None else to_py()


def service_jwks(
    binding: object,
    *,
    cache_ttl: int = CACHE_TTL,
    max_stale: int = MAX_STALE,
    timeout: float = TIMEOUT,
    max_bytes: int = MAX_BYTES,
) -> ServiceJwks:
    """A key source for the JWKS of another Worker, asked through a service binding: no request leaves the platform.

    It is cached as that of a URL is, see `remote_jwks`. The RPC method `jwks` is tried first; a service without it is
    fetched from.

    Args:
        binding: the service, as it stands in a Worker's `env`.
        cache_ttl: as in `remote_jwks`.
        max_stale: as in `remote_jwks`.
        timeout: as in `remote_jwks`.
        max_bytes: as in `remote_jwks`.

    Returns:
        The key source, for `aio.Kit`.

    Raises:
        MisuseError: nothing that could be asked; a wrong limit.

    >>> class Keys:
    ...     async def jwks(self):
    ...         return {"keys": []}
    >>> service_jwks(Keys())
    <ServiceJwks https://jwks.invalid/.well-known/jwks.json>
    """
    check_limits(cache_ttl=cache_ttl, max_stale=max_stale, timeout=timeout, max_bytes=max_bytes)
    if not any(callable(getattr(binding, name, None)) for name in ("jwks", "fetch")):
        message = "binding is a service"
        raise MisuseError(message)
    return ServiceJwks(binding, CacheLimits(cache_ttl, max_stale, timeout), max_bytes)
