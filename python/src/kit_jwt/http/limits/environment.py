"""Limits by the variables of an environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kit_jwt.errors import ConfigError

from .limiter import Limit

# As in the variables of a kit: nine ASCII digits, no sign, no space, no leading zero.
_DIGITS: Final = re.compile("[1-9][0-9]{0,8}")
_WINDOW: Final = "RATE_LIMIT_WINDOW_MS"
_SECOND: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLimits:
    """The limits of a service by what its routes do.

    Attributes:
        read: for routes that read: 120 in a minute unless said otherwise.
        write: for routes that write: 30 in a minute unless said otherwise.
        webhook: for routes that other services call by themselves: 1200 in a minute unless said otherwise.

    >>> limits_from_environment({}).write.quota
    30
    """

    read: Limit
    write: Limit
    webhook: Limit


def limits_from_environment(environment: Mapping[str, str]) -> NamedLimits:
    """Three limits by variables, each with what holds where it is not set.

    The variables are `RATE_LIMIT_WINDOW_MS` (60,000 milliseconds), `RATE_LIMIT_READ_MAX` (120 requests),
    `RATE_LIMIT_WRITE_MAX` (30) and `RATE_LIMIT_WEBHOOK_MAX` (1200).

    `RateLimit-Policy` has whole seconds (draft-ietf-httpapi-ratelimit-headers-11, section 3): a window of half a second
    could not be told to a client, and is refused.

    Args:
        environment: the variables, such as `os.environ`; an empty one is an error, and no absence.

    Returns:
        The limits `read`, `write` and `webhook`.

    Raises:
        ConfigError: `config_invalid` with the variable: not one to nine digits, zero, a window that is no whole second.

    >>> limits_from_environment({"RATE_LIMIT_READ_MAX": "600"}).read
    Limit(name='read', quota=600, window_seconds=60, burst=None)
    """
    window_seconds, rest = divmod(_number_of(environment, _WINDOW, 60 * _SECOND), _SECOND)
    if rest:
        raise ConfigError("config_invalid", variable=_WINDOW)

    def limit(name: str, quota: int) -> Limit:
        most = _number_of(environment, f"RATE_LIMIT_{name.upper()}_MAX", quota)
        return Limit(name=name, quota=most, window_seconds=window_seconds)

    return NamedLimits(read=limit("read", 120), write=limit("write", 30), webhook=limit("webhook", 1200))


def _number_of(environment: Mapping[str, str], variable: str, fallback: int) -> int:
    text = environment.get(variable)
    if text is None:
        return fallback
    if _DIGITS.fullmatch(text) is None:
        raise ConfigError("config_invalid", variable=variable)
    return int(text)
