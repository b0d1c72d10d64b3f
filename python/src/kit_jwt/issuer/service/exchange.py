"""Token exchange."""

from __future__ import annotations

from typing import Final

from kit_jwt.call_options import DelegationOptions
from kit_jwt.errors import TokenError
from kit_jwt.issuer.http.message import Answer, answer
from kit_jwt.issuer.http.parameters import Parameters, required
from kit_jwt.issuer.http.refused import RefusedError

from .clients import Client
from .context import Context
from .issuing import issue, token_response
from .kits import is_for
from .targets import scope_of, target_of

_TYPE: Final = "urn:ietf:params:oauth:token-type:"
_TYPES: Final = (f"{_TYPE}access_token", f"{_TYPE}jwt")
_UNAVAILABLE: Final = 503


def exchange(form: Parameters, client: Client, context: Context) -> Answer:
    """A token in which the client acts for the subject of a token that came to it (RFC 8693 section 2).

    What is wrong with that token is `invalid_request`, whatever it is: section 2.2.2.
    """
    token = required(form, "subject_token")
    issued_type = form.get("requested_token_type", _TYPES[0])
    if required(form, "subject_token_type") not in _TYPES or issued_type not in _TYPES:
        raise RefusedError("invalid_request", "token_type_unsupported")
    # Who acts is who authenticated; no other actor can be named.
    if "actor_token" in form or "actor_token_type" in form:
        raise RefusedError("invalid_request", "actor_token_unsupported")
    scope = scope_of(form)
    options: DelegationOptions = {"aud": target_of(form, client), "ttl": client.ttl or context.config.ttl}
    if scope is not None:
        options["scope"] = scope
    try:
        original = context.kits.any.verify(token)
        # Audiences of outside issuers are names of their own, which may be any service's.
        if not is_for(original, client):
            raise RefusedError("invalid_request", "audience_mismatch")
        issued = issue(context, client.id, lambda kit: kit.create_delegated_token(original, client.id, **options))
    except TokenError as error:
        raise _refusal_of(error) from None
    return answer(200, {**token_response(issued), "issued_token_type": issued_type})


def _refusal_of(error: TokenError) -> RefusedError:
    if error.status == _UNAVAILABLE:
        return RefusedError("temporarily_unavailable", error.code)
    is_scope = error.code == "delegation_escalation" and error.claim == "scope"
    return RefusedError("invalid_scope" if is_scope else "invalid_request", error.code)
