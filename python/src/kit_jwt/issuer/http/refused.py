"""Requests that are refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from .message import Answer, answer

WireCode: TypeAlias = Literal[
    "invalid_request",
    "invalid_client",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "invalid_target",
    "access_denied",
    "unsupported_token_type",
    "temporarily_unavailable",
    "server_error",
    "not_found",
    "method_not_allowed",
]
"""Error codes on the wire: RFC 6749 section 5.2, RFC 8693 section 2.2.2, RFC 7009 section 2.2.1, and two of HTTP."""

_STATUS: Final[Mapping[str, int]] = {
    "invalid_client": 401,
    "access_denied": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "server_error": 500,
    "temporarily_unavailable": 503,
}
_UNAUTHORIZED: Final = 401
_CHALLENGE: Final = {"www-authenticate": 'Basic realm="issuer", charset="UTF-8"'}
"""A challenge belongs to every 401 (RFC 9110 section 15.5.2)."""


class RefusedError(Exception):
    """A request is refused.

    Attributes:
        code: what goes on the wire, alone: nothing of the request does.
        why: a code for the log.
        status: of HTTP.
        headers: further ones.
    """

    def __init__(
        self, code: WireCode, why: str, *, status: int | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        """Refuse with these codes."""
        super().__init__(f"{code}: {why}")
        self.code: WireCode = code
        self.why = why
        self.status = _STATUS.get(code, 400) if status is None else status
        self.headers = headers or {}

    def answer(self) -> Answer:
        """What goes on the wire."""
        challenge = _CHALLENGE if self.status == _UNAUTHORIZED else {}
        return answer(self.status, {"error": self.code}, {**challenge, **self.headers})
