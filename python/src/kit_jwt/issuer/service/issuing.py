"""Tokens that are minted and recorded."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from kit_jwt.encoding.base64url import decode_base64url
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.issuer.http.refused import RefusedError
from kit_jwt.kit import Kit

from .config import AuditRecord
from .context import Context


@dataclass(frozen=True, slots=True, repr=False)
class Issued:
    """A token that was minted and recorded, and its claims."""

    token: str
    kid: str
    claims: Mapping[str, JSONValue]


def issue(context: Context, client: str, mint: Callable[[Kit], str]) -> Issued:
    """Mint a token with the active key, and tell the audit of it before anybody has it."""
    kid, kit = context.kits.minting()
    token = mint(kit)
    claims = _claims_of(token)
    record = AuditRecord(
        jti=claims["jti"],
        sub=claims["sub"],
        act=claims.get("act"),
        iss=claims["iss"],
        aud=claims["aud"],
        iat=claims["iat"],
        exp=claims["exp"],
        kid=kid,
        client=client,
        request=context.request,
    )
    if context.config.on_issue is not None:
        try:
            context.config.on_issue(record)
        except Exception:  # noqa: BLE001 # whatever it is: a token that nobody has a record of is not let out
            raise RefusedError("temporarily_unavailable", "audit_unavailable") from None
    context.metrics.issued()
    return Issued(token, kid, claims)


def _claims_of(token: str) -> Mapping[str, Any]:
    """The claims of a token that was written here a moment ago, plain: others' are read strictly."""
    payload = decode_base64url(token.split(".")[1])
    return cast("Mapping[str, Any]", json.loads(cast("bytes", payload)))


def token_response(issued: Issued) -> dict[str, JSONValue]:
    """The response of RFC 6749 section 5.1."""
    claims = cast("Mapping[str, Any]", issued.claims)
    scope = {"scope": claims["scope"]} if "scope" in claims else {}
    expires_in = math.floor(claims["exp"] - claims["iat"])
    return {"access_token": issued.token, "token_type": "Bearer", "expires_in": expires_in, **scope}
