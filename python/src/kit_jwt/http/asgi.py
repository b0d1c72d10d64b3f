"""Applications of ASGI 3: guards around any of them, for requests and for WebSockets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any, TypeAlias, Unpack, cast

from kit_jwt.auth.policy_builder import AnyPolicy

from .guard.guard import ANYBODY, Check, Guard
from .guard.options import GuardOptions, Refusal, RouteOptions
from .guard.request import GuardRequest

__all__ = ["asgi_guard"]

Scope: TypeAlias = MutableMapping[str, Any]
"""Of a connection."""

Event: TypeAlias = MutableMapping[str, Any]
"""Of a connection."""

Receive: TypeAlias = Callable[[], Awaitable[Event]]
"""Gives the next event."""

Send: TypeAlias = Callable[[Event], Awaitable[None]]
"""Takes the next event."""

App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
"""An application."""

# RFC 6455 section 7.4.1: a policy is violated.
_VIOLATED = 1008


def asgi_guard(**options: Unpack[GuardOptions[Scope]]) -> Callable[..., Callable[[App], App]]:
    """Guards for applications of ASGI 3; behind one, `scope["state"]["auth"]` says who asks.

    Args:
        options: see `GuardOptions`; the kit is an `aio.Kit`.

    Returns:
        A function from a policy and `RouteOptions` to what puts the guard around an application.

    Raises:
        ConfigError: `config_missing`, `config_invalid` with the option; the guard of a route, too.
        MisuseError: not a policy, when the guard of a route is made.

    >>> from kit_jwt import aio, policy
    >>> kit = aio.Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
    >>> require_auth = asgi_guard(kit=kit)
    >>> async def app(scope, receive, send):
    ...     await send({"type": "http.response.start", "status": 204, "headers": []})
    ...     await send({"type": "http.response.body"})
    >>> guarded = require_auth(policy().need_all("read:data"))(app)
    """
    guard = Guard(parts_of_scope, **options)

    def require_auth(policy: AnyPolicy = ANYBODY, /, **route: Unpack[RouteOptions[Scope]]) -> Callable[[App], App]:
        check = guard(policy, **route)
        return lambda app: GuardedApp(app, check, lambda scope: scope)

    return require_auth


class GuardedApp:
    """An application of ASGI behind a guard; what is neither a request nor a WebSocket goes through."""

    def __init__(self, app: App, check: Check[Any], request_of: Callable[[Scope], object]) -> None:
        """See `asgi_guard`."""
        self._app = app
        self._check = check
        self._request_of = request_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a connection."""
        if scope["type"] not in {"http", "websocket"}:
            return await self._app(scope, receive, send)
        outcome = await self._check.decide_awaiting(self._request_of(scope))
        if isinstance(outcome, Refusal):
            return await send_refusal(outcome, scope, receive, send)
        scope.setdefault("state", {})["auth"] = outcome.auth
        if not outcome.headers:
            return await self._app(scope, receive, send)
        added = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in outcome.headers.items()]

        async def sending(event: Event) -> None:
            if event["type"] in {"http.response.start", "websocket.accept"}:
                event = {**event, "headers": [*event.get("headers", ()), *added]}
            await send(event)

        return await self._app(scope, receive, sending)


def parts_of_scope(scope: Scope) -> GuardRequest:
    """What a guard looks at in a connection of ASGI."""
    headers = cast("Sequence[tuple[bytes, bytes]]", scope["headers"])
    client = cast("Sequence[Any] | None", scope.get("client"))

    def header(name: str) -> list[str]:
        wanted = name.encode("latin-1")
        return [value.decode("latin-1") for one, value in headers if one.lower() == wanted]

    query: bytes = scope.get("query_string", b"")
    return GuardRequest(header=header, query=query.decode("latin-1"), peer=str(client[0]) if client else None)


async def send_refusal(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a connection that is refused: a WebSocket before its handshake, where the server can do that."""
    prefix = "http"
    if scope["type"] == "websocket":
        await receive()
        if "websocket.http.response" not in (scope.get("extensions") or {}):
            return await send({"type": "websocket.close", "code": _VIOLATED})
        prefix = "websocket.http"
    body = refusal.body.encode("utf-8")
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in refusal.headers.items()]
    headers.append((b"content-length", str(len(body)).encode("ascii")))
    await send({"type": f"{prefix}.response.start", "status": refusal.status, "headers": headers})
    await send({"type": f"{prefix}.response.body", "body": body})
    return None
