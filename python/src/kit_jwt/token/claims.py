"""Claims (RFC 7519 section 4): their types, and the mark of those that were verified."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NoReturn, TypeGuard, TypeVar

from kit_jwt.encoding.jcs import code_units
from kit_jwt.encoding.json_value import (
    UNSUPPORTED,
    FrozenObject,
    JSONValue,
    freeze_members,
    is_array,
    is_number,
    read_json,
)
from kit_jwt.encoding.utf8 import is_well_formed
from kit_jwt.errors import MisuseError, TokenError

from .act import check_act

T = TypeVar("T")

LATEST: Final = 253402300799  # 9999-12-31T23:59:59Z
_STRING: Final = frozenset((str,))
_NONE: Final[Mapping[str, float]] = MappingProxyType({})
_SEAL: Final = object()


class Claims(FrozenObject):
    """The claims of a token that was verified: an immutable mapping that only a verifying kit makes.

    It equals a dict of the same claims. Nested objects are immutable mappings, arrays are tuples. `to_dict()` gives a
    plain copy; the repr shows no values.

    >>> claims = unsafe_trust_claims({"sub": "u1", "roles": ["admin"]})
    >>> claims["sub"], claims["roles"] == ["admin"], claims == {"sub": "u1", "roles": ["admin"]}
    ('u1', True, True)
    """

    __slots__ = ()

    def __init__(self, members: dict[str, JSONValue], seal: object = None) -> None:
        """See `unsafe_trust_claims`, which makes claims for programs, as `verify` does."""
        if seal is not _SEAL:
            message = "claims are made by verify(), or by unsafe_trust_claims()"
            raise MisuseError(message)
        super().__init__(members)

    def into(self, build: Callable[..., T]) -> T:
        """Custom claims in a type of your own: calls `build` with every claim as a keyword.

        Args:
            build: a TypedDict, a dataclass, a model, or a function.

        Returns:
            What `build` gives.

        >>> from typing import TypedDict
        >>> class MyClaims(TypedDict):
        ...     sub: str
        >>> unsafe_trust_claims({"sub": "u1"}).into(MyClaims)["sub"]
        'u1'
        """
        return build(**self.to_dict())

    def __reduce__(self) -> NoReturn:
        """Refuse: a pickle that somebody else wrote would come back marked as verified."""
        message = "claims are not pickled: pass the token, or to_dict()"
        raise MisuseError(message)

    def __copy__(self) -> Claims:
        """Give itself: it is immutable."""
        return self

    def __deepcopy__(self, _memo: object) -> Claims:
        """Give itself: it is immutable."""
        return self


def seal(members: Mapping[str, JSONValue]) -> Claims:
    """Claims of members that were verified."""
    frozen = dict(members)
    freeze_members(frozen)
    return seal_frozen(frozen)


def seal_frozen(members: dict[str, JSONValue]) -> Claims:
    """Claims of members that were verified and are immutable, in a dictionary that nobody changes."""
    return Claims(members, _SEAL)


def is_verified(claims: object) -> TypeGuard[Claims]:
    """Whether an object is claims that a kit verified, or that `unsafe_trust_claims` marked.

    Args:
        claims: anything.

    Returns:
        Whether it is; False for a copy as a plain dictionary.

    >>> is_verified({"sub": "u1"}), is_verified(unsafe_trust_claims({"sub": "u1"}))
    (False, True)
    """
    return type(claims) is Claims


def require_verified(claims: object) -> Claims:
    """The claims themselves.

    Raises:
        MisuseError: they are not marked as verified.
    """
    if not is_verified(claims):
        message = "verified claims are needed, see unsafe_trust_claims()"
        raise MisuseError(message)
    return claims


def unsafe_trust_claims(claims: Mapping[str, object]) -> Claims:
    """Mark claims as verified that somebody else verified. Unsafe: everything built on them trusts the caller.

    Args:
        claims: a JSON object. Types of claims are checked, presence is not, and an actor chain may be of any depth.

    Returns:
        An immutable copy, marked as verified.

    Raises:
        TokenError: `value_unsupported`, `claim_invalid`, with the claim.
        MisuseError: not a mapping.

    >>> unsafe_trust_claims({"sub": "u1"})["sub"]
    'u1'
    """
    members = read_claims(claims)
    check_claims(members, required=(), max_actor_depth=None)
    return seal(members)


def read_claims(claims: object) -> dict[str, JSONValue]:
    """A private plain copy of a program's claims, in canonical order.

    Raises:
        TokenError: `value_unsupported` with the first claim, in canonical order, that JSON cannot carry exactly.
        MisuseError: not a mapping.
    """
    if not isinstance(claims, Mapping):
        message = "claims are a mapping"
        raise MisuseError(message)
    return read_members(dict(claims))


def read_members(claims: Mapping[Any, object], ours: Mapping[str, float] = _NONE) -> dict[str, JSONValue]:
    """As `read_claims`; those of `ours` are not the program's and are taken as they are.

    >>> read_members({"sub": "u1", "roles": ("admin",), "exp": 1}, {"exp": 2})
    {'exp': 2, 'roles': ['admin'], 'sub': 'u1'}
    """
    if not all(isinstance(name, str) for name in claims):
        raise TokenError("value_unsupported")
    named = {str.__str__(name): value for name, value in claims.items()} | dict(ours)
    plain: dict[str, JSONValue] = {}
    for name in sorted(named, key=code_units):
        # What stands under a name that JSON cannot carry is as unsupported as the name.
        value = read_json(named[name], depth=2) if is_well_formed(name) else UNSUPPORTED
        if name in ours:
            plain[name] = ours[name]
        elif value is UNSUPPORTED:
            raise TokenError("value_unsupported", claim=name)
        else:
            plain[name] = value
    return plain


def check_claims(claims: Mapping[str, JSONValue], *, required: Collection[str], max_actor_depth: int | None) -> None:
    """Check presence and type, claim by claim, in the order of the table; null counts as present.

    Args:
        claims: the payload.
        required: names of the claims that must be there.
        max_actor_depth: actors in `act` at most, None for any number.

    Raises:
        TokenError: `claim_missing` and `claim_invalid` with the claim, `delegation_too_deep`.

    >>> check_claims({"exp": 1800000000}, required=["exp"], max_actor_depth=5)
    """
    get = claims.get
    for name, usual, is_valid in _TYPES:
        value = get(name)
        if type(value) is usual and value:
            continue
        if value is None and name not in claims:
            if name in required:
                raise TokenError("claim_missing", claim=name)
        elif not is_valid(value):
            raise TokenError("claim_invalid", claim=name)
    if "act" in claims:
        check_act(claims["act"], max_actor_depth)


def _is_text(value: JSONValue) -> bool:
    return isinstance(value, str) and value != ""


def _is_audience(value: JSONValue) -> bool:
    return _is_text(value) or (is_array(value) and len(value) > 0 and all(map(_is_text, value)))


def _is_time(value: JSONValue) -> bool:
    return (type(value) is int or is_number(value)) and 0 <= value <= LATEST


def _is_list(value: JSONValue) -> bool:
    return isinstance(value, (list, tuple)) and _STRING.issuperset(map(type, value))


# Nearly all of them are non-empty strings, where that will do: those are looked at without a call for each.
_TYPES: Final[Sequence[tuple[str, type | None, Callable[[JSONValue], bool]]]] = (
    ("iss", str, _is_text),
    ("aud", str, _is_audience),
    ("exp", None, _is_time),
    ("iat", None, _is_time),
    ("nbf", None, _is_time),
    ("sub", str, _is_text),
    ("jti", str, _is_text),
    ("permissions", None, _is_list),
    ("roles", None, _is_list),
    ("groups", None, _is_list),
    ("scope", str, lambda value: isinstance(value, str)),
)
