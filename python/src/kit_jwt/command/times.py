"""Times of a token for people: UTC as in RFC 3339, and how far away they are."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias, TypeGuard

from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.encoding.json_value import JSONValue, is_number

from .style import Mark, Style, printable

_Told: TypeAlias = tuple[Mark, str]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST: Final = 253402300799  # 9999-12-31T23:59:59Z, the last second that RFC 3339 can name
_MILLISECONDS: Final = 1000
_LONGEST: Final = 32  # characters of what is no time

# From how many seconds on a unit is used, how long it is, and its name: two of a unit before the next.
_UNITS: Final = (
    (63_115_200, 31_557_600, "year"),
    (172_800, 86_400, "day"),
    (7200, 3600, "hour"),
    (120, 60, "minute"),
    (1, 1, "second"),
)


def is_time(value: JSONValue) -> TypeGuard[int | float]:
    """Whether a claim is a time that can be written: seconds since the epoch."""
    return is_number(value) and 0 <= value <= _LATEST


def timestamp(time: float) -> str:
    """A time as in RFC 3339 section 5.6, in UTC; with milliseconds, cut off, where it is no whole second.

    >>> timestamp(0), timestamp(1.5)
    ('1970-01-01T00:00:00Z', '1970-01-01T00:00:01.500Z')
    """
    second = math.floor(time)
    text = (_EPOCH + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%S")
    fraction = "" if time == second else f".{math.floor((time - second) * _MILLISECONDS):03d}"
    return f"{text}{fraction}Z"


def duration(seconds: float) -> str:
    """A length of time in its largest fitting unit, rounded.

    >>> duration(0.5), duration(90), duration(-900)
    ('less than a second', '90 seconds', '15 minutes')
    """
    length = abs(seconds)
    for least, size, name in _UNITS:
        if length >= least:
            count = math.floor(length / size + 0.5)
            return f"{count} {name}{'' if count == 1 else 's'}"
    return "less than a second"


def draw_times(claims: Mapping[str, JSONValue], now: float, style: Style) -> str:
    """The times of claims, one a line: when it was issued, when it starts, when it ends, how long it lives."""
    rows = [row for claim, say in _SAYINGS for row in _rows(claims, claim, say, now)]
    exp, iat = claims.get("exp"), claims.get("iat")
    if is_time(exp) and is_time(iat) and exp > iat:
        rows.append(("lifetime", duration(exp - iat), ("dim", "exp - iat")))
    width = max(len(text) for _, text, _ in rows)
    return "".join(
        f"  {name.ljust(len('lifetime'))}  {text.ljust(width)}  {style(mark, saying)}\n"
        for name, text, (mark, saying) in rows
    )


def _rows(
    claims: Mapping[str, JSONValue], claim: str, say: Callable[[float], _Told], now: float
) -> list[tuple[str, str, _Told]]:
    if claim not in claims:
        return [(claim, "none", ("yellow", "never expires"))] if claim == "exp" else []
    value = claims[claim]
    if not is_time(value):
        saying = "is no time: milliseconds?" if _is_in_milliseconds(value) else "is no time"
        return [(claim, _shortened(value), ("yellow", saying))]
    return [(claim, timestamp(value), say(value - now))]


def _issued(away: float) -> _Told:
    return ("yellow", f"issued {duration(away)} in the future") if away > 0 else _past("issued", away)


def _started(away: float) -> _Told:
    return ("yellow", f"starts in {duration(away)}") if away > 0 else _past("started", away)


def _expires(away: float) -> _Told:
    return ("green", f"expires in {duration(away)}") if away > 0 else ("red", f"expired {duration(away)} ago")


def _past(what: str, away: float) -> _Told:
    return ("dim", f"{what} {duration(away)} ago")


_SAYINGS: Final = (("iat", _issued), ("nbf", _started), ("exp", _expires))
"""What each time says of a moment that is so many seconds away."""


def _is_in_milliseconds(value: JSONValue) -> bool:
    """The usual mistake: seconds are asked for, and most clocks of programs count milliseconds."""
    return is_number(value) and value > _LATEST and is_time(value / _MILLISECONDS)


def _shortened(value: JSONValue) -> str:
    text = printable(canonicalize(value))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
