"""WebSockets, streams, and what only one framework has."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from django.http import HttpRequest, HttpResponse
from fastapi import Depends, FastAPI, WebSocket
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from kit_jwt import Kit, Principal, aio, generate_secret, policy
from kit_jwt.http import Drawn, Limit, open_api
from kit_jwt.http.asgi import asgi_guard
from kit_jwt.http.django import django_guard
from kit_jwt.http.fastapi import fastapi_guard, install_refusals
from kit_jwt.http.starlette import starlette_guard
from kit_jwt.http.wsgi import wsgi_guard

from .http_servers import ask, serving_asgi
from .vectors import CONFORMANCE, load

OPTIONS: Any = {"issuer": "https://auth.example", "audience": "api", "secret": generate_secret()}
KIT = Kit(**OPTIONS)
AIO = aio.Kit(**OPTIONS)
READER = Depends(fastapi_guard(kit=AIO)())
READ = Limit(name="read", quota=120, window_seconds=60)


class Endless:
    def draw(self, _key: str, _limit: Limit, _cost: int) -> Drawn:
        return Drawn(allowed=True, remaining=119, reset_after=1, retry_after=0)


def authorization(**claims: Any) -> str:
    return f"Bearer {KIT.sign({'sub': 'u1', **claims})}"


async def greet(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(socket.state.auth.subject)
    await socket.close()


def on_starlette() -> Any:
    require_auth = starlette_guard(kit=AIO)
    return Starlette(routes=[WebSocketRoute("/", greet, middleware=[require_auth(policy().roles_any("admin"))])])


def on_fastapi() -> Any:
    require_auth = fastapi_guard(kit=AIO)
    app = FastAPI()
    install_refusals(app)
    admin = Depends(require_auth(policy().roles_any("admin")))

    @app.websocket("/", dependencies=[admin])
    async def greeting(socket: WebSocket) -> None:
        await greet(socket)

    return app


@pytest.mark.parametrize("make", [on_starlette, on_fastapi])
def test_a_websocket_is_refused_before_the_handshake(make: Any) -> None:
    with serving_asgi(make()) as port:
        for headers, status, word in (
            ({}, 401, "authentication_required"),
            ({"authorization": authorization()}, 403, "insufficient_scope"),
        ):
            with pytest.raises(InvalidStatus) as caught:
                connect(f"ws://127.0.0.1:{port}/", additional_headers=headers)
            response = caught.value.response
            assert response.status_code == status
            assert json.loads(response.body or b"")["code"] == word


@pytest.mark.parametrize("make", [on_starlette, on_fastapi])
def test_behind_the_guard_it_is_known_who_is_there(make: Any) -> None:
    headers = {"authorization": authorization(roles=["admin"])}
    with serving_asgi(make()) as port, connect(f"ws://127.0.0.1:{port}/", additional_headers=headers) as socket:
        assert socket.recv() == "u1"


def _sent(app: Any, scope: Any) -> list[Any]:
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(event: Any) -> None:
        sent.append(event)

    asyncio.run(app(scope, receive, send))
    return sent


async def streaming(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-own", b"a")]})
    await send({"type": "http.response.body", "body": b"first", "more_body": True})
    await send({"type": "http.response.body", "body": b"last"})


def test_a_server_without_answers_to_websockets_closes_them() -> None:
    app = asgi_guard(kit=AIO)()(streaming)
    assert _sent(app, {"type": "websocket", "headers": []}) == [{"type": "websocket.close", "code": 1008}]


def test_what_an_application_streams_goes_out_as_it_comes_with_what_is_left_of_the_limits() -> None:
    app = asgi_guard(kit=AIO, limiter=Endless())(limits=[READ])(streaming)
    scope = {"type": "http", "headers": [(b"authorization", authorization().encode())]}
    start, first, last = _sent(app, scope)
    assert start["headers"] == [
        (b"x-own", b"a"),
        (b"ratelimit-policy", b'"read";q=120;w=60'),
        (b"ratelimit", b'"read";r=119;t=1'),
    ]
    assert (first["body"], last["body"]) == (b"first", b"last")


def test_what_is_neither_a_request_nor_a_websocket_goes_through() -> None:
    async def lifespan(scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": scope["type"]})

    assert _sent(asgi_guard(kit=AIO)()(lifespan), {"type": "lifespan"}) == [{"type": "lifespan"}]


def test_what_an_application_of_wsgi_gives_is_given_on() -> None:
    taken: list[str] = []

    def app(_environ: Any, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [("x-own", "a")])
        for part in ("first", "last"):
            taken.append(part)
            yield part.encode()

    started: list[Any] = []
    guarded = wsgi_guard(kit=KIT, limiter=Endless())(limits=[READ])(app)
    parts = iter(guarded({"HTTP_AUTHORIZATION": authorization()}, lambda *given: started.append(given)))
    assert (next(parts), taken) == (b"first", ["first"])
    ((status, headers),) = started
    assert (status, headers[0], dict(headers)["ratelimit"]) == ("200 OK", ("x-own", "a"), '"read";r=119;t=1')


def test_what_a_guard_adds_to_a_document_is_what_the_contract_says() -> None:
    told = load(CONFORMANCE / "http" / "openapi.json")
    assert open_api() == {name: told[name] for name in ("securitySchemes", "responses")}


def test_a_dependency_stands_in_the_openapi_document() -> None:
    app = FastAPI(responses=open_api()["responses"])

    @app.get("/me")
    async def me(auth: Annotated[Principal, READER]) -> str:
        return auth.subject

    document = app.openapi()
    route = document["paths"]["/me"]["get"]
    assert route["security"] == [{"bearer": []}]
    assert document["components"]["securitySchemes"] == open_api()["securitySchemes"]
    assert {status: route["responses"][status] for status in open_api()["responses"]} == open_api()["responses"]


def test_without_the_handler_a_refusal_has_the_same_status_and_headers() -> None:
    app = FastAPI()

    @app.get("/me", dependencies=[Depends(fastapi_guard(kit=AIO)())])
    async def me() -> str:
        return ""

    with serving_asgi(app) as port:
        status, headers, _ = ask(port, "/me", [])
    assert (status, headers["www-authenticate"], headers["cache-control"]) == (401, "Bearer", "no-store")


def _request(**headers: str) -> HttpRequest:
    request = HttpRequest()
    request.META = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return request


def test_a_middleware_of_django_stands_before_everything() -> None:
    class Everything:
        def __call__(self, request: Any) -> HttpResponse:
            return HttpResponse(request.auth.subject)

    middleware: Any = django_guard(kit=KIT, limiter=Endless())(limits=[READ])(Everything())
    assert middleware(_request()).status_code == 401
    response = middleware(_request(authorization=authorization()))
    assert (response.content, response.headers["ratelimit"]) == (b"u1", '"read";r=119;t=1')


async def test_a_middleware_of_django_awaits_what_is_to_be_awaited() -> None:
    async def everything(request: Any) -> HttpResponse:
        return HttpResponse(request.auth.subject)

    middleware: Any = django_guard(kit=AIO)()(everything)
    assert (await middleware(_request())).status_code == 401
    assert (await middleware(_request(authorization=authorization()))).content == b"u1"
