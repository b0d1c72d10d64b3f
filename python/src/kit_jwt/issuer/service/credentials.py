"""Tokens of a client's own."""

from __future__ import annotations

from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.issuer.http.message import Answer, answer
from kit_jwt.issuer.http.parameters import Parameters
from kit_jwt.issuer.http.refused import RefusedError

from .clients import Client
from .context import Context
from .issuing import issue, token_response
from .targets import scope_of, target_of


def credentials(form: Parameters, client: Client, context: Context) -> Answer:
    """A token of a client's own (RFC 6749 section 4.4)."""
    asked = scope_of(form)
    scopes = client.scopes if asked is None else asked.split(" ")
    if not set(scopes) <= set(client.scopes):
        raise RefusedError("invalid_scope", "scope_not_allowed")
    aud = target_of(form, client)
    claims: dict[str, JSONValue] = {"sub": client.id, "client_id": client.id}
    # Lists, which are written faster than tuples.
    if client.permissions:
        claims["permissions"] = list(client.permissions)
    if client.roles:
        claims["roles"] = list(client.roles)
    if scopes:
        claims["scope"] = " ".join(scopes)
    ttl = client.ttl or context.config.ttl
    return answer(200, token_response(issue(context, client.id, lambda kit: kit.sign(claims, aud=aud, ttl=ttl))))
