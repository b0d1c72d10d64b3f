"""What is known of a token, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kit_jwt.errors import TokenError
from kit_jwt.issuer.http.message import Answer, Message, answer, empty
from kit_jwt.issuer.http.parameters import read_form, required
from kit_jwt.issuer.http.refused import RefusedError
from kit_jwt.token.claims import Claims
from kit_jwt.token.time import time_of

from .authentication import authenticate
from .clients import Client
from .context import Context
from .kits import is_for

_TOLD: Final = frozenset(
    ("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "client_id", "scope", "permissions", "roles", "act", "cnf")
)
"""What is told of a token (RFC 7662 section 2.2, RFC 8705 section 3.2), and what it lets its subject do."""
_UNAVAILABLE: Final = 503


def introspect(message: Message, context: Context) -> Answer:
    """Whether a token that came to a client is good (RFC 7662). Of any other one it learns nothing."""
    form = read_form(message)
    client = authenticate(message, form, context)
    claims = _opened(required(form, "token"), context)
    if claims is None or not is_for(claims, client):
        return answer(200, {"active": False})
    told = {name: value for name, value in claims.items() if name in _TOLD}
    return answer(200, {"active": True, "token_type": "Bearer", **told})


def revoke(message: Message, context: Context) -> Answer:
    """Take a token back (RFC 7009): one that was issued to the client, or in which it acts."""
    form = read_form(message)
    client = authenticate(message, form, context)
    claims = _opened(required(form, "token"), context)
    # What is not good any more needs no taking back (section 2.2).
    if claims is None:
        return empty(200)
    if not _is_of(claims, client):
        raise RefusedError("unauthorized_client", "token_of_another")
    if "jti" not in claims:
        raise RefusedError("unsupported_token_type", "claim_missing")
    config = context.config
    expires = (time_of(claims, "exp") or 0) + config.authority.timing.leeway
    try:
        config.revocation.revoke(issuer=str(claims["iss"]), jti=str(claims["jti"]), expires=expires)
    except Exception:  # noqa: BLE001 # whatever it is, the token is not known to be revoked
        raise RefusedError("temporarily_unavailable", "revocation_unavailable") from None
    return empty(200)


def _is_of(claims: Claims, client: Client) -> bool:
    act = claims.get("act")
    return (act.get("sub") if isinstance(act, Mapping) else claims.get("client_id")) == client.id


def _opened(token: str, context: Context) -> Claims | None:
    """The claims of a good token of this issuer."""
    try:
        return context.kits.own.verify(token)
    except TokenError as error:
        if error.status == _UNAVAILABLE:
            raise RefusedError("temporarily_unavailable", error.code) from None
        return None
