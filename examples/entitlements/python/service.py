"""Who may use what: a small service behind an issuer. Its TypeScript twin is ../typescript/service.ts."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from kit_jwt import aio, config_from_environment, policy
from kit_jwt.http import limits_from_environment
from kit_jwt.http.starlette import starlette_guard
from kit_jwt.redis import stores_from_environment_aio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from grant_request import read_grant
from ledger import Ledger
from problem import problem


def log(**line: object) -> None:
    """Tell what happened: one JSON object a line."""
    print(json.dumps(line, separators=(",", ":")), flush=True)


# JWT_ISS, JWT_AUD and JWT_JWKS_URL: this service has no key of its own, and cannot mint.
kit = aio.Kit(**config_from_environment(os.environ, role="consumer"))
# With REDIS_URL all processes share one budget for each caller, those of the other language, too.
stores = stores_from_environment_aio(os.environ)
limits = limits_from_environment(os.environ)

require_auth = starlette_guard(
    kit=kit,
    limiter=stores.limiter,
    on_refusal=lambda refusal, _request: log(event="refused", status=refusal.status, code=refusal.code),
)
themselves_or_finance = require_auth(
    policy().any_of(policy().subject({"ref": "id"}), policy().roles_any("finance")),
    context=lambda request: {"id": request.path_params["id"]},
    limits=[limits.read],
)
admins = require_auth(policy().roles_any("admin"), limits=[limits.write])

ledger = Ledger()


async def healthz(_request: Request) -> Response:
    """Say that the service runs."""
    return JSONResponse({"status": "ok"})


async def entitlements(request: Request) -> Response:
    """Say what a user may use."""
    user = request.path_params["id"]
    return JSONResponse({"balance": ledger.balance_of(user), "user": user})


async def grant(request: Request) -> Response:
    """Give a user credits, once for each `externalRef`."""
    user = request.path_params["id"]
    asked = read_grant(await request.body())
    if asked is None:
        return problem(400, "grant_invalid")
    external_ref, amount = asked
    known = ledger.find(external_ref)
    if known is None:
        return JSONResponse(ledger.credit(user, external_ref, amount), 201)
    # Whoever did not hear the first answer asks again, and is told the same. Another one of this name is a mistake.
    is_same = known["user"] == user and known["credits"] == amount
    return JSONResponse(known) if is_same else problem(409, "external_ref_taken")


@asynccontextmanager
async def running(_app: Starlette) -> AsyncIterator[None]:
    """Close what was opened."""
    yield
    await stores.aclose()


app = Starlette(
    routes=[
        Route("/healthz", healthz),
        Route("/users/{id}/entitlements", entitlements, middleware=[themselves_or_finance]),
        Route("/users/{id}/grants", grant, methods=["POST"], middleware=[admins]),
    ],
    lifespan=running,
)

if __name__ == "__main__":
    uvicorn.run(
        app, host="127.0.0.1", port=int(os.environ.get("PORT", "3000")), log_level="warning", proxy_headers=False
    )
