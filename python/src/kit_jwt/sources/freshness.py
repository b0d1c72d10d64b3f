"""What an HTTP answer says of its own time (RFC 9111) and of what it stands for (RFC 9110 section 8.8.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# Up to nine digits: whoever means more means for ever.
_MAX_AGE: Final = re.compile(r'(?:^|,)[ \t]*max-age="?([0-9]{0,9})', re.ASCII | re.IGNORECASE)
_NOT_KEPT: Final = re.compile(r"(?:^|,)[ \t]*no-(?:store|cache)\b", re.ASCII | re.IGNORECASE)
_AGE: Final = re.compile(r"[0-9]{1,9}")
_ETAG: Final = re.compile(r'(?=.{2,256}\Z)(?:W/)?"[!#-~]*"')
"""At most 256 characters."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """What an answer says of itself.

    Attributes:
        lifetime: seconds that it may still be used, None where it does not say.
        etag: its entity tag, None where there is none to be sent back.
    """

    lifetime: int | None = None
    etag: str | None = None


def freshness_of(headers: Mapping[str, str]) -> Freshness:
    """The time and the tag of an answer.

    The time is `max-age` less `Age`; none with `no-store`, `no-cache` or a `max-age` that is no number.

    >>> freshness_of({"Cache-Control": "public, max-age=300", "Age": "20", "ETag": '"v1"'})
    Freshness(lifetime=280, etag='"v1"')
    """
    named = {name.lower(): value for name, value in headers.items()}
    control = named.get("cache-control", "")
    max_age, age = _MAX_AGE.search(control), _AGE.match(named.get("age", ""))
    etag = _ETAG.fullmatch(named.get("etag", ""))
    lifetime = None if max_age is None else int(max_age[1] or 0) - (0 if age is None else int(age[0]))
    return Freshness(0 if _NOT_KEPT.search(control) else lifetime, None if etag is None else etag[0])
