"""The same routes in each framework's own idiom, behind a real server on loopback."""

from __future__ import annotations

import http.client
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any
from urllib.parse import unquote
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
import uvicorn
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import path as django_path
from fastapi import Depends, FastAPI
from flask import Flask
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kit_jwt import Principal
from kit_jwt.http.asgi import asgi_guard
from kit_jwt.http.django import django_guard
from kit_jwt.http.fastapi import fastapi_guard, install_refusals
from kit_jwt.http.flask import current_auth, flask_guard
from kit_jwt.http.starlette import starlette_guard
from kit_jwt.http.wsgi import AUTH, wsgi_guard

from .http_vectors import World, body_of

settings.configure(ROOT_URLCONF="kit_tests_urls", ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="-" * 50, DEBUG=False)
django.setup()

Given = tuple[int, dict[str, str], str]


def _last(path: str) -> str:
    return unquote(path.rpartition("/")[2])


def _is_of(pattern: str, path: str) -> bool:
    return path.startswith(pattern.removesuffix(":id")) if pattern.endswith(":id") else path == pattern


def on_asgi(world: World) -> Any:
    require_auth = asgi_guard(**world.options)

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body_of(scope["state"]["auth"].subject).encode()})

    routes = world.routes(lambda scope: _last(scope["path"]))
    guarded = [(path, require_auth(*policy, **route)(app)) for path, policy, route in routes]

    async def routed(scope: Any, receive: Any, send: Any) -> None:
        await next(app for path, app in guarded if _is_of(path, scope["path"]))(scope, receive, send)

    return routed


def on_wsgi(world: World) -> Any:
    require_auth = wsgi_guard(**world.options)

    def app(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [body_of(environ[AUTH].subject).encode()]

    routes = world.routes(lambda environ: _last(environ["PATH_INFO"]))
    guarded = [(path, require_auth(*policy, **route)(app)) for path, policy, route in routes]

    def routed(environ: Any, start_response: Any) -> Any:
        return next(app for path, app in guarded if _is_of(path, environ["PATH_INFO"]))(environ, start_response)

    return routed


def on_starlette(world: World) -> Any:
    require_auth = starlette_guard(**world.options)

    async def me(request: Any) -> Response:
        return PlainTextResponse(body_of(request.state.auth.subject))

    # Middleware of a route is run when it is known which one it is: its parameters are there.
    return Starlette(
        routes=[
            Route(path.replace(":id", "{id}"), me, middleware=[require_auth(*policy, **route)])
            for path, policy, route in world.routes(lambda connection: str(connection.path_params["id"]))
        ]
    )


def on_fastapi(world: World) -> Any:
    require_auth = fastapi_guard(**world.options)
    app = FastAPI()
    install_refusals(app)
    for path, policy, route in world.routes(lambda connection: str(connection.path_params["id"])):
        dependency = Depends(require_auth(*policy, **route))

        async def me(auth: Annotated[Principal, dependency]) -> dict[str, str]:
            return {"subject": auth.subject}

        me.__annotations__["auth"] = Annotated[Principal, dependency]
        app.get(path.replace(":id", "{id}"))(me)
    return app


def on_flask(world: World) -> Any:
    require_auth = flask_guard(**world.options)
    app = Flask("tests")

    def me(**_params: str) -> str:
        return body_of(current_auth().subject)

    for path, policy, route in world.routes(lambda request: str(request.view_args["id"])):
        app.add_url_rule(path.replace(":id", "<id>"), path, require_auth(*policy, **route)(me))
    return app


class _Urls:
    urlpatterns: list[Any]


def _django(world: World, view: Callable[..., Any], handler: Callable[[], Any]) -> Any:
    require_auth = django_guard(**world.options)
    urls = _Urls()
    urls.urlpatterns = [
        django_path(path[1:].replace(":id", "<id>"), require_auth(*policy, **route)(view))
        for path, policy, route in world.routes(lambda request: str(request.resolver_match.kwargs["id"]))
    ]
    django.urls.clear_url_caches()
    sys.modules["kit_tests_urls"] = urls  # type: ignore[assignment] # where Django looks for its routes
    return handler()


def on_django(world: World) -> Any:
    def me(request: Any, **_params: str) -> HttpResponse:
        return HttpResponse(body_of(request.auth.subject))

    return _django(world, me, WSGIHandler)


def on_django_async(world: World) -> Any:
    async def me(request: Any, **_params: str) -> HttpResponse:
        return HttpResponse(body_of(request.auth.subject))

    return _django(world, me, ASGIHandler)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving_wsgi(app: Any) -> Iterator[int]:
    with make_server("127.0.0.1", 0, app, WSGIServer, _Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def serving_asgi(app: Any) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(
            app,
            lifespan="off",
            log_level="critical",
            interface="asgi3",
            ws="websockets-sansio",
            http="h11",
            # Else whoever comes from loopback says which peer it is.
            proxy_headers=False,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


def ask(port: int, target: str, headers: list[tuple[str, str]]) -> Given:
    """Send a request, each header as it is said."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.putrequest("GET", target)
        for name, value in headers:
            connection.putheader(name, value.encode("latin-1"))
        connection.endheaders()
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read().decode()
    except (BrokenPipeError, ConnectionResetError, http.client.BadStatusLine):
        # What a server that hangs up while it is spoken to has answered: 431 of RFC 6585, in its way.
        return 431, {}, ""
    finally:
        connection.close()
