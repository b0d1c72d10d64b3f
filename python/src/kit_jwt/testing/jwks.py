"""A JWKS endpoint without a network."""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, cast

from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.encoding.json_value import UNSUPPORTED, JSONValue, is_array, read_json
from kit_jwt.errors import MisuseError

from .keys import TEST_ISSUER, TEST_PRIVATE_JWKS, TEST_PUBLIC_JWKS

_PATIENCE: Final = 5.0  # seconds, as of the transport that stands here in production
_STATUSES: Final = range(200, 600)


@dataclass(frozen=True, slots=True)
class JwksAnswer:
    """One answer of a fake endpoint.

    Attributes:
        status: of HTTP.
        headers: by their names in lower case.
        body: empty where there is none.
    """

    status: int
    headers: Mapping[str, str]
    body: str


class FakeJwks:
    """A JWKS endpoint without a network (RFC 7517 section 5). Made by `fake_jwks`.

    Attributes:
        url: where it stands; at every other address there is nothing.
    """

    def __init__(self, url: str, cache_control: str | None, *, etag: bool) -> None:
        """See `fake_jwks`."""
        self.url: Final = url
        self._cache_control = cache_control
        self._etag = etag
        self._generation = 1
        self._newest = 0
        self._keys: Sequence[Mapping[str, JSONValue]] = TEST_PUBLIC_JWKS[:1]
        self._text: str | None = None
        self._requests = 0
        self._counting = threading.Lock()
        self._failure: int | None = None
        self._reachable = True
        self._seconds = 0.0

    @property
    def requests(self) -> int:
        """How many requests came to its URL, whatever became of them."""
        return self._requests

    @property
    def keys(self) -> list[Mapping[str, JSONValue]]:
        """The public keys that it serves, the newest first."""
        return list(self._keys)

    @property
    def private_key(self) -> Mapping[str, str]:
        """The newest key: what its issuer signs with."""
        return TEST_PRIVATE_JWKS[self._newest]

    def transport(self, url: str) -> bytes:
        """For `Kit(jwks_url=..., transport=...)` and `remote_jwks(url, transport=...)`.

        Args:
            url: what is asked for.

        Returns:
            The body of a 200 answer.

        Raises:
            OSError: another URL, a status other than 200, or no answer within 5 seconds.

        >>> jwks = fake_jwks()
        >>> jwks.transport(jwks.url)[:8]
        b'{"keys":'
        """
        if url != self.url:
            message = "no such host"
            raise OSError(message)
        with self._counting:
            self._requests += 1
        if self._seconds > 0:
            threading.Event().wait(min(self._seconds, _PATIENCE))
        answer = self.answer()
        if not self._reachable or self._seconds > _PATIENCE or answer.status != HTTPStatus.OK:
            message = "no key set"
            raise OSError(message)
        return answer.body.encode()

    def rotate(self, *, keep: bool = True) -> None:
        """Take the next of the published keys into use.

        Args:
            keep: whether the keys so far stay in the set, as they must while their tokens live.

        >>> jwks = fake_jwks()
        >>> jwks.rotate(keep=False)
        >>> len(jwks.keys)
        1
        """
        self._newest = (self._newest + 1) % len(TEST_PUBLIC_JWKS)
        newest = TEST_PUBLIC_JWKS[self._newest]
        self.serve([newest, *(key for key in self._keys if keep and key.get("kid") != newest["kid"])])

    def serve(self, keys: Sequence[Mapping[str, JSONValue]] | str) -> None:
        """Serve other keys from now on.

        Args:
            keys: public keys, or a text that is served as it is.

        Raises:
            MisuseError: neither text nor a list of what JSON can carry.

        >>> fake_jwks().serve("<html>")  # as a proxy does that is in the way
        """
        is_text = isinstance(keys, str)
        copy = [] if is_text else read_json(keys)
        if copy is UNSUPPORTED or not is_array(copy):
            message = "keys is text or a list of keys"
            raise MisuseError(message)
        self._text = str(keys) if is_text else None
        self._keys = cast("Sequence[Mapping[str, JSONValue]]", copy)
        self._generation += 1

    def fail(self, status: int | None = None) -> None:
        """Fail from now on.

        Args:
            status: what it answers; unless given, it cannot be reached.

        Raises:
            MisuseError: no status of HTTP.

        >>> fake_jwks().fail(503)
        """
        if status is not None and status not in _STATUSES:
            message = "status is not one of HTTP"
            raise MisuseError(message)
        self._failure = status
        self._reachable = status is not None

    def slow(self, seconds: float) -> None:
        """Take its time from now on. Beyond 5 seconds whoever asks gives up.

        Args:
            seconds: of the system's clock.

        Raises:
            MisuseError: not a number of seconds.

        >>> fake_jwks().slow(0.5)
        """
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 <= seconds < math.inf:
            message = "not a number of seconds"
            raise MisuseError(message)
        self._seconds = seconds

    def recover(self) -> None:
        """Answer at once again, with its keys.

        >>> fake_jwks().recover()
        """
        self._failure = None
        self._reachable = True
        self._seconds = 0.0

    def answer(self, if_none_match: str | None = None) -> JwksAnswer:
        """What it answers now, without being asked over the transport; it is not counted.

        Args:
            if_none_match: the `ETag` that the asker has, if any.

        Returns:
            Status, headers and body.

        >>> jwks = fake_jwks()
        >>> jwks.answer(jwks.answer().headers["etag"]).status
        304
        """
        if self._failure is not None:
            return JwksAnswer(self._failure, {}, "")
        etag = f'"{self._generation}"'
        headers = {} if self._cache_control is None else {"cache-control": self._cache_control}
        if self._etag:
            headers["etag"] = etag
            if if_none_match == etag:
                return JwksAnswer(304, headers, "")
        body = canonicalize({"keys": self._keys}) if self._text is None else self._text
        return JwksAnswer(200, {"content-type": "application/jwk-set+json", **headers}, body)


def fake_jwks(
    *,
    url: str = f"{TEST_ISSUER}/.well-known/jwks.json",
    cache_control: str | None = "public, max-age=300",
    etag: bool = True,
) -> FakeJwks:
    """A JWKS endpoint without a network. It serves the public half of `TEST_PRIVATE_JWK` until it is told otherwise.

    Args:
        url: where it stands.
        cache_control: value of `Cache-Control`, None for none.
        etag: whether it has an `ETag`, and answers 304 to whoever shows it.

    Returns:
        The endpoint; its `transport` goes where a kit would fetch.

    >>> from kit_jwt.testing import create_test_kit, create_tokens
    >>> jwks = fake_jwks()
    >>> kit = create_test_kit(jwks_url=jwks.url, transport=jwks.transport)
    >>> jwks.rotate()
    >>> kit.verify(create_tokens(private_key=jwks.private_key).mint())["sub"]
    'u1'
    >>> jwks.requests
    1
    """
    return FakeJwks(url, cache_control, etag=etag)
