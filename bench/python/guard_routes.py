"""The same route in each framework: bare, with one call of `verify` and nothing else, and with the kit's guard."""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import path
from fastapi import Depends, FastAPI
from flask import Flask, Response
from flask import request as asked
from kit_jwt import Kit, aio
from kit_jwt.http.asgi import asgi_guard
from kit_jwt.http.django import django_guard
from kit_jwt.http.fastapi import fastapi_guard
from kit_jwt.http.flask import flask_guard
from kit_jwt.http.starlette import starlette_guard
from kit_jwt.http.wsgi import wsgi_guard
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

Ask = Callable[[str, str], tuple[int, bytes]]
"""What a path and a header of authorization are told: a status, and a body."""
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Asgi = Callable[[Event, Receive, Send], Awaitable[None]]
Wsgi = Callable[[Event, Any], Any]


@dataclass(frozen=True)
class Kits:
    """The same kit, for threads and for an event loop."""

    threads: Kit
    loop: aio.Kit


def token_in(authorization: str) -> str:
    """What everybody writes who has a library and no guard."""
    return authorization.removeprefix("Bearer ")


def _asked_as_asgi(app: Asgi, loop: asyncio.AbstractEventLoop) -> Ask:
    async def receive() -> Event:
        return {"type": "http.request", "body": b"", "more_body": False}

    def ask(route: str, authorization: str) -> tuple[int, bytes]:
        said: list[Event] = []

        async def send(event: Event) -> None:
            said.append(event)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": route,
            "raw_path": route.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(b"host", b"localhost"), (b"authorization", authorization.encode())],
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 80),
            "state": {},
        }
        loop.run_until_complete(app(scope, receive, send))
        return said[0]["status"], b"".join(event.get("body", b"") for event in said[1:])

    return ask


def _asked_as_wsgi(app: Wsgi) -> Ask:
    def ask(route: str, authorization: str) -> tuple[int, bytes]:
        statuses: list[str] = []
        environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": route,
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_AUTHORIZATION": authorization,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        answer = app(environ, lambda status, _headers, _error=None: statuses.append(status))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return int(statuses[0].split(" ")[0]), body

    return ask


def _asgi(kits: Kits) -> Asgi:
    async def bare(_scope: Event, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    async def verify(scope: Event, receive: Receive, send: Send) -> None:
        await kits.loop.verify(token_in(dict(scope["headers"])[b"authorization"].decode()))
        await bare(scope, receive, send)

    routes = {"/bare": bare, "/verify": verify, "/guard": asgi_guard(kit=kits.loop)()(bare)}

    async def app(scope: Event, receive: Receive, send: Send) -> None:
        await routes[scope["path"]](scope, receive, send)

    return app


def _starlette(kits: Kits) -> Asgi:
    async def bare(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("ok")

    async def verify(request: Request) -> PlainTextResponse:
        await kits.loop.verify(token_in(request.headers["authorization"]))
        return await bare(request)

    guard = Route("/guard", bare, middleware=[starlette_guard(kit=kits.loop)()])
    return Starlette(routes=[Route("/bare", bare), Route("/verify", verify), guard])


def _fastapi(kits: Kits) -> Asgi:
    app = FastAPI(default_response_class=PlainTextResponse)

    async def verified(request: Request) -> object:
        return await kits.loop.verify(token_in(request.headers["authorization"]))

    @app.get("/bare")
    async def bare() -> str:
        return "ok"

    @app.get("/verify", dependencies=[Depends(verified)])
    async def verify() -> str:
        return "ok"

    @app.get("/guard", dependencies=[Depends(fastapi_guard(kit=kits.loop)())])
    async def guard() -> str:
        return "ok"

    return app


def _wsgi(kits: Kits) -> Wsgi:
    def bare(_environ: Event, start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [b"ok"]

    def verify(environ: Event, start_response: Any) -> list[bytes]:
        kits.threads.verify(token_in(environ["HTTP_AUTHORIZATION"]))
        return bare(environ, start_response)

    routes = {"/bare": bare, "/verify": verify, "/guard": wsgi_guard(kit=kits.threads)()(bare)}
    return lambda environ, start_response: routes[environ["PATH_INFO"]](environ, start_response)


def _flask(kits: Kits) -> Wsgi:
    app = Flask(__name__)

    @app.get("/bare")
    def bare() -> Response:
        return Response("ok")

    @app.get("/verify")
    def verify() -> Response:
        kits.threads.verify(token_in(asked.headers["authorization"]))
        return Response("ok")

    @app.get("/guard")
    @flask_guard(kit=kits.threads)()
    def guard() -> Response:
        return Response("ok")

    return app


def _django(kits: Kits) -> Wsgi:
    def bare(_request: Any) -> HttpResponse:
        return HttpResponse("ok")

    def verify(request: Any) -> HttpResponse:
        kits.threads.verify(token_in(request.headers["authorization"]))
        return bare(request)

    guard = django_guard(kit=kits.threads)()(bare)
    routes = (path("bare", bare), path("verify", verify), path("guard", guard))
    if not settings.configured:
        settings.configure(ALLOWED_HOSTS=["localhost"], SECRET_KEY=secrets.token_hex())
        django.setup()
    handler = WSGIHandler()

    def app(environ: Event, start_response: Any) -> Any:
        # Of this kit: there may be others in this process.
        settings.ROOT_URLCONF = routes
        return handler(environ, start_response)

    return app


FRAMEWORKS: Final[dict[str, Callable[[Kits, asyncio.AbstractEventLoop], Ask]]] = {
    "asgi": lambda kits, loop: _asked_as_asgi(_asgi(kits), loop),
    "starlette": lambda kits, loop: _asked_as_asgi(_starlette(kits), loop),
    "fastapi": lambda kits, loop: _asked_as_asgi(_fastapi(kits), loop),
    "wsgi": lambda kits, _: _asked_as_wsgi(_wsgi(kits)),
    "flask": lambda kits, _: _asked_as_wsgi(_flask(kits)),
    "django": lambda kits, _: _asked_as_wsgi(_django(kits)),
}
