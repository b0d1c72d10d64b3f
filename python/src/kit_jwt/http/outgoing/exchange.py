"""Tokens that an issuer gives: client credentials (RFC 6749) and token exchange (RFC 8693)."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final, TypeAlias
from urllib.parse import quote_plus, urlencode

from kit_jwt.encoding.json_value import is_number
from kit_jwt.encoding.strict_json import parse_object
from kit_jwt.errors import ConfigError, MisuseError
from kit_jwt.sources.transport import is_jwks_url

from .errors import OutgoingError, OutgoingErrorCode
from .source import AsyncTokenSource, Given, TokenSource
from .wanted import Asked, is_name

_EXCHANGE: Final = "urn:ietf:params:oauth:grant-type:token-exchange"
_ACCESS_TOKEN: Final = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105 # a name of RFC 8693 section 3
_JSON: Final = re.compile(r"application/json\s*(;|$)", re.IGNORECASE)
_MAX_BYTES: Final = 65_536
_MAX_TIMEOUT: Final = 2_147_483

_REFUSALS: Final[dict[int, OutgoingErrorCode]] = {
    HTTPStatus.BAD_REQUEST: "source_denied",
    HTTPStatus.FORBIDDEN: "source_denied",
    HTTPStatus.UNAUTHORIZED: "source_client_rejected",
}
"""RFC 6749 section 5.2: the status tells enough, and what else is said need not be believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRequest:
    """What is sent to a token endpoint by POST.

    Attributes:
        url: of the endpoint.
        headers: their names in lower case. No repr shows them.
        body: a form. No repr shows it.
        timeout: seconds that all of it may take.
        max_bytes: that the body of the answer may have; no more is to be read.

    >>> TokenRequest(url="https://a.example/token", headers={}, body=b"", timeout=5, max_bytes=65536)
    TokenRequest(url='https://a.example/token', timeout=5, max_bytes=65536)
    """

    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    timeout: float
    max_bytes: int


@dataclass(frozen=True, slots=True)
class TokenResponse:
    """What a token endpoint answered.

    Attributes:
        status: of HTTP; no redirect is followed.
        body: of a 200. No repr shows it.
        headers: their names in lower case. No repr shows them.

    >>> TokenResponse(400)
    TokenResponse(status=400)
    """

    status: int
    body: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


TokenTransport: TypeAlias = Callable[[TokenRequest], TokenResponse]
"""Sends a request to a token endpoint, and raises where there is no answer. It may block."""


def exchange_at(
    endpoint: str,
    *,
    client_id: str,
    client_secret: str,
    timeout: float = 5,
    transport: TokenTransport | None = None,
) -> TokenSource:
    """Fetch the tokens from the token endpoint of an issuer, with `client_secret_basic` (RFC 6749 section 2.3.1).

    By token exchange (RFC 8693) for a user, whose token is then needed; by client credentials (RFC 6749 section 4.4)
    for the caller itself. The target is sent as `audience`. No redirect is followed.

    Args:
        endpoint: URL: `https:`, or `http:` on loopback.
        client_id: the caller's name at the issuer.
        client_secret: the caller's secret at the issuer, as text.
        timeout: seconds that an exchange may take.
        transport: sends the request; by the standard library, straight to its host, unless given.

    Returns:
        The source; it raises `OutgoingError`, and `MisuseError` for a user by claims.

    Raises:
        ConfigError: `config_invalid` with the option.

    >>> source = exchange_at("https://auth.example/token", client_id="gateway", client_secret="secret")
    """
    _check("endpoint", is_jwks_url(endpoint))
    _check("client_id", is_name(client_id))
    _check("client_secret", is_name(client_secret))
    _check("timeout", is_number(timeout) and 0 < timeout <= _MAX_TIMEOUT)
    _check("transport", transport is None or callable(transport))
    send = transport or _send
    credentials = base64.b64encode(f"{quote_plus(client_id)}:{quote_plus(client_secret)}".encode()).decode()
    headers = {
        "authorization": f"Basic {credentials}",
        "accept": "application/json",
        "content-type": "application/x-www-form-urlencoded",
    }

    def source(asked: Asked) -> Given:
        body = urlencode(_parameters(asked)).encode()
        request = TokenRequest(url=endpoint, headers=headers, body=body, timeout=timeout, max_bytes=_MAX_BYTES)
        return _read(send(request))

    return source


def exchange_at_awaiting(
    endpoint: str,
    *,
    client_id: str,
    client_secret: str,
    timeout: float = 5,
    transport: TokenTransport | None = None,
) -> AsyncTokenSource:
    """As `exchange_at`, for `AsyncTargetTokens`: each exchange runs in a thread.

    Args:
        endpoint: as `exchange_at`.
        client_id: as `exchange_at`.
        client_secret: as `exchange_at`.
        timeout: as `exchange_at`.
        transport: as `exchange_at`.

    Returns:
        The source.

    Raises:
        ConfigError: as `exchange_at`.

    >>> source = exchange_at_awaiting("https://auth.example/token", client_id="gateway", client_secret="secret")
    """
    blocking = exchange_at(
        endpoint, client_id=client_id, client_secret=client_secret, timeout=timeout, transport=transport
    )

    async def source(asked: Asked) -> Given:
        return await asyncio.to_thread(blocking, asked)

    return source


def _check(variable: str, is_right: bool) -> None:
    if not is_right:
        raise ConfigError("config_invalid", variable=variable)


def _parameters(asked: Asked) -> dict[str, str]:
    if not isinstance(asked.user, (str, type(None))):
        raise MisuseError("a token of the user is needed, claims cannot be exchanged")
    parameters = {"grant_type": "client_credentials", "audience": asked.target}
    if asked.scopes:
        parameters["scope"] = " ".join(asked.scopes)
    if asked.user is not None:
        parameters |= {"grant_type": _EXCHANGE, "subject_token": asked.user, "subject_token_type": _ACCESS_TOKEN}
    return parameters


def _send(request: TokenRequest) -> TokenResponse:
    # Loaded when something is exchanged: these take longer to import than all of the kit's own.
    from kit_jwt.sources.exchange import exchange  # noqa: PLC0415

    return TokenResponse(*exchange(request.url, request.headers, request.timeout, request.max_bytes, request.body))


def _read(response: TokenResponse) -> Given:
    if response.status != HTTPStatus.OK:
        raise OutgoingError(_REFUSALS.get(response.status, "source_unavailable"))
    if len(response.body) > _MAX_BYTES:
        raise OutgoingError("source_unavailable")
    is_json = _JSON.match(response.headers.get("content-type", "")) is not None
    document = parse_object(response.body) if is_json else None
    if document is None:
        raise OutgoingError("source_malformed")
    token, kind, lifetime = document.get("access_token"), document.get("token_type"), document.get("expires_in", 0)
    if not isinstance(token, str) or not is_number(lifetime) or not isinstance(kind, str) or kind.lower() != "bearer":
        raise OutgoingError("source_malformed")
    return Given(token, lifetime)
