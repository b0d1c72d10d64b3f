"""ASGI without a framework. JWT_ISS, JWT_AUD and JWT_SECRET say whose tokens it takes."""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import uvicorn
from kit_jwt import aio, config_from_environment, policy
from kit_jwt.http import MemoryLimiter, limits_from_environment
from kit_jwt.http.asgi import asgi_guard

Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]

require_auth = asgi_guard(kit=aio.Kit(**config_from_environment(os.environ)), limiter=MemoryLimiter())
limits = limits_from_environment(os.environ)
finance = policy().roles_any("finance")
themselves_or_finance = policy().any_of(policy().subject({"ref": "id"}), finance)


async def answer(send: Send, status: int, text: str) -> None:
    """Answer with a text."""
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})


async def greet(scope: Event, _receive: Receive, send: Send) -> None:
    """Say who asks."""
    await answer(send, 200, f"Hello {scope['state']['auth'].subject}")


me = require_auth()(greet)
user = require_auth(themselves_or_finance, context=lambda scope: {"id": scope["path"].removeprefix("/users/")})(greet)
reports = require_auth(finance, limits=[limits.read])(greet)
tickets = require_auth(by="address", before=True, limits=[limits.write])(greet)


async def app(scope: Event, receive: Receive, send: Send) -> None:
    """Find the route."""
    match scope["path"].split("/"):
        case ["", "me"]:
            await me(scope, receive, send)
        case ["", "users", _]:
            await user(scope, receive, send)
        case ["", "reports"]:
            await reports(scope, receive, send)
        case ["", "tickets"]:
            await tickets(scope, receive, send)
        case _:
            await answer(send, 404, "Not Found")


if __name__ == "__main__":
    # The guard reads X-Forwarded-For itself, and believes nobody who is not one of its `trusted_proxies`.
    uvicorn.run(app, port=int(os.environ.get("PORT", "3000")), proxy_headers=False, lifespan="off")
