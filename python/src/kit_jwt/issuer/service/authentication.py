"""Who a request comes from."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import Final, NoReturn

from kit_jwt.encoding.utf8 import decode_utf8
from kit_jwt.errors import TokenError
from kit_jwt.issuer.http.message import Message
from kit_jwt.issuer.http.parameters import Parameters, form_decoded
from kit_jwt.issuer.http.refused import RefusedError
from kit_jwt.token.decode import decode_unverified
from kit_jwt.token.time import time_of

from .clients import Client
from .context import Context
from .digests import digest_of, is_among
from .kits import audiences_of

ADMIN_HEADER: Final = "x-issuer-secret"
_ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LONGEST_ASSERTION: Final = 600
"""Seconds: an assertion is made for one request."""
_NOBODY: Final = (bytes(32),)
"""Compared with where there is no digest, so that it takes as long: the digest of nothing that anybody knows."""
_BASIC: Final = re.compile("basic +((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)", re.IGNORECASE)
_UNAVAILABLE: Final = 503


def _fail(why: str) -> NoReturn:
    raise RefusedError("invalid_client", why)


def authenticate(message: Message, form: Parameters, context: Context) -> Client:
    """The client that a request comes from: by exactly one method (RFC 6749 section 2.3)."""
    authorization = message.headers.get("authorization")
    is_asserted = "client_assertion" in form or "client_assertion_type" in form
    methods = [authorization is not None, ADMIN_HEADER in message.headers, is_asserted, "client_secret" in form]
    if sum(methods) > 1:
        raise RefusedError("invalid_request", "authentication_ambiguous")
    if is_asserted:
        client = _by_assertion(form, context)
    elif authorization is not None:
        client = _by_secret(authorization, context)
    else:
        _fail("authentication_unsupported" if any(methods) else "authentication_missing")
    if client.id != form.get("client_id", client.id):
        raise RefusedError("invalid_request", "client_id_mismatch")
    return client


def _by_secret(authorization: str, context: Context) -> Client:
    """HTTP basic authentication, both halves form-encoded first (RFC 6749 section 2.3.1)."""
    encoded = _BASIC.fullmatch(authorization)
    pair = None if encoded is None else decode_utf8(b64decode(encoded[1]))
    if pair is None or ":" not in pair:
        _fail("authentication_unsupported")
    client_id, secret = map(form_decoded, pair.split(":", 1))
    if client_id is None or secret is None:
        _fail("authentication_unsupported")
    client = context.config.clients.get(client_id)
    is_right = is_among(digest_of(secret), client.digests if client and client.digests else _NOBODY)
    if client is None:
        _fail("client_unknown")
    return client if is_right else _fail("secret_wrong")


def _by_assertion(form: Parameters, context: Context) -> Client:
    """`private_key_jwt` (RFC 7523 section 3).

    Its one audience is the issuer itself, so that it is of no use elsewhere.
    """
    assertion = form.get("client_assertion")
    if form.get("client_assertion_type") != _ASSERTION_TYPE or assertion is None:
        _fail("authentication_unsupported")
    try:
        issuer = decode_unverified(assertion).claims.get("iss")
        client = context.config.clients.get(issuer) if isinstance(issuer, str) else None
        if client is None or client.jwks is None:
            _fail("client_unknown")
        kit = context.kits.asserting(client)
        claims = kit.verify(assertion)
        if claims.get("sub") != client.id or len(audiences_of(claims)) != 1:
            _fail("assertion_not_its_own")
        if (time_of(claims, "exp") or 0) > context.config.clock() + _LONGEST_ASSERTION:
            _fail("assertion_too_long")
        kit.consume_once(claims)
    except TokenError as error:
        if error.status == _UNAVAILABLE:
            raise RefusedError("temporarily_unavailable", error.code) from None
        _fail(error.code)
    return client
