"""The requests and answers of ASGI 3, as plain values and back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any, TypeAlias, cast

from .message import MAX_BODY, Answer, Message

Scope: TypeAlias = MutableMapping[str, Any]
"""Of a connection."""

Event: TypeAlias = MutableMapping[str, Any]
"""Of a connection."""

Receive: TypeAlias = Callable[[], Awaitable[Event]]
"""Gives the next event."""

Send: TypeAlias = Callable[[Event], Awaitable[None]]
"""Takes the next event."""


async def message_of(scope: Scope, receive: Receive) -> Message | None:
    """The request, or None where the client has gone before it was sent."""
    headers: dict[str, str] = {}
    for name, value in cast("Sequence[tuple[bytes, bytes]]", scope["headers"]):
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    # As it was sent: a path that had to be decoded is none of this issuer's.
    raw: bytes | None = scope.get("raw_path")
    path: str = scope["path"] if raw is None else raw.partition(b"?")[0].decode("latin-1")
    query: bytes = scope.get("query_string", b"")
    body = bytearray()
    while len(body) <= MAX_BODY:
        event = await receive()
        if event["type"] == "http.disconnect":
            return None
        body += event.get("body", b"")
        if not event.get("more_body", False):
            break
    return Message(
        method=scope["method"],
        path=path,
        query=query.decode("latin-1"),
        headers=headers,
        body=None if len(body) > MAX_BODY else bytes(body),
    )


async def send_answer(answer: Answer, send: Send) -> None:
    """Send an answer."""
    body = answer.body.encode("utf-8")
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items()]
    if answer.status not in {204, 304}:
        headers.append((b"content-length", str(len(body)).encode("ascii")))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
