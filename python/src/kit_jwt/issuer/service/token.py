"""The token endpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from kit_jwt.issuer.http.message import Answer, Message
from kit_jwt.issuer.http.parameters import JSON_TYPE, Parameters, read_form, required, type_of
from kit_jwt.issuer.http.refused import RefusedError

from .admin import admin
from .authentication import authenticate
from .clients import Client
from .context import Context
from .credentials import credentials
from .exchange import exchange

_GRANTS: Final[Mapping[str, tuple[str, Callable[[Parameters, Client, Context], Answer]]]] = {
    "client_credentials": ("client_credentials", credentials),
    "urn:ietf:params:oauth:grant-type:token-exchange": ("token-exchange", exchange),
}


def token(message: Message, context: Context) -> Answer:
    """A form is OAuth (RFC 6749 section 3.2), JSON is the admin form."""
    if context.config.admin_digest is not None and type_of(message) == JSON_TYPE:
        return admin(message, context)
    form = read_form(message)
    client = authenticate(message, form, context)
    grant = _GRANTS.get(required(form, "grant_type"))
    if grant is None:
        raise RefusedError("unsupported_grant_type", "grant_type_unknown")
    name, handle = grant
    if name not in client.grants:
        raise RefusedError("unauthorized_client", "grant_not_allowed")
    return handle(form, client, context)
