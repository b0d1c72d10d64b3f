"""What a test of key sets over time looks like, as far as its runner relies on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from kit_jwt.encoding.json_value import is_number
from kit_jwt.encoding.utf8 import is_well_formed, utf8_length

from .checks import (
    MAX_TEXT,
    Check,
    anything,
    is_count,
    is_present,
    is_string,
    is_text,
    list_of,
    map_of,
    one_of,
    only,
    optional,
    with_members,
)
from .inputs import text_of

Kits = Mapping[str, Any]
"""Configurations by the names that tests use."""

_MAX_CALLERS: Final = 1000
_MAX_KID_BYTES: Final = 4096
"""Callers of one step, and bytes of the `kid` of each: more than vectors have, less than a machine has room for."""
_MAX_SECONDS: Final = 999_999_999
_MAX_NOW: Final = 253_402_300_799
"""The last second of 9999: after any moment before, a second is more than nothing."""
_NAME: Final = re.compile(r"[a-z-]+")
_VALUE: Final = re.compile(r"(?:[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?)?")
_BODILESS: Final = frozenset({204, 205, 304})
"""Statuses without a body: no endpoint gives them one (RFC 9110 section 6.4.1)."""


def _is_clean(value: Any) -> bool:
    """A text that all languages write as the same bytes."""
    pieces = value.values() if isinstance(value, dict) else (value,)
    return is_text(value) and all(is_well_formed(piece) for piece in pieces if isinstance(piece, str))


def _is_kid(value: Any) -> bool:
    return _is_clean(value) and utf8_length(text_of(value)) <= _MAX_KID_BYTES


def _is_headers(value: Any) -> bool:
    """As they come from a connection: lower case, and no white space around a value (RFC 9110 section 5.5)."""
    return map_of(is_string)(value) and all(_NAME.fullmatch(name) and _VALUE.fullmatch(value[name]) for name in value)


_is_failure: Final = only(failure=one_of(True))
_is_response: Final = only(
    status=is_count(200, 599),
    headers=optional(_is_headers),
    body=optional(_is_clean),
    endless=optional(one_of(True)),
)


def _is_answer(value: Any) -> bool:
    if not _is_response(value):
        return _is_failure(value)
    return value["status"] not in _BODILESS or not value.keys() & {"body", "endless"}


def _is_answers(value: Any) -> bool:
    return map_of(_is_answer)(value) and all(url.startswith("https://") for url in value)


_is_selection: Final = only(alg=one_of("EdDSA", "RS256", "PS256", "ES256", "ES384", "ES512"), kid=optional(_is_kid))


def _is_script(**asks: Check) -> Check:
    """The steps; what they ask for, of a source or of a kit."""
    return list_of(
        only(
            now=lambda value: is_number(value) and 0 <= value <= _MAX_NOW,
            **asks,
            callers=optional(is_count(2, _MAX_CALLERS)),
            numbered=optional(is_count(2, _MAX_CALLERS)),
            answer=optional(_is_answer),
            answers=optional(_is_answers),
            request=optional(is_count(0, MAX_TEXT)),
        )
    )


_asks_source: Final = _is_script(select=optional(_is_selection))
_asks_kit: Final = _is_script(verify=optional(is_string), revoke=optional(only(issuer=is_string, jti=is_string)))

_is_source: Final = only(
    url=is_present,
    cacheTtl=anything,
    maxStale=anything,
    timeout=anything,
    maxBytes=lambda value: not is_number(value) or value <= MAX_TEXT,
)
"""Of a source: any value may be a wrong one on purpose, but none of them takes all the memory there is."""

_is_kit: Final = with_members(
    jwksUrl=optional(is_string),
    jwksCacheTtl=optional(is_count(1, _MAX_SECONDS)),
    trust=optional(list_of(with_members(jwksUrl=optional(is_string)))),
)
"""Of a kit: the runner puts sources of its own in the place of its URLs."""


def is_timeline(test: Mapping[str, Any], kits: Kits) -> bool:
    """Whether a test has a source or a kit, and a script that asks it."""
    if "kit" not in test:
        return _is_source(test.get("source")) and _asks_source(test.get("script"))
    kit = test["kit"]
    config = kits.get(kit) if isinstance(kit, str) else kit
    return "source" not in test and _is_kit(config) and _asks_kit(test.get("script"))
