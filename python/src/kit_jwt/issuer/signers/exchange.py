"""One request to a server that signs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeAlias

from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.encoding.strict_json import parse_object
from kit_jwt.issuer.errors import AuthorityError
from kit_jwt.sources.exchange import exchange as exchange_by_http

# A key with thousands of versions has fewer.
_MAX_BYTES = 1_048_576


@dataclass(frozen=True, slots=True)
class VaultRequest:
    """One request; its headers hold the token, so that `repr` leaves them out.

    Attributes:
        url: of `https`, or `http` on loopback.
        timeout: seconds for all of it.
        headers: to be sent.
        body: sent by POST where there is one, else it is a GET.
    """

    url: str
    timeout: float
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = field(default=None, repr=False)


VaultTransport: TypeAlias = Callable[[VaultRequest], tuple[int, bytes]]
"""Sends a request: gives the status and the body. It follows no redirect, and what it raises goes nowhere."""


def send(request: VaultRequest) -> tuple[int, bytes]:
    """Send a request by the standard library.

    Raises:
        OSError: no answer, none in time, half a body, or more bytes than allowed.
    """
    status, body, _ = exchange_by_http(request.url, request.headers, request.timeout, _MAX_BYTES, request.body)
    return status, body


def exchange(request: VaultRequest, transport: VaultTransport) -> Mapping[str, JSONValue]:
    """The JSON object that a server answers with status 200; no redirect is followed, and of a failure nothing is read.

    Raises:
        AuthorityError: `key_not_found` with status 404, `key_store_unavailable` with anything else.
    """
    try:
        status, body = transport(request)
        value = parse_object(bytes(body)) if status == HTTPStatus.OK and len(body) <= _MAX_BYTES else None
    except Exception:  # noqa: BLE001 # what a transport raises may hold the request, and with it a token
        status, value = 0, None
    if value is None:
        raise AuthorityError("key_not_found" if status == HTTPStatus.NOT_FOUND else "key_store_unavailable")
    return value
