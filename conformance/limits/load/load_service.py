# ruff: noqa: INP001 # a program, run by its path
"""A service as anybody would write it: a guard in Starlette, whose limit `read` is that of the environment.

Its budgets are on the Redis of the environment. Prints where it listens.
"""

from __future__ import annotations

import os
import socket
import sys

import uvicorn
from kit_jwt import aio, config_from_environment
from kit_jwt.http import limits_from_environment
from kit_jwt.http.starlette import starlette_guard
from kit_jwt.redis import AioRedisLimiter, connect_redis_aio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

redis = connect_redis_aio(os.environ)
assert redis is not None  # noqa: S101 # whoever starts this names one
# What is measured is who passes, on a machine that may have other things to do than to answer in time.
limiter = AioRedisLimiter(redis, deadline_seconds=10)
require_auth = starlette_guard(kit=aio.Kit(**config_from_environment(os.environ)), limiter=limiter)
limit = limits_from_environment(os.environ).read


async def me(request: Request) -> PlainTextResponse:
    """Tell who asks."""
    return PlainTextResponse(request.state.auth.subject)


app = Starlette(routes=[Route("/", me, middleware=[require_auth(limits=[limit])])])
with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="critical")).run(sockets=[listener])
