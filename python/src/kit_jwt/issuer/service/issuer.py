"""An issuer over HTTP, without a framework."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias, Unpack
from urllib.parse import urlsplit

from kit_jwt.issuer.errors import AuthorityError
from kit_jwt.issuer.http.asgi import Receive, Scope, Send, message_of, send_answer
from kit_jwt.issuer.http.message import Answer, Message, answer
from kit_jwt.issuer.http.refused import RefusedError
from kit_jwt.issuer.http.spans import RequestSpan

from .config import IssuerConfig, IssuerOptions, Refusal, read_config
from .context import Context
from .introspection import introspect, revoke
from .kits import Kits
from .published import keys, metadata, preflight, ready
from .token import token

_Handle: TypeAlias = Callable[[Message, Context], Answer]


@dataclass(frozen=True, slots=True)
class _Endpoint:
    name: str
    method: Literal["GET", "POST"]
    handle: _Handle
    is_open: bool = False
    """Read by anybody, from anywhere."""


def _keys(message: Message, context: Context) -> Answer:
    return keys(message, context.config)


def _metadata(message: Message, context: Context) -> Answer:
    return metadata(message, context.config)


def _ready(message: Message, context: Context) -> Answer:
    return ready(message, context.config)


def _metrics(_message: Message, context: Context) -> Answer:
    return context.metrics.answer(context.config.authority, context.config.clock())


def _health(_message: Message, _context: Context) -> Answer:
    return answer(200, {"status": "ok"})


_KEYS: Final = _Endpoint("keys", "GET", _keys, is_open=True)


def _endpoints_of(config: IssuerConfig) -> Mapping[str, _Endpoint]:
    """What is at which path."""
    path = urlsplit(config.issuer).path.removesuffix("/")
    return {
        f"{path}/auth/.well-known/jwks.json": _KEYS,
        f"{path}/.well-known/jwks.json": _KEYS,
        # Between host and path of the issuer (RFC 8414 section 3.1).
        f"/.well-known/oauth-authorization-server{path}": _Endpoint("metadata", "GET", _metadata, is_open=True),
        f"{path}/auth/token": _Endpoint("token", "POST", token),
        f"{path}/auth/introspect": _Endpoint("introspect", "POST", introspect),
        f"{path}/auth/revoke": _Endpoint("revoke", "POST", revoke),
        "/healthz": _Endpoint("health", "GET", _health),
        "/readyz": _Endpoint("ready", "GET", _ready),
        **({"/metrics": _Endpoint("metrics", "GET", _metrics)} if config.metrics else {}),
    }


def _answer_of(message: Message, endpoint: _Endpoint | None, context: Context) -> Answer:
    if endpoint is None:
        raise RefusedError("not_found", "not_found")
    allowed = ["POST"] if endpoint.method == "POST" else ["GET", "HEAD", *(["OPTIONS"] if endpoint.is_open else [])]
    if message.method not in allowed:
        headers = {"allow": ", ".join(allowed)}
        raise RefusedError("method_not_allowed", "method_not_allowed", headers=headers)
    return preflight() if message.method == "OPTIONS" else endpoint.handle(message, context)


def _refused_for(error: Exception) -> RefusedError:
    if isinstance(error, RefusedError):
        return error
    if isinstance(error, AuthorityError):
        return RefusedError("temporarily_unavailable", error.code)
    return RefusedError("server_error", "unexpected")


class Issuer:
    """An issuer over HTTP, and an ASGI 3 application.

    The token endpoint (RFC 6749, RFC 7523, RFC 8693), keys (RFC 7517), metadata (RFC 8414), introspection (RFC 7662)
    and revocation (RFC 7009). It is safe to share between threads.

    >>> from kit_jwt.issuer import Authority, Message
    >>> issuer = Issuer(authority=Authority(), issuer="https://auth.example")
    >>> issuer.handle(Message(method="GET", path="/healthz")).body
    '{"status":"ok"}'
    """

    def __init__(self, **options: Unpack[IssuerOptions]) -> None:
        """Check the configuration.

        Args:
            options: see `IssuerOptions`: the authority, the name of the issuer, and who may have what.

        Raises:
            ConfigError: `config_missing`, `config_invalid`, `config_conflict` with the option; the codes of keys in
                `trust`.
        """
        config = read_config(options)
        self._context = Context(config, Kits(config))
        self._endpoints = _endpoints_of(config)

    def handle(self, message: Message) -> Answer:
        """Answer a request that is a plain value. It may wait for the stores, and never raises.

        Args:
            message: the request, its body read up to 65,536 bytes.

        Returns:
            The answer.

        >>> from kit_jwt.issuer import Authority, Message
        >>> issuer = Issuer(authority=Authority(), issuer="https://auth.example")
        >>> issuer.handle(Message(method="GET", path="/auth/token"))
        <Answer 405>
        """
        endpoint = self._endpoints.get(message.path)
        tracer = self._context.config.tracer
        span = None if tracer is None else RequestSpan(tracer, message.method, message.path if endpoint else None)
        given, refused = self._respond(message, endpoint)
        if span is not None:
            span.end(given.status, refused.code if refused else None, refused.why if refused else None)
        return replace(given, body="") if message.method == "HEAD" else given

    def _respond(self, message: Message, endpoint: _Endpoint | None) -> tuple[Answer, RefusedError | None]:
        """The answer and, where it is a refusal, what it refuses with."""
        context = self._context.of(message.id)
        try:
            return _answer_of(message, endpoint, context), None
        except Exception as error:  # noqa: BLE001 # whatever it is, it is answered, and nothing of it is told
            refused = _refused_for(error)
            context.metrics.refused(refused.code)
            on_refusal = context.config.on_refusal
            if on_refusal is not None:
                name = None if endpoint is None else endpoint.name
                # Whoever listens does not decide what is answered.
                with suppress(Exception):
                    on_refusal(Refusal(refused.code, refused.why, name, message.id))
            return refused.answer(), refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a connection of ASGI 3; requests are handled in threads.

        Args:
            scope: of the connection; `lifespan` is answered, anything but `http` refused.
            receive: gives the events of the request.
            send: takes those of the answer.

        Raises:
            ValueError: a WebSocket, or what this does not know.
        """
        if scope["type"] == "lifespan":
            while (await receive())["type"] != "lifespan.shutdown":
                await send({"type": "lifespan.startup.complete"})
            await send({"type": "lifespan.shutdown.complete"})
            return
        if scope["type"] != "http":
            raise ValueError("only http")
        message = await message_of(scope, receive)
        if message is not None:
            await send_answer(await asyncio.to_thread(self.handle, message), send)
