"""What shows tokens in the requests of httpx."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from http import HTTPStatus

import httpx

from kit_jwt.errors import MisuseError

from .outgoing.aio_tokens import AsyncTargetTokens
from .outgoing.tokens import TargetTokens
from .outgoing.wanted import Wanted

__all__ = ["TokenAuth"]


class TokenAuth(httpx.Auth):
    """Shows a token: `Authorization` is its own, whatever else was given.

    Where the target answers with 401, the token is forgotten, and the request sent once more with a new one, unless its
    body was a stream. The request that was given is not changed. Meant for URLs of the target alone, by https. What
    `TargetTokens.token` raises comes out of the request.

    >>> import httpx
    >>> from kit_jwt import Kit
    >>> from kit_jwt.http import TargetTokens, Wanted, mint_locally
    >>> tokens = TargetTokens(mint_locally(Kit(issuer="https://auth.example", secret="A" * 86)), caller="gateway")
    >>> orders = httpx.Client(auth=TokenAuth(tokens, Wanted(target="orders", scopes=["orders:read"])))
    """

    def __init__(self, tokens: TargetTokens | AsyncTargetTokens, wanted: Wanted) -> None:
        """Show the tokens of a caller.

        Args:
            tokens: `TargetTokens` for a `Client`, `AsyncTargetTokens` for an `AsyncClient`.
            wanted: for which target, with which scopes, for which user.

        Raises:
            MisuseError: neither of both.
        """
        if not isinstance(tokens, (TargetTokens, AsyncTargetTokens)) or not isinstance(wanted, Wanted):
            raise MisuseError("tokens and what is wanted are needed")
        self._tokens = tokens
        self._wanted = wanted

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send a request of a `Client`.

        Args:
            request: that is copied.

        Yields:
            The request with a token, once or twice.

        Raises:
            MisuseError: the tokens are for an `AsyncClient`.
        """
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
        """
        if not isinstance(self._tokens, AsyncTargetTokens):
            raise MisuseError("an AsyncClient needs AsyncTargetTokens")
        token = await self._tokens.token(self._wanted)
        response = yield _with_token(request, token)
        if self._is_sent_again(request, response, token):
            yield _with_token(request, await self._tokens.token(self._wanted))

    def _is_sent_again(self, request: httpx.Request, response: httpx.Response, token: str) -> bool:
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
