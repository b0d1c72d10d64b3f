"""Fetching a JWKS by the standard library, with every door closed that a URL could open."""

from __future__ import annotations

import ipaddress
import time
import urllib.request
from http import HTTPStatus
from http.client import HTTPMessage
from typing import IO, Final
from urllib.parse import urlsplit

MAX_BYTES: Final = 262_144
_SECONDS: Final = 5.0
_CHUNK: Final = 16_384


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, _req: urllib.request.Request, _fp: IO[bytes], _code: int, _msg: str, _headers: HTTPMessage, _url: str
    ) -> None:
        """Follow nothing: the URL that was configured is the one that is trusted."""


_OPENER: Final = urllib.request.build_opener(_NoRedirects)


def is_jwks_url(url: object) -> bool:
    """Whether a JWKS may be fetched from a URL: https, or http on loopback; no credentials, no fragment.

    >>> is_jwks_url("https://a.example/jwks"), is_jwks_url("http://127.0.0.1:8080/"), is_jwks_url("http://a.example/")
    (True, True, False)
    """
    if not isinstance(url, str) or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return False
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or "@" in parts.netloc or "#" in url or not url.lower().startswith(f"{parts.scheme}://"):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))


def fetch(url: str) -> bytes:
    """The body of a URL's 200 answer; no redirects, 5 seconds and 256 kB at most.

    Raises:
        OSError: anything else came back, or nothing in time.
    """
    request = urllib.request.Request(url, headers={"Accept": "application/jwk-set+json, application/json"})  # noqa: S310 # is_jwks_url held it against https and loopback
    deadline = time.monotonic() + _SECONDS
    body = bytearray()
    with _OPENER.open(request, timeout=_SECONDS) as response:
        if response.status != HTTPStatus.OK:
            message = "unexpected status"
            raise OSError(message)
        # read1 gives what has come: a sender of single bytes meets the deadline too.
        while chunk := response.read1(_CHUNK):
            body += chunk
            if len(body) > MAX_BYTES or time.monotonic() > deadline:
                message = "too much or too slow"
                raise OSError(message)
    return bytes(body)


def _is_loopback(host: str) -> bool:
    # One spelling of each: other parsers of URLs would rewrite a second one, or not know it.
    if host in {"localhost", "::1"}:
        return True
    try:
        return ipaddress.IPv4Address(host).is_loopback
    except ValueError:
        return False
