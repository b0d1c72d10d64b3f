"""What a token is asked for, and what it is kept under."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.encoding.utf8 import is_well_formed
from kit_jwt.errors import MisuseError
from kit_jwt.token.claims import Claims

_SCOPE: Final = re.compile(r"[!#-\[\]-~]+")
"""A scope-token of RFC 6749 section 3.3: the order of its characters is the same in every language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A token that a caller wants.

    Attributes:
        target: the service that is called: the audience of the token.
        scopes: in any order.
        user: the user acted for: claims that a kit verified, or the token that the user sent. The caller itself unless
            given. No repr shows it.

    >>> Wanted(target="orders", scopes=["orders:read"])
    Wanted(target='orders', scopes=['orders:read'])
    """

    target: str
    scopes: Sequence[str] = ()
    user: Claims | str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a source of tokens is asked for.

    Attributes:
        caller: who calls.
        target: the audience of the token.
        scopes: in the order of their characters, each once.
        user: the user acted for: verified claims, or the user's token; None: the caller itself. No repr shows it.

    >>> Asked(caller="gateway", target="orders")
    Asked(caller='gateway', target='orders', scopes=())
    """

    caller: str
    target: str
    scopes: tuple[str, ...] = ()
    user: Claims | str | None = field(default=None, repr=False)


def read_wanted(caller: str, wanted: Wanted) -> Asked:
    """A private copy of what is wanted.

    Raises:
        MisuseError: no target, what is no scope, a user by claims that no kit verified: a token that is kept would else
            be shown for claims that nobody has looked at.
    """
    if not isinstance(wanted, Wanted) or not is_name(wanted.target):
        raise MisuseError("wanted names a target")
    scopes = wanted.scopes
    if not isinstance(scopes, (list, tuple, set, frozenset)) or not all(map(_is_scope, scopes)):
        raise MisuseError("scopes are a list of scopes")
    if not (wanted.user is None or isinstance(wanted.user, Claims) or is_name(wanted.user)):
        raise MisuseError("user is verified claims, or a token")
    return Asked(caller=caller, target=wanted.target, scopes=tuple(sorted(set(scopes))), user=wanted.user)


def key_of(asked: Asked) -> str:
    """What a token is kept under: the same text in every language. A token is in it by its digest alone.

    >>> key_of(Asked(caller="gateway", target="orders", scopes=("a", "b")))
    '["gateway","orders",["a","b"],null]'
    """
    user = None if asked.user is None else _name_of(asked.user)
    return canonicalize([asked.caller, asked.target, asked.scopes, user])


def is_name(value: object) -> bool:
    """Whether a value is a text that every language can carry.

    >>> is_name("orders"), is_name(""), is_name(None)
    (True, False, False)
    """
    return isinstance(value, str) and value != "" and is_well_formed(value)


def _is_scope(value: object) -> bool:
    return isinstance(value, str) and _SCOPE.fullmatch(value) is not None


def _name_of(user: Claims | str) -> list[str]:
    if isinstance(user, str):
        return ["token", _digest_of(user)]
    names = [user.get(name) for name in ("iss", "sub", "jti")]
    texts = [name for name in names if isinstance(name, str) and name]
    if len(texts) == len(names):
        return ["claims", *texts]
    # Without jti, two tokens of one user may allow different things.
    return ["digest", _digest_of(canonicalize(user.to_dict()))]


def _digest_of(text: str) -> str:
    return encode_base64url(hashlib.sha256(text.encode()).digest())
