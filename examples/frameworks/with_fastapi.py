"""FastAPI. JWT_ISS, JWT_AUD and JWT_SECRET say whose tokens it takes."""

import os
from typing import Annotated

import uvicorn
from fastapi import Depends, FastAPI
from fastapi.responses import PlainTextResponse
from kit_jwt import Principal, aio, config_from_environment, policy
from kit_jwt.http import MemoryLimiter, limits_from_environment
from kit_jwt.http.fastapi import fastapi_guard, install_refusals

require_auth = fastapi_guard(kit=aio.Kit(**config_from_environment(os.environ)), limiter=MemoryLimiter())
limits = limits_from_environment(os.environ)
finance = policy().roles_any("finance")
themselves_or_finance = policy().any_of(policy().subject({"ref": "id"}), finance)

me = require_auth()
user = require_auth(themselves_or_finance, context=lambda request: {"id": request.path_params["id"]})
reports = require_auth(finance, limits=[limits.read])
tickets = require_auth(by="address", before=True, limits=[limits.write])

app = FastAPI(default_response_class=PlainTextResponse)
install_refusals(app)


@app.get("/me")
async def get_me(auth: Annotated[Principal, Depends(me)]) -> str:
    """Say who asks."""
    return f"Hello {auth.subject}"


@app.get("/users/{id}")
async def get_user(auth: Annotated[Principal, Depends(user)]) -> str:
    """Say who asks for a user."""
    return f"Hello {auth.subject}"


@app.get("/reports")
async def get_reports(auth: Annotated[Principal, Depends(reports)]) -> str:
    """Say who reads reports, which costs."""
    return f"Hello {auth.subject}"


@app.get("/tickets")
async def get_tickets(auth: Annotated[Principal, Depends(tickets)]) -> str:
    """Say who asks, as often as their address may."""
    return f"Hello {auth.subject}"


if __name__ == "__main__":
    # The guard reads X-Forwarded-For itself, and believes nobody who is not one of its `trusted_proxies`.
    uvicorn.run(app, port=int(os.environ.get("PORT", "3000")), proxy_headers=False)
