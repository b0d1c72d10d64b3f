"""What a stored document looks like; anything else is refused whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias, TypeGuard, cast, get_args

from .key_set import PUBLIC_MEMBERS, AuthorityAlgorithm, KeyState

FORMAT: Final = 1
"""Of the form that is written."""

Members: TypeAlias = Mapping[str, object]

_MOST: Final = 2**53 - 1
_ABSENT: Final = object()

_Check: TypeAlias = Callable[[object], bool]


def is_document(value: object) -> TypeGuard[Members]:
    """Whether a JSON value is a document of the form that is written here."""
    checks: Mapping[str, _Check] = {
        "format": _is_format,
        "version": _is_count,
        "period": _is_count,
        "keys": lambda keys: isinstance(keys, list) and all(_is_key(key) for key in keys),
        "revoked": lambda keys: isinstance(keys, list) and all(_has_only(key, _REVOKED) for key in keys),
    }
    if not _has_only(value, checks):
        return False
    keys, revoked = (cast("list[dict[str, object]]", value[name]) for name in ("keys", "revoked"))
    kids = [key["kid"] for key in (*keys, *revoked)]
    states = [key["state"] for key in keys]
    return len(set(kids)) == len(kids) and states.count("active") == 1 and states.count("next") <= 1


def _has_only(value: object, checks: Mapping[str, _Check]) -> TypeGuard[Members]:
    """An object with these members, and no others."""
    if not isinstance(value, dict) or not value.keys() <= checks.keys():
        return False
    return all(check(value.get(name, _ABSENT)) for name, check in checks.items())


def _is_format(value: object) -> bool:
    return _is_count(value) and value == FORMAT


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_count(value: object) -> bool:
    # A whole number that is written with a fraction is one too.
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return whole and not isinstance(value, bool) and isinstance(value, (int, float)) and 0 <= value <= _MOST


def _is_absent(value: object) -> bool:
    return value is _ABSENT


_REVOKED: Final[Mapping[str, _Check]] = {"kid": _is_text, "revokedAt": _is_count}
_SEALED: Final[Mapping[str, _Check]] = {"kek": _is_text, "iv": _is_text, "ciphertext": _is_text}


def _is_public(jwk: object, kid: object) -> bool:
    """What is published as it stands: a private member in it would be told to everybody."""
    return isinstance(jwk, dict) and jwk.keys() <= PUBLIC_MEMBERS and jwk.get("kid") == kid


def _is_key(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    kid, state = value.get("kid"), value.get("state")
    is_secret, is_retired = value.get("algorithm") == "HS512", state == "retired"
    return _has_only(
        value,
        {
            "kid": _is_text,
            "algorithm": lambda name: isinstance(name, str) and name in get_args(AuthorityAlgorithm),
            "state": lambda name: isinstance(name, str) and name in get_args(KeyState),
            "publishedAt": _is_count,
            "activatedAt": _is_absent if state == "next" else _is_count,
            "retiredAt": _is_count if is_retired else _is_absent,
            "removeAt": _is_count if is_retired else _is_absent,
            "publicJwk": _is_absent if is_secret else lambda jwk: _is_public(jwk, kid),
            "sealed": _is_absent if is_retired and not is_secret else lambda sealed: _has_only(sealed, _SEALED),
        },
    )
