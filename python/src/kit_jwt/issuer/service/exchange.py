"""Token exchange."""

from __future__ import annotations

from typing import Final

from kit_jwt.call_options import DelegationOptions
from kit_jwt.errors import TokenError
from kit_jwt.issuer.http.message import Answer, answer
from kit_jwt.issuer.http.parameters import Parameters, required
from kit_jwt.issuer.http.refused import RefusedError
from kit_jwt.token.claims import Claims, unsafe_trust_claims

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
        verified = context.kits.any.verify(token)
        # Audiences of outside issuers are names of their own, which may be any service's.
        if not is_for(verified, client):
            raise RefusedError("invalid_request", "audience_mismatch")
        original = verified if verified["iss"] == context.config.issuer else _taken_over(verified, client)
        issued = issue(context, client.id, lambda kit: kit.create_delegated_token(original, client.id, **options))
    except TokenError as error:
        raise _refusal_of(error) from None
    return answer(200, {**token_response(issued), "issued_token_type": issued_type})


def _taken_over(claims: Claims, client: Client) -> Claims:
    """What an outside issuer says, as far as it means something here.

    Its scopes, groups and clients are names of another house, and permissions and roles are mapped. Whoever asks is the
    client (RFC 8693 section 4.3).
    """
    others = {name: value for name, value in claims.items() if name not in {"scope", "groups"}}
    return unsafe_trust_claims({**others, "client_id": client.id})


def _refusal_of(error: TokenError) -> RefusedError:
    if error.status == _UNAVAILABLE:
        return RefusedError("temporarily_unavailable", error.code)
    is_scope = error.code == "delegation_escalation" and error.claim == "scope"
    return RefusedError("invalid_scope" if is_scope else "invalid_request", error.code)
