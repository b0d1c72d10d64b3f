"""Starlette. JWT_ISS, JWT_AUD and JWT_SECRET say whose tokens it takes."""

import os

import uvicorn
from kit_jwt import aio, config_from_environment, policy
from kit_jwt.http import MemoryLimiter, limits_from_environment
from kit_jwt.http.starlette import starlette_guard
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

require_auth = starlette_guard(kit=aio.Kit(**config_from_environment(os.environ)), limiter=MemoryLimiter())
limits = limits_from_environment(os.environ)
finance = policy().roles_any("finance")
themselves_or_finance = policy().any_of(policy().subject({"ref": "id"}), finance)

me = require_auth()
user = require_auth(themselves_or_finance, context=lambda request: {"id": request.path_params["id"]})
reports = require_auth(finance, limits=[limits.read])
tickets = require_auth(by="address", before=True, limits=[limits.write])


async def greet(request: Request) -> PlainTextResponse:
    """Say who asks."""
    return PlainTextResponse(f"Hello {request.state.auth.subject}")


app = Starlette(
    routes=[
        Route("/me", greet, middleware=[me]),
        Route("/users/{id}", greet, middleware=[user]),
        Route("/reports", greet, middleware=[reports]),
        Route("/tickets", greet, middleware=[tickets]),
    ]
)

if __name__ == "__main__":
    # The guard reads X-Forwarded-For itself, and believes nobody who is not one of its `trusted_proxies`.
    uvicorn.run(app, port=int(os.environ.get("PORT", "3000")), proxy_headers=False)
