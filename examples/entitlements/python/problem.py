"""Refusals of this service look like those of its guard: problem documents (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import JSONResponse


def problem(status: int, code: str) -> JSONResponse:
    """A refusal."""
    body = {"code": code, "status": status, "title": HTTPStatus(status).phrase, "type": "about:blank"}
    return JSONResponse(body, status, media_type="application/problem+json")
