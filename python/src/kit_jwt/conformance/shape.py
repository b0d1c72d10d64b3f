"""What a file of vectors looks like, as far as a runner relies on it.

A file that does not is refused whole, alike in both languages: a test that cannot be run is no test that failed.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, NoReturn

from kit_jwt.encoding.json_value import is_number

from .inputs import text_of

Check = Callable[[Any], bool]

_MAX_DEPTH: Final = 256
_MAX_HOST_DEPTH: Final = 512
"""Containers within each other, in a file and in a text of one: more than vectors have, less than a recursion takes."""
_MAX_TEXT: Final = 16 * 1024 * 1024
"""Characters that a repetition may come to."""
_FORMAT: Final = 1
_LARGEST_INTEGER: Final = 2**53
_ENTROPY: Final = re.compile(r"[0-9a-f]{32}")
_ABSENT: Final = object()


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
    if kind not in kinds or not _map_of(_is_object)(kits):
        return False
    is_of_kind = _TESTS.get(kind, _anything)
    needs_kit = kind in {"sign", "verify", "delegation"}
    is_test = _with_members(
        id=_is_string,
        expected=_is_expected,
        kit=(lambda kit: _is_object(kit) or (isinstance(kit, str) and kit in kits)) if needs_kit else _anything,
    )
    is_group = _with_members(tests=_list_of(lambda test: is_test(test) and is_of_kind(test), least=1))
    return _list_of(is_group, least=1)(value.get("groups"))


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


def _anything(_value: Any) -> bool:
    return True


def _is_present(value: Any) -> bool:
    return value is not _ABSENT


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_string(value: Any) -> bool:
    return isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _optional(check: Check) -> Check:
    return lambda value: value is _ABSENT or check(value)


def _one_of(*choices: str) -> Check:
    return lambda value: isinstance(value, str) and value in choices


def _list_of(check: Check, least: int = 0) -> Check:
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(check, value))


def _map_of(check: Check) -> Check:
    return lambda value: isinstance(value, dict) and all(map(check, value.values()))


def _with_members(**checks: Check) -> Check:
    """An object whose members of these names are right."""
    return lambda value: (
        isinstance(value, dict) and all(check(value.get(name, _ABSENT)) for name, check in checks.items())
    )


def _only(**checks: Check) -> Check:
    """An object that has these members and no others."""
    return lambda value: _with_members(**checks)(value) and checks.keys() >= value.keys()


def _is_entropy(value: Any) -> bool:
    return isinstance(value, str) and _ENTROPY.fullmatch(value) is not None


def _is_count(value: Any) -> bool:
    return is_number(value) and value == int(value) and 0 <= value <= _MAX_TEXT


_is_repetition: Final = _only(
    repeat=_is_string,
    times=_is_count,
    prefix=_optional(_is_string),
    middle=_optional(_is_string),
    repeatEnd=_optional(_is_string),
    suffix=_optional(_is_string),
)


def _is_text(value: Any) -> bool:
    """A text, written out or as a repetition that is no bomb."""
    if isinstance(value, str):
        return True
    return _is_repetition(value) and len(value["repeat"] + value.get("repeatEnd", "")) * value["times"] <= _MAX_TEXT


def _is_host_json(value: Any) -> bool:
    """A text that every language's own parser reads, nothing in it too deep for a recursion."""
    if not _is_text(value):
        return False
    try:
        return _is_bounded(_DECODER.decode(text_of(value)), _MAX_HOST_DEPTH, _anything)
    except (ValueError, RecursionError):
        return False


_is_named: Final = _only(issuer=_is_string, jti=_is_string)
_is_stores: Final = _only(
    revoked=_optional(_list_of(_is_named)),
    consumed=_optional(_list_of(_is_named)),
    revocationUnavailable=_optional(_is_flag),
    replayUnavailable=_optional(_is_flag),
)
_OPTIONS: Final[Mapping[str, Check]] = {
    "importPublic": _only(alg=_optional(_is_string)),
    "exportPublic": _only(alg=_optional(_is_string)),
    "importSecret": _only(kid=_optional(_is_string)),
    "importPrivate": _only(),
}


def _is_keys_test(test: Any) -> bool:
    is_right = _with_members(
        operation=_one_of(*_OPTIONS),
        input=lambda value: _only(text=_is_text)(value) or _only(jwk=_is_host_json)(value),
    )
    return is_right(test) and _with_members(options=_optional(_OPTIONS[test["operation"]]))(test)


_TESTS: Final[Mapping[str, Check]] = {
    "sign": _with_members(now=is_number, entropy=_is_entropy, claims=_is_host_json, options=_optional(_is_object)),
    "verify": _with_members(
        now=is_number,
        entropy=_optional(_is_entropy),
        token=lambda value: _is_text(value) or _with_members(value=_is_present)(value),
        operation=_optional(_one_of("verify", "checkAuth", "consumeOnce", "decodeUnverified")),
        options=_optional(_is_object),
        stores=_optional(_is_stores),
    ),
    "delegation": _with_members(
        now=is_number,
        entropy=_is_entropy,
        original=lambda value: _is_host_json(value) or _only(plain=_is_host_json)(value),
        actor=_is_present,
        options=_is_object,
    ),
    "policy": _with_members(policy=_is_present, claims=_is_host_json, context=_optional(_is_object)),
    "keys": _is_keys_test,
    "thumbprint": _with_members(jwk=_is_host_json),
    "jwks": _with_members(
        jwks=_is_text, algorithms=_list_of(_is_string), header=_only(alg=_is_string, kid=_optional(_is_string))
    ),
    "config": _with_members(env=_is_object, files=_optional(_map_of(_is_string)), role=_optional(_is_string)),
    "provider": _with_members(provider=_is_present, options=_is_object),
}
"""What the tests of each kind have, but for `id`, `expected`, `kit` and what is for the reader."""

_is_fault: Final = _only(code=_is_string, claim=_optional(_is_string), variable=_optional(_is_string))


def _is_expected(value: Any) -> bool:
    if not isinstance(value, dict) or not value:
        return False
    return "fault" not in value or _only(fault=_is_fault)(value)
