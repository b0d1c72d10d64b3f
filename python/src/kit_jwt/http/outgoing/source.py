"""Where tokens come from, and what is taken from there."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from kit_jwt.encoding.json_value import MAX_NUMBER, is_number
from kit_jwt.errors import KitError

from .errors import OutgoingError
from .wanted import Asked

_TOKEN: Final = re.compile(r"[A-Za-z0-9_.~+/-]+=*")
"""RFC 6750 section 2.1; whatever else would end the header, or begin another one."""

_MAX_LENGTH: Final = 16_384


@dataclass(frozen=True, slots=True)
class Given:
    """A token that a source gave.

    Attributes:
        token: as it is shown: `Authorization: Bearer <token>`. No repr shows it.
        lifetime: seconds that it lives, from the moment when it was asked for; 0 where nobody knows.

    >>> Given("abc", 300)
    Given(lifetime=300)
    """

    token: str = field(repr=False)
    lifetime: float


TokenSource: TypeAlias = Callable[[Asked], Given]
"""Where tokens come from: `mint_locally`, `exchange_at`, or something in their place. An exception that is not of this
toolkit is `source_unavailable`."""

AsyncTokenSource: TypeAlias = Callable[[Asked], Awaitable[Given]]
"""The same, awaited."""


def ask_source(source: TokenSource, asked: Asked) -> Given:
    """Ask a source.

    Raises:
        OutgoingError: `source_unavailable`, `source_malformed`, and what a source of this toolkit says.
    """
    try:
        given = source(asked)
    except (OutgoingError, KitError):
        raise
    except Exception:  # noqa: BLE001 # whatever went wrong, and whatever it says, there is no token
        given = None
    return _read(given)


async def ask_source_awaiting(source: AsyncTokenSource, asked: Asked) -> Given:
    """Ask a source that is awaited.

    Raises:
        OutgoingError: as `ask_source`.
    """
    try:
        given = await source(asked)
    except (OutgoingError, KitError):
        raise
    except Exception:  # noqa: BLE001 # whatever went wrong, and whatever it says, there is no token
        given = None
    return _read(given)


def _read(given: Given | None) -> Given:
    if given is None:
        raise OutgoingError("source_unavailable")
    token, lifetime = (given.token, given.lifetime) if isinstance(given, Given) else (None, None)
    if not isinstance(token, str) or len(token) > _MAX_LENGTH or _TOKEN.fullmatch(token) is None:
        raise OutgoingError("source_malformed")
    if not is_number(lifetime) or not 0 <= lifetime <= MAX_NUMBER:
        raise OutgoingError("source_malformed")
    return Given(token, lifetime)
