"""WSGI without a framework. JWT_ISS, JWT_AUD and JWT_SECRET say whose tokens it takes."""

import os
from collections.abc import Iterable
from typing import Any
from wsgiref.simple_server import make_server
from wsgiref.types import StartResponse

from kit_jwt import Kit, config_from_environment, policy
from kit_jwt.http import MemoryLimiter, limits_from_environment
from kit_jwt.http.wsgi import AUTH, wsgi_guard

require_auth = wsgi_guard(kit=Kit(**config_from_environment(os.environ)), limiter=MemoryLimiter())
limits = limits_from_environment(os.environ)
finance = policy().roles_any("finance")
themselves_or_finance = policy().any_of(policy().subject({"ref": "id"}), finance)


def greet(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Say who asks."""
    start_response("200 OK", [("content-type", "text/plain; charset=utf-8")])
    return [f"Hello {environ[AUTH].subject}".encode()]


me = require_auth()(greet)
user = require_auth(themselves_or_finance, context=lambda asked: {"id": asked["PATH_INFO"].removeprefix("/users/")})(
    greet
)
reports = require_auth(finance, limits=[limits.read])(greet)
tickets = require_auth(by="address", before=True, limits=[limits.write])(greet)


def app(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Find the route."""
    match environ["PATH_INFO"].split("/"):
        case ["", "me"]:
            return me(environ, start_response)
        case ["", "users", _]:
            return user(environ, start_response)
        case ["", "reports"]:
            return reports(environ, start_response)
        case ["", "tickets"]:
            return tickets(environ, start_response)
    start_response("404 Not Found", [])
    return []


if __name__ == "__main__":
    # For development: any server of WSGI runs `app`.
    with make_server("127.0.0.1", int(os.environ.get("PORT", "3000")), app) as server:
        server.serve_forever()
