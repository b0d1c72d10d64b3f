"""The admin form of the token endpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.errors import TokenError
from kit_jwt.issuer.http.message import Answer, Message, answer
from kit_jwt.issuer.http.parameters import read_object
from kit_jwt.issuer.http.refused import RefusedError

from .authentication import ADMIN_HEADER
from .clients import ADMIN
from .config import AdminRules, IssuerConfig
from .context import Context
from .digests import digest_of, is_among
from .issuing import issue

_NAMES: Final = frozenset({"sub", "roles", "permissions", "aud", "ttl"})
_NOBODY: Final = bytes(32)
"""No digest of anything that anybody knows."""


def admin(message: Message, context: Context) -> Answer:
    """Mint what whoever holds the admin secret asks for, within the policy."""
    _authenticate(message, context)
    request = _read(read_object(message), context.config)
    try:
        issued = issue(context, ADMIN, lambda kit: kit.sign(request.claims, aud=request.aud, ttl=request.ttl))
    except TokenError as error:
        # What was asked for does not fit into a token.
        raise RefusedError("invalid_request", error.code) from None
    return answer(200, {"token": issued.token, "expiresAt": issued.claims["exp"], "kid": issued.kid})


def _authenticate(message: Message, context: Context) -> None:
    if "authorization" in message.headers:
        raise RefusedError("invalid_request", "authentication_ambiguous")
    shown = message.headers.get(ADMIN_HEADER)
    digest = digest_of(shown or "")
    failures = context.failures
    # Many requests at once are no more guesses than one after the other.
    with failures.lock:
        now = context.config.clock()
        wait = failures.wait(now)
        if wait:
            headers = {"retry-after": str(wait)}
            raise RefusedError("temporarily_unavailable", "too_many_failures", status=429, headers=headers)
        if shown is None:
            raise RefusedError("invalid_client", "authentication_missing")
        if is_among(digest, [context.config.admin_digest or _NOBODY]):
            return
        failures.add(now)
    raise RefusedError("invalid_client", "secret_wrong")


@dataclass(frozen=True, slots=True, repr=False)
class _Request:
    claims: Mapping[str, JSONValue]
    aud: str | Sequence[str]
    ttl: int


def _read(body: Mapping[str, JSONValue], config: IssuerConfig) -> _Request:
    if not body.keys() <= _NAMES:
        _invalid("parameter_unknown")
    aud = body.get("aud", config.audience)
    if "sub" not in body or ("aud" not in body and aud is None):
        _invalid("parameter_missing")
    sub, ttl = body["sub"], body.get("ttl", config.ttl)
    if not isinstance(sub, str) or not sub:
        _invalid("parameter_invalid")
    # A whole number that is written with a fraction is one too.
    if isinstance(ttl, bool) or not isinstance(ttl, (int, float)) or ttl < 1 or ttl % 1 != 0:
        _invalid("parameter_invalid")
    audience = aud if isinstance(aud, str) else _texts(aud)
    audiences = _texts([aud] if isinstance(aud, str) else aud)
    if not audiences:
        _invalid("parameter_invalid")
    claims: dict[str, JSONValue] = {"sub": sub, "client_id": ADMIN}
    claims.update({name: _texts(body[name]) for name in ("roles", "permissions") if name in body})
    _check(claims, audiences, config.admin)
    return _Request(claims, audience, min(int(ttl), config.admin.ttl))


def _check(claims: Mapping[str, JSONValue], audiences: Sequence[str], rules: AdminRules) -> None:
    if rules.subjects is not None and claims["sub"] not in rules.subjects:
        raise RefusedError("access_denied", "subject_not_allowed")
    if not set(_texts(claims.get("roles", []))) <= set(rules.roles):
        raise RefusedError("access_denied", "role_not_allowed")
    if not set(_texts(claims.get("permissions", []))) <= set(rules.permissions):
        raise RefusedError("access_denied", "permission_not_allowed")
    if not set(audiences) <= set(rules.audiences):
        raise RefusedError("access_denied", "audience_not_allowed")


def _texts(value: JSONValue) -> Sequence[str]:
    items = list(value) if isinstance(value, list) else _invalid("parameter_invalid")
    if not all(isinstance(item, str) and item for item in items):
        _invalid("parameter_invalid")
    return [str(item) for item in items]


def _invalid(why: str) -> NoReturn:
    raise RefusedError("invalid_request", why)
