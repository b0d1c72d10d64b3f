"""What a refusal is on the wire: RFC 9457 and RFC 6750, the same bytes in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.encoding.json_value import JSONValue

from .refused import RefusalCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer, to be sent as it is.

    Attributes:
        status: of HTTP: 401, 403, 429 or 503.
        headers: by names in lower case.
        body: text in UTF-8.

    >>> Answer(status=401, headers={}, body="").status
    401
    """

    status: int
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class _Kind:
    status: int
    # On the wire, where the code of the log would tell an attacker how far it came.
    code: str
    title: str
    headers: Mapping[str, str] = field(default_factory=dict)
    type: str = "about:blank"


# Seconds: a store that fails is mostly back after a failover.
_COME_BACK: Final = "5"

# RFC 6750 section 3.1: no error where there is no token.
_ANONYMOUS: Final = _Kind(401, "authentication_required", "Unauthorized", {"www-authenticate": "Bearer"})
_INVALID: Final = _Kind(401, "invalid_token", "Unauthorized", {"www-authenticate": 'Bearer error="invalid_token"'})
_DENIED: Final = _Kind(
    403, "insufficient_scope", "Forbidden", {"www-authenticate": 'Bearer error="insufficient_scope"'}
)
_EXCEEDED: Final = _Kind(
    429,
    "quota_exceeded",
    "Quota Exceeded",
    # draft-ietf-httpapi-ratelimit-headers-11 section 5.1.
    type="https://iana.org/assignments/http-problem-types#quota-exceeded",
)
_UNAVAILABLE: Final = _Kind(503, "temporarily_unavailable", "Service Unavailable", {"retry-after": _COME_BACK})

_KINDS: Final[Mapping[str, _Kind]] = {
    "credentials_missing": _ANONYMOUS,
    "credentials_scheme_unsupported": _ANONYMOUS,
    "policy_denied": _DENIED,
    "quota_exceeded": _EXCEEDED,
}


def answer_for(code: RefusalCode, headers: Mapping[str, str], violated: str | None = None) -> Answer:
    """The answer to a refused request.

    Args:
        code: why.
        headers: further ones.
        violated: the limit that was exceeded.
    """
    kind = _KINDS.get(code, _UNAVAILABLE if code.endswith("_unavailable") else _INVALID)
    problem: dict[str, JSONValue] = {
        "code": kind.code,
        "status": kind.status,
        "title": kind.title,
        "type": kind.type,
    }
    if violated is not None:
        problem["violated-policies"] = [violated]
    own = {"cache-control": "no-store", "content-type": "application/problem+json", **kind.headers}
    return Answer(status=kind.status, headers={**own, **headers}, body=canonicalize(problem))
