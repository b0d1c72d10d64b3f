"""Whose budget a request draws on."""

from __future__ import annotations

from typing import Literal, TypeAlias

from kit_jwt.auth.principal import Principal
from kit_jwt.encoding.jcs import canonicalize

LimitBy: TypeAlias = Literal["subject", "client", "address"]
"""Whose budget a request draws on: of the subject of its token, of the client that speaks for it, or of its address."""


def limit_key(principal: Principal, by: Literal["subject", "client"]) -> str:
    """The name of a budget: the same in every language, so that services in both can share it."""
    return canonicalize([by, principal.issuer, principal.subject if by == "subject" else _client(principal)])


def _client(principal: Principal) -> str:
    if principal.actors:
        return str(principal.actors[0]["sub"])
    named = principal.claims.get("client_id")
    return named if isinstance(named, str) and named else principal.subject
