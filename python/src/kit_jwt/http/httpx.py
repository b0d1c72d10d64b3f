"""What shows tokens in the requests of httpx."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator, Sequence
from http import HTTPStatus

import httpx

from kit_jwt.errors import MisuseError

from .outgoing.aio_tokens import AsyncTargetTokens
from .outgoing.origins import elsewhere, origin_of, read_origins
from .outgoing.tokens import TargetTokens
from .outgoing.wanted import Wanted

__all__ = ["TokenAuth"]


class TokenAuth(httpx.Auth):
    """Shows a token, to its target alone: `Authorization` is its own, whatever else was given.

    A URL of another origin is refused before anything is asked for; where a client follows a redirect to another one,
    the token stays behind. Where the target answers with 401, the token is forgotten, and the request sent once more
    with a new one, unless its body was a stream. The request that was given is not changed. What `TargetTokens.token`
    raises comes out of the request, and `OutgoingError` with `origin_not_allowed`.

    >>> import httpx
    >>> from kit_jwt import Kit
    >>> from kit_jwt.http import TargetTokens, Wanted, mint_locally
    >>> tokens = TargetTokens(mint_locally(Kit(issuer="https://auth.example", secret="A" * 86)), caller="gateway")
    >>> wanted = Wanted(target="orders", scopes=["orders:read"])
    >>> orders = httpx.Client(auth=TokenAuth(tokens, wanted, origins=["https://orders.example"]))
    """

    def __init__(self, tokens: TargetTokens | AsyncTargetTokens, wanted: Wanted, *, origins: Sequence[str]) -> None:
        """Show the tokens of a caller.

        Args:
            tokens: `TargetTokens` for a `Client`, `AsyncTargetTokens` for an `AsyncClient`.
            wanted: for which target, with which scopes, for which user.
            origins: of the target, such as `https://orders.example`: of `https:`, or of `http:` on loopback; without a
                path.

        Raises:
            MisuseError: what is no tokens, or nothing wanted.
            ConfigError: `config_invalid` with `origins`.
        """
        if not isinstance(tokens, (TargetTokens, AsyncTargetTokens)) or not isinstance(wanted, Wanted):
            raise MisuseError("tokens and what is wanted are needed")
        self._tokens = tokens
        self._wanted = wanted
        self._origins = read_origins(origins)

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send a request of a `Client`.

        Args:
            request: that is copied.

        Yields:
            The request with a token, once or twice.

        Raises:
            MisuseError: the tokens are for an `AsyncClient`.
            OutgoingError: `origin_not_allowed`.
        """
        self._hold_to_target(request)
        if not isinstance(self._tokens, TargetTokens):
            raise MisuseError("a Client needs TargetTokens")
        token = self._tokens.token(self._wanted)
        response = yield _with_token(request, token)
        if self._is_sent_again(request, response, token):
            yield _with_token(request, self._tokens.token(self._wanted))

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Send a request of an `AsyncClient`.

        Args:
            request: that is copied.

        Yields:
            The request with a token, once or twice.

        Raises:
            MisuseError: the tokens are for a `Client`.
            OutgoingError: `origin_not_allowed`.
        """
        self._hold_to_target(request)
        if not isinstance(self._tokens, AsyncTargetTokens):
            raise MisuseError("an AsyncClient needs AsyncTargetTokens")
        token = await self._tokens.token(self._wanted)
        response = yield _with_token(request, token)
        if self._is_sent_again(request, response, token):
            yield _with_token(request, await self._tokens.token(self._wanted))

    def _hold_to_target(self, request: httpx.Request) -> None:
        # Where the client connects to: the header `Host` does not matter.
        url = request.url
        if url.userinfo or origin_of(url.scheme, url.raw_host.decode(), url.port) not in self._origins:
            raise elsewhere()

    def _is_sent_again(self, request: httpx.Request, response: httpx.Response, token: str) -> bool:
        # Whom a redirect led to was not shown the token, and says nothing about it.
        if "authorization" not in response.request.headers:
            return False
        if response.status_code != HTTPStatus.UNAUTHORIZED or not self._tokens.refuse(self._wanted, token):
            return False
        # What a stream has given is gone.
        return isinstance(request.stream, httpx.ByteStream)


def _with_token(request: httpx.Request, token: str) -> httpx.Request:
    headers = request.headers.copy()
    headers["authorization"] = f"Bearer {token}"
    return httpx.Request(
        request.method, request.url, headers=headers, stream=request.stream, extensions=request.extensions
    )
