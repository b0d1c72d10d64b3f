"""Fetching a JWKS by the standard library, with every door closed that a URL could open."""

from __future__ import annotations

import re
import time
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from urllib.request import OpenerDirector

MAX_BYTES: Final = 262_144
_SECONDS: Final = 5.0
_CHUNK: Final = 16_384

_PRINTABLE: Final = re.compile(r"""[!"$-\[\]-~]+""")
_URL_FORM: Final = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-fA-F:.]+\]|[^/?#@:\[\]]+)(?::(?P<port>[0-9]{1,5}))?(?:[/?].*)?"
)
_LOOPBACK: Final = re.compile(r"localhost|\[::1\]|127(?:\.(?:0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])){3}")
_MAX_PORT: Final = 65_535


def is_jwks_url(url: object) -> bool:
    """Whether a JWKS may be fetched from a URL, judged as it is written: `https:`, or `http:` on loopback.

    Printable ASCII without backslashes, no credentials, no fragment. A parser's normalisation would differ from one
    language to another.

    >>> is_jwks_url("https://a.example/jwks"), is_jwks_url("http://127.0.0.1:8080/"), is_jwks_url("http://a.example/")
    (True, True, False)
    """
    found = _URL_FORM.fullmatch(url) if isinstance(url, str) and _PRINTABLE.fullmatch(url) else None
    if found is None or not 1 <= int(found["port"] or 1) <= _MAX_PORT:
        return False
    return found["scheme"] == "https" or _LOOPBACK.fullmatch(found["host"]) is not None


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
        def redirect_request(self, *_request: object, **_named: object) -> None:
            """Follow nothing: the URL that was configured is the one that is trusted."""

    opener = build_opener(NoRedirects)
    opener.addheaders = [("Accept", "application/jwk-set+json, application/json"), ("User-Agent", "kit-jwt")]
    return opener
