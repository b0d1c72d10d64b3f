"""Fetching a JWKS by the standard library, with every door closed that a URL could open."""

from __future__ import annotations

import ipaddress
import time
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from urllib.request import OpenerDirector

MAX_BYTES: Final = 262_144
_SECONDS: Final = 5.0
_CHUNK: Final = 16_384


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
    deadline = time.monotonic() + _SECONDS
    body = bytearray()
    with _opener().open(url, timeout=_SECONDS) as response:
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


@cache
def _opener() -> OpenerDirector:
    # Loaded when something is fetched: most kits never do, and the import takes longer than all of the kit's own.
    from urllib.request import HTTPRedirectHandler, build_opener  # noqa: PLC0415

    class NoRedirects(HTTPRedirectHandler):
        def redirect_request(self, *_request: object) -> None:
            """Follow nothing: the URL that was configured is the one that is trusted."""

    opener = build_opener(NoRedirects)
    opener.addheaders = [("Accept", "application/jwk-set+json, application/json"), ("User-Agent", "kit-jwt")]
    return opener


def _is_loopback(host: str) -> bool:
    # One spelling of each: other parsers of URLs would rewrite a second one, or not know it.
    if host in {"localhost", "::1"}:
        return True
    try:
        return ipaddress.IPv4Address(host).is_loopback
    except ValueError:
        return False
