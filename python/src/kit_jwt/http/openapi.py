"""What a guard adds to an OpenAPI document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypedDict

_CHALLENGE: Final = {"www-authenticate": "Bearer, and what is wrong with the token."}
_COME_BACK: Final = {"retry-after": "Seconds until it is worth asking again."}


class OpenApi(TypedDict):
    """What a guard adds to an OpenAPI document.

    Attributes:
        securitySchemes: for `components`: how a token is shown, under the name `bearer`.
        responses: for the `responses` of a route: what a refused request is answered with, by status.
    """

    securitySchemes: dict[str, Any]
    responses: dict[int | str, dict[str, Any]]


def open_api() -> OpenApi:
    """Give what a guard adds to an OpenAPI document (3.0 and 3.1).

    The scheme of a token, and the problem documents (RFC 9457) that requests are refused with.

    Returns:
        A new object at each call.

    >>> sorted(open_api()["responses"])
    ['401', '403', '429', '503']
    """
    violated = {"violated-policies": {"type": "array", "items": {"type": "string"}}}
    return {
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        "responses": {
            "401": _response(
                401, "No token, or none that is taken.", _CHALLENGE, ["authentication_required", "invalid_token"]
            ),
            "403": _response(403, "The caller is known, and may not.", _CHALLENGE, ["insufficient_scope"]),
            "429": _response(429, "A limit has nothing left.", _COME_BACK, ["quota_exceeded"], violated),
            "503": _response(503, "Keys or a store do not answer.", _COME_BACK, ["temporarily_unavailable"]),
        },
    }


def _response(
    status: int, description: str, headers: dict[str, str], codes: Sequence[str], more: dict[str, Any] | None = None
) -> dict[str, Any]:
    properties = {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer", "enum": [status]},
        "code": {"type": "string", "enum": [*codes]},
        **(more or {}),
    }
    schema = {"type": "object", "required": ["type", "title", "status", "code"], "properties": properties}
    told = {name: {"description": text, "schema": {"type": "string"}} for name, text in headers.items()}
    return {"description": description, "headers": told, "content": {"application/problem+json": {"schema": schema}}}
