"""What fetches a JWKS: the port, and how a URL and an answer are judged."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Self, TypeAlias

from kit_jwt.errors import ConfigError

MAX_BYTES: Final = 262_144
"""Bytes of a set, unless configured."""

TIMEOUT: Final = 5.0
"""Seconds that a request may take, unless configured."""

_OK: Final = 200
_NOT_MODIFIED: Final = 304

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


class JwksRequest(str):
    """The URL of a JWKS, and how it is fetched: a text, for transports that ask for nothing but the URL.

    Attributes:
        headers: to be sent, their names in lower case: `if-none-match`, where an entity tag is known.
        timeout: seconds that the whole of the request may take.
        max_bytes: that the body may have; no more is to be read.

    >>> JwksRequest("https://issuer.example/jwks.json").timeout
    5.0
    """

    __slots__ = ("headers", "max_bytes", "timeout")

    headers: Mapping[str, str]
    timeout: float
    max_bytes: int

    def __new__(
        cls, url: str, headers: Mapping[str, str] | None = None, timeout: float = TIMEOUT, max_bytes: int = MAX_BYTES
    ) -> Self:
        """Take a URL that was judged."""
        request = super().__new__(cls, url)
        request.headers = {} if headers is None else headers
        request.timeout = timeout
        request.max_bytes = max_bytes
        return request


@dataclass(frozen=True, slots=True)
class JwksResponse:
    """What an endpoint answered.

    Attributes:
        status: of HTTP; a redirect is an answer like any other, and none that has a set.
        body: of a 200, as it came.
        headers: by name, in any case.

    >>> JwksResponse(200, b'{"keys":[]}', {"cache-control": "max-age=300"}).status
    200
    """

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_modified(self) -> bool:
        """Whether it has a set of its own."""
        return self.status == _OK


Answer: TypeAlias = JwksResponse | bytes

Transport: TypeAlias = Callable[[JwksRequest], Answer | Awaitable[Answer]]
"""Fetches a URL: `fetch`, or something in its place. It answers with the body of a 200, or with more, and raises where
there is no answer. One that is `async` is for `kit_jwt.aio` alone."""


def read_answer(answer: object, etag: str | None, max_bytes: int) -> JwksResponse:
    """The answer of a transport: a 200, or the 304 of an entity tag that was sent.

    Raises:
        ConfigError: `jwks_invalid`: anything else, or more bytes than allowed.
    """
    response = JwksResponse(_OK, bytes(answer)) if isinstance(answer, (bytes, bytearray)) else answer
    statuses = (_OK,) if etag is None else (_OK, _NOT_MODIFIED)
    if not isinstance(response, JwksResponse) or response.status not in statuses or len(response.body) > max_bytes:
        raise ConfigError("jwks_invalid")
    return response


def fetch(request: str) -> JwksResponse:
    """Fetch a URL by the standard library: straight to its host, through no proxy, and without following a redirect.

    Args:
        request: the URL, with what `JwksRequest` says beside it.

    Returns:
        The answer, whatever its status.

    Raises:
        OSError: there is none, or not within time and size.
    """
    # Loaded when something is fetched: most kits never do, and these take longer to import than all of the kit's own.
    from .exchange import exchange  # noqa: PLC0415

    asked = request if isinstance(request, JwksRequest) else JwksRequest(request)
    return JwksResponse(*exchange(asked, asked.headers, asked.timeout, asked.max_bytes))
