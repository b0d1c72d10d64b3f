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
from kit_jwt.redis import AioRedisLimiter, from_redis_py_aio
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

# What is measured is who passes, on a machine that may have other things to do than to answer in time.
PATIENCE_SECONDS = 20
pool = BlockingConnectionPool.from_url(
    os.environ["REDIS_URL"],
    max_connections=32,
    timeout=PATIENCE_SECONDS,
    socket_timeout=PATIENCE_SECONDS,
    socket_connect_timeout=PATIENCE_SECONDS,
    retry=Retry(NoBackoff(), 0),
)
limiter = AioRedisLimiter(from_redis_py_aio(Redis.from_pool(pool)), deadline_seconds=PATIENCE_SECONDS)
require_auth = starlette_guard(kit=aio.Kit(**config_from_environment(os.environ)), limiter=limiter)
limit = limits_from_environment(os.environ).read


async def me(request: Request) -> PlainTextResponse:
    """Tell who asks."""
    return PlainTextResponse(request.state.auth.subject)


app = Starlette(routes=[Route("/", me, middleware=[require_auth(limits=[limit])])])
with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(app, lifespan="off", log_level="critical", timeout_keep_alive=120)
    uvicorn.Server(config).run(sockets=[listener])
