"""A JWKS that JavaScript fetches, where Python runs inside it: behind a service binding of Workers, or at a URL."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from kit_jwt.crypto.algorithms import ALGORITHMS
from kit_jwt.crypto.webcrypto import to_js
from kit_jwt.errors import MisuseError, TokenError
from kit_jwt.keys.key import PublicKey

from .key_set import read_jwks
from .remote_jwks import CACHE_TTL, COOLDOWN, RETRY, Fetched
from .transport import MAX_BYTES

_SECONDS: Final = 5.0
# Only ever seen by the service itself: there is no such host.
_ADDRESS: Final = "https://jwks.invalid/.well-known/jwks.json"


class ServiceJwks:
    """A `KeySource` for `aio.Kit`, see `service_jwks`.

    Calls that come at once each ask for themselves: what one request of a Worker began ends with it, and others that
    waited for it would wait for ever.
    """

    def __init__(self, binding: Any, cache_ttl: int, address: str) -> None:  # noqa: ANN401 # an object of JavaScript
        """Ask nothing yet.

        Args:
            binding: what has the method `jwks` or `fetch`.
            cache_ttl: seconds that an answer is used.
            address: what `fetch` is given.
        """
        self._binding = binding
        self._ttl = cache_ttl
        self._address = address
        self._fetched: Fetched | None = None
        self._failed_at: float | None = None

    async def select(self, *, alg: str, kid: str | None, now: float) -> PublicKey:
        """The one key of an algorithm and a `kid`, asking for the set where that is needed and allowed.

        Args:
            alg: the algorithm.
            kid: the header's `kid`, or None where it has none.
            now: seconds since the epoch.

        Returns:
            The key.

        Raises:
            TokenError: `key_not_found`, `key_ambiguous`, `jwks_unavailable`.

        >>> class Keys:
        ...     async def jwks(self):
        ...         return {"keys": []}
        >>> asyncio.run(service_jwks(Keys()).select(alg="EdDSA", kid=None, now=0))
        Traceback (most recent call last):
        kit_jwt.errors.errors.TokenError: key_not_found: no key fits the token
        """
        algorithm = ALGORITHMS[alg]
        fetched = self._fresh(now) or await self._fetch(now)
        if fetched is None:
            raise TokenError("jwks_unavailable")
        found = fetched.find(algorithm, kid)
        if found == "key_not_found" and now - fetched.at >= COOLDOWN:
            # A new key signs before this cache runs out. An outage now leaves the known keys in place.
            fetched = await self._fetch(now) or fetched
            found = fetched.find(algorithm, kid)
        if isinstance(found, str):
            raise TokenError(found)
        return found

    def _fresh(self, now: float) -> Fetched | None:
        fetched = self._fetched
        return fetched if fetched is not None and 0 <= now - fetched.at < self._ttl else None

    async def _fetch(self, now: float) -> Fetched | None:
        if self._failed_at is not None and 0 <= now - self._failed_at < RETRY:
            return None
        try:
            entries = read_jwks(await asyncio.wait_for(self._ask(), _SECONDS))
        except Exception:  # noqa: BLE001 # whatever went wrong, there is no key set to be had
            self._failed_at = now
            return None
        self._failed_at = None
        self._fetched = Fetched(now, entries, {})
        return self._fetched

    async def _ask(self) -> object:
        # A binding claims to have every method: whether its service has this one is known when it is called.
        jwks = getattr(self._binding, "jwks", None)
        answer = None if jwks is None else await _called(jwks)
        return await self._body() if answer is None else answer

    async def _body(self) -> bytes:
        response = await self._binding.fetch(self._address, to_js({"redirect": "manual"}))
        reader = response.body.getReader()
        body = bytearray()
        while response.status == 200:  # noqa: PLR2004 # OK: the module of the standard library is one of the network
            step = await reader.read()
            if step.done:
                return bytes(body)
            body += step.value.to_bytes()
            if len(body) > MAX_BYTES:
                break
        await reader.cancel()
        message = "no key set"
        raise OSError(message)

    def __repr__(self) -> str:
        """Tell the address.

        Returns:
            A text without keys.
        """
        return f"<ServiceJwks {self._address}>"


async def _called(jwks: Any) -> object:  # noqa: ANN401 # a function of JavaScript
    """What an RPC method gives, as values of Python; None where it fails."""
    try:
        answer = await jwks()
    except Exception:  # noqa: BLE001 # the service may have no such method
        return None
    to_py = getattr(answer, "to_py", None)
    return answer if to_py is None else to_py()


def service_jwks(binding: object, *, cache_ttl: int = CACHE_TTL) -> ServiceJwks:
    """A key source for the JWKS of another Worker, asked through a service binding: no request leaves the platform.

    It is asked when first needed, when the cache has run out, and for an unknown `kid` at most every 30 seconds. The
    RPC method `jwks` is tried first; a service without it is fetched from.

    Args:
        binding: the service, as it stands in a Worker's `env`.
        cache_ttl: seconds that an answer is used.

    Returns:
        The key source, for `aio.Kit`.

    Raises:
        MisuseError: nothing that could be asked; a wrong `cache_ttl`.

    >>> class Keys:
    ...     async def jwks(self):
    ...         return {"keys": []}
    >>> service_jwks(Keys())
    <ServiceJwks https://jwks.invalid/.well-known/jwks.json>
    """
    askable = any(callable(getattr(binding, name, None)) for name in ("jwks", "fetch"))
    if not askable or isinstance(cache_ttl, bool) or not isinstance(cache_ttl, int) or cache_ttl < 1:
        message = "binding is a service, cache_ttl a positive number of seconds"
        raise MisuseError(message)
    return ServiceJwks(binding, cache_ttl, _ADDRESS)
