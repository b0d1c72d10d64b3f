"""Guards in each framework, by real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from . import http_servers as servers
from .http_vectors import FILE, World, headers_of

AWAITED = [servers.on_asgi, servers.on_starlette, servers.on_fastapi, servers.on_django_async]
AT_ONCE = [servers.on_wsgi, servers.on_flask, servers.on_django]


class Changing:
    """An application that is another one for each test: a server is started once for each framework."""

    app: Any = None

    async def awaited(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)

    def at_once(self, environ: Any, start_response: Any) -> Any:
        return self.app(environ, start_response)


@pytest.fixture(scope="module")
def asgi() -> Iterator[tuple[Changing, int]]:
    changing = Changing()
    with servers.serving_asgi(changing.awaited) as port:
        yield changing, port


@pytest.fixture(scope="module")
def wsgi() -> Iterator[tuple[Changing, int]]:
    changing = Changing()
    with servers.serving_wsgi(changing.at_once) as port:
        yield changing, port


def _check(test: Any, framework: Any, serving: tuple[Changing, int], *, is_awaited: bool) -> None:
    changing, port = serving
    world = World(test["guard"], test["now"], is_awaited=is_awaited)
    changing.app = framework(world)
    for step in test["requests"]:
        world.expects(step)
        target = f"{step['path']}?{step['query']}" if "query" in step else step["path"]
        world.check(*servers.ask(port, target, headers_of(step)), step)


@pytest.mark.parametrize("framework", AWAITED)
@pytest.mark.parametrize("test", FILE["tests"], ids=lambda test: test["id"])
def test_vectors_by_asgi(test: Any, framework: Any, asgi: tuple[Changing, int]) -> None:
    _check(test, framework, asgi, is_awaited=True)


@pytest.mark.parametrize("framework", AT_ONCE)
@pytest.mark.parametrize("test", FILE["tests"], ids=lambda test: test["id"])
def test_vectors_by_wsgi(test: Any, framework: Any, wsgi: tuple[Changing, int]) -> None:
    _check(test, framework, wsgi, is_awaited=False)
