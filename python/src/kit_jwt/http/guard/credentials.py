"""The token of a request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .refused import RefusedError
from .request import GuardRequest


@dataclass(frozen=True, slots=True)
class TokenPlaces:
    """Where else than in the `Authorization` header a token may stand.

    Attributes:
        cookie: name of a cookie.
        query: name of a parameter of the query.
    """

    cookie: str | None = None
    query: str | None = None


def token_of(request: GuardRequest, places: TokenPlaces) -> str:
    """The one token of a request (RFC 6750 section 2).

    Raises:
        RefusedError: `credentials_missing`, `credentials_scheme_unsupported`, `credentials_repeated`.

    >>> token_of(GuardRequest(header=lambda name: ["bearer x"]), TokenPlaces())
    'x'
    """
    tokens = _of_header(request.header("authorization"))
    if places.cookie is not None:
        for value in request.header("cookie"):
            tokens += _values_of(value, ";", places.cookie)
    if places.query is not None:
        tokens += _values_of(request.query, "&", places.query)
    if not tokens:
        raise RefusedError("credentials_missing")
    # Whoever else looks at the request, a proxy or a log, may look at the other one.
    if len(tokens) > 1:
        raise RefusedError("credentials_repeated")
    return tokens[0]


def _of_header(values: Sequence[str]) -> list[str]:
    if not values or (len(values) == 1 and values[0] == ""):
        return []
    # Servers and proxies join several headers of a name by a comma, which no token has in it.
    if len(values) > 1 or "," in values[0]:
        raise RefusedError("credentials_repeated")
    scheme, _, token = values[0].partition(" ")
    if scheme.lower() != "bearer":
        raise RefusedError("credentials_scheme_unsupported")
    # RFC 9110 section 11.4 has any number of spaces after the scheme.
    return [token.strip(" ")]


def _values_of(text: str, separator: str, name: str) -> Iterator[str]:
    """The values of a name in `a=b&c=d`, as they are: a token has nothing in it that would have to be decoded."""
    for pair in text.split(separator):
        key, _, value = pair.partition("=")
        if value and key.lstrip() == name:
            yield value
