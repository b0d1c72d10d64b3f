"""What a file of vectors looks like, as far as a runner relies on it.

A file that does not is refused whole, alike in both languages: a test that cannot be run is no test that failed.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Mapping
from functools import partial
from typing import Any, Final, NoReturn

from kit_jwt.encoding.json_value import is_number

from .checks import (
    Check,
    anything,
    is_flag,
    is_object,
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
from .timeline_shape import is_timeline

_MAX_DEPTH: Final = 256
_MAX_HOST_DEPTH: Final = 512
"""Containers within each other, in a file and in a text of one: more than vectors have, less than a recursion takes."""
_FORMAT: Final = 1
_LARGEST_INTEGER: Final = 2**53
_ENTROPY: Final = re.compile(r"[0-9a-f]{32}")


def parse_vectors(text: str, kinds: Collection[str]) -> Mapping[str, Any] | None:
    """The file of vectors that a text holds, None where it is none that can be run."""
    try:
        parsed = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None
    return parsed if is_vector_file(parsed, kinds) else None


def is_vector_file(value: Any, kinds: Collection[str]) -> bool:
    """Whether a parsed file is one that can be run."""
    if not _is_bounded(value, _MAX_DEPTH, math.isfinite) or not isinstance(value, dict):
        return False
    kind, kits = value.get("kind"), value.get("kits", {})
    if not is_number(value.get("format")) or value["format"] != _FORMAT or not isinstance(kind, str):
        return False
    if kind not in kinds or not map_of(is_object)(kits):
        return False
    is_of_kind = partial(is_timeline, kits=kits) if kind == "jwks-timeline" else _TESTS.get(kind, anything)
    needs_kit = kind in {"sign", "verify", "delegation"}
    is_test = with_members(
        id=is_string,
        expected=_is_expected,
        kit=(lambda kit: is_object(kit) or (isinstance(kit, str) and kit in kits)) if needs_kit else anything,
    )
    is_group = with_members(tests=list_of(lambda test: is_test(test) and is_of_kind(test), least=1))
    return list_of(is_group, least=1)(value.get("groups"))


def _is_bounded(value: Any, max_depth: int, is_right: Check) -> bool:
    still = [(value, 0)]
    while still:
        item, depth = still.pop()
        if isinstance(item, float) and not is_right(item):
            return False
        if not isinstance(item, (dict, list)):
            continue
        if depth == max_depth:
            return False
        still.extend((member, depth + 1) for member in (item.values() if isinstance(item, dict) else item))
    return True


def _integer(digits: str) -> int | float:
    # As a language reads it that has doubles only.
    double = float(digits)
    return int(digits) if abs(double) <= _LARGEST_INTEGER else double


def _refuse(_constant: str) -> NoReturn:
    raise ValueError


_DECODER: Final = json.JSONDecoder(parse_int=_integer, parse_constant=_refuse)


def _is_entropy(value: Any) -> bool:
    return isinstance(value, str) and _ENTROPY.fullmatch(value) is not None


def _is_host_json(value: Any) -> bool:
    """A text that every language's own parser reads, nothing in it too deep for a recursion."""
    if not is_text(value):
        return False
    try:
        return _is_bounded(_DECODER.decode(text_of(value)), _MAX_HOST_DEPTH, anything)
    except (ValueError, RecursionError):
        return False


_is_named: Final = only(issuer=is_string, jti=is_string)
_is_stores: Final = only(
    revoked=optional(list_of(_is_named)),
    consumed=optional(list_of(_is_named)),
    revocationUnavailable=optional(is_flag),
    replayUnavailable=optional(is_flag),
)
_OPTIONS: Final[Mapping[str, Check]] = {
    "importPublic": only(alg=optional(is_string)),
    "exportPublic": only(alg=optional(is_string)),
    "importSecret": only(kid=optional(is_string)),
    "importPrivate": only(),
}


def _is_keys_test(test: Any) -> bool:
    is_right = with_members(
        operation=one_of(*_OPTIONS),
        input=lambda value: only(text=is_text)(value) or only(jwk=_is_host_json)(value),
    )
    return is_right(test) and with_members(options=optional(_OPTIONS[test["operation"]]))(test)


_ASYMMETRIC: Final = ("EdDSA", "RS256", "PS256", "ES256", "ES384", "ES512")
_is_local_header: Final = only(alg=one_of(*_ASYMMETRIC), kid=optional(is_string))


def _is_local_step(step: Any) -> bool:
    is_text_given = isinstance(step, dict) and step.get("as") == "text"
    is_right = only(
        jwks=optional(is_text if is_text_given else _is_host_json),
        **{"as": optional(one_of("same", "text"))},
        failure=optional(one_of(True)),
        select=list_of(_is_local_header, least=1),
    )
    return is_right(step) and ("jwks" in step) != ("failure" in step)


_TESTS: Final[Mapping[str, Check]] = {
    "sign": with_members(now=is_number, entropy=_is_entropy, claims=_is_host_json, options=optional(is_object)),
    "verify": with_members(
        now=is_number,
        entropy=optional(_is_entropy),
        token=lambda value: is_text(value) or with_members(value=is_present)(value),
        operation=optional(one_of("verify", "checkAuth", "consumeOnce", "decodeUnverified")),
        options=optional(is_object),
        stores=optional(_is_stores),
    ),
    "delegation": with_members(
        now=is_number,
        entropy=_is_entropy,
        original=lambda value: _is_host_json(value) or only(plain=_is_host_json)(value),
        actor=is_present,
        options=is_object,
    ),
    "policy": with_members(policy=is_present, claims=_is_host_json, context=optional(is_object)),
    "keys": _is_keys_test,
    "thumbprint": with_members(jwk=_is_host_json),
    "jwks": with_members(
        jwks=is_text, algorithms=list_of(is_string), header=only(alg=is_string, kid=optional(is_string))
    ),
    "config": with_members(env=is_object, files=optional(map_of(is_string)), role=optional(is_string)),
    "provider": with_members(provider=is_present, options=is_object),
    "local-jwks": with_members(script=list_of(_is_local_step, least=1)),
}
"""What tests of a kind have, but for `id`, `expected`, `kit` and what is for the reader; timelines have their own."""

_is_fault: Final = only(code=is_string, claim=optional(is_string), variable=optional(is_string))


def _is_expected(value: Any) -> bool:
    if not isinstance(value, dict) or not value:
        return False
    return "fault" not in value or only(fault=_is_fault)(value)
