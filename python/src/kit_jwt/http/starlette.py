"""Guards for Starlette: middleware of a route, a mount or an application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

from starlette.middleware import Middleware
from starlette.requests import HTTPConnection

from kit_jwt.auth.policy_builder import AnyPolicy

from .asgi import GuardedApp, parts_of_scope
from .guard.guard import ANYBODY, Guard
from .guard.options import GuardOptions, RouteOptions
from .guard.request import GuardRequest

__all__ = ["starlette_guard"]


def starlette_guard(**options: Unpack[GuardOptions[HTTPConnection]]) -> Callable[..., Middleware]:
    """Guards for Starlette, for WebSockets, too; behind one, `request.state.auth` says who asks.

    Args:
        options: see `GuardOptions`; the kit is an `aio.Kit`.

    Returns:
        A function from a policy and `RouteOptions` to the middleware.

    Raises:
        ConfigError: `config_missing`, `config_invalid` with the option; the middleware of a route, too.
        MisuseError: not a policy, when the middleware of a route is made.

    >>> from starlette.applications import Starlette
    >>> from starlette.responses import PlainTextResponse
    >>> from starlette.routing import Route
    >>> from kit_jwt import aio, policy
    >>> kit = aio.Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
    >>> require_auth = starlette_guard(kit=kit)
    >>> async def me(request):
    ...     return PlainTextResponse(request.state.auth.subject)
    >>> app = Starlette(routes=[Route("/me", me, middleware=[require_auth(policy().need_all("read:data"))])])
    """
    guard = Guard(parts_of_connection, **options)

    def require_auth(policy: AnyPolicy = ANYBODY, /, **route: Unpack[RouteOptions[HTTPConnection]]) -> Middleware:
        return Middleware(GuardedApp, check=guard(policy, **route), request_of=HTTPConnection)

    return require_auth


def parts_of_connection(connection: HTTPConnection) -> GuardRequest:
    """What a guard looks at in a request or a WebSocket of Starlette."""
    return parts_of_scope(connection.scope)
