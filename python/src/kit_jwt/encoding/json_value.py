"""JSON values: their type, reading them from a program's objects, and immutable ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Final, NoReturn, TypeAlias, TypeGuard

from .utf8 import is_well_formed

JSONValue: TypeAlias = "str | int | float | bool | Sequence[JSONValue] | Mapping[str, JSONValue] | None"
"""A JSON value; arrays are lists or tuples, objects are mappings with `str` keys."""

MAX_DEPTH: Final = 16
"""Containers within each other, the outermost counted."""

MAX_NUMBER: Final = 2**53 - 1
"""The largest magnitude of a number that every JSON implementation reads alike (RFC 7493 section 2.2)."""


_STRING: Final = frozenset((str,))
_SCALARS: Final = frozenset((str, int, float, bool, type(None)))


class Unsupported(Enum):
    """What `read_json` answers for a value that JSON cannot carry exactly."""

    UNSUPPORTED = 0


UNSUPPORTED: Final = Unsupported.UNSUPPORTED


class _UnsupportedError(Exception):
    pass


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value is a JSON number: a boolean, which Python counts among the integers, is none.

    >>> is_number(1), is_number(1.5), is_number(True)
    (True, True, False)
    """
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_array(value: object) -> TypeGuard[Sequence[JSONValue]]:
    """Whether a value is a JSON array.

    >>> is_array([]), is_array(()), is_array("text")
    (True, True, False)
    """
    return isinstance(value, (list, tuple))


def read_json(value: object, depth: int = 1) -> JSONValue | Unsupported:
    """A private plain copy of a program's value, or `UNSUPPORTED`.

    Subclasses of `str`, `int` and `float` (`StrEnum`, `IntEnum`) are read as their plain value. Everything that
    would be rounded, renamed or dropped is refused: NaN and infinities, numbers beyond 2^53 - 1, lone surrogates, keys
    that are no strings, sets, bytes, other objects, and more than 16 containers within each other (a cycle too).

    >>> read_json({"a": (1, 2)}), read_json({"a": {1}}), read_json({1: 1})
    ({'a': [1, 2]}, <Unsupported.UNSUPPORTED: 0>, <Unsupported.UNSUPPORTED: 0>)
    """
    try:
        return _read(value, depth)
    except _UnsupportedError:
        return UNSUPPORTED


def _read(value: object, depth: int) -> JSONValue:
    if isinstance(value, str):
        if not is_well_formed(value):
            raise _UnsupportedError
        return str.__str__(value)
    if isinstance(value, (list, tuple)):
        return _read_array(value, depth)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        number = int.__index__(value) if isinstance(value, int) else float.__float__(value)
        if not -MAX_NUMBER <= number <= MAX_NUMBER:  # NaN is not either
            raise _UnsupportedError
        return number
    if depth > MAX_DEPTH or not isinstance(value, (dict, Mapping)):
        raise _UnsupportedError
    return {_read_name(name): _read(item, depth + 1) for name, item in value.items()}


def _read_array(value: Sequence[object], depth: int) -> JSONValue:
    if depth > MAX_DEPTH:
        raise _UnsupportedError
    items = list(value)
    # Strings alone, as in permissions and roles: looked at all together.
    if _STRING.issuperset(map(type, items)) and is_well_formed("".join(items)):  # type: ignore[arg-type] # says the line
        return items  # type: ignore[return-value] # strings
    return [_read(item, depth + 1) for item in items]


def _read_name(name: object) -> str:
    if not isinstance(name, str) or not is_well_formed(name):
        raise _UnsupportedError
    return str.__str__(name)


class FrozenArray(tuple[JSONValue, ...]):
    """An immutable JSON array: a tuple that also equals a list of the same items, and whose repr shows none."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """Equal to a tuple or a list of equal items."""
        return tuple.__eq__(self, tuple(other) if isinstance(other, list) else other)

    def __ne__(self, other: object) -> bool:
        """Not equal, see `__eq__`."""
        return not self == other

    __hash__ = tuple.__hash__

    def __repr__(self) -> str:
        """Tell the size only: items come from tokens, and a repr ends up in logs."""
        return f"<{type(self).__name__} of {len(self)}>"


class FrozenObject(Mapping[str, JSONValue]):
    """An immutable JSON object: a mapping that equals a dict of the same members, and whose repr shows none."""

    __slots__ = ("__members",)
    __members: dict[str, JSONValue]

    def __init__(self, members: dict[str, JSONValue]) -> None:
        """Take over `members`, whose values are frozen already and which nobody else holds."""
        object.__setattr__(self, "_FrozenObject__members", members)

    def __getitem__(self, name: str) -> JSONValue:
        """Look up a member."""
        return self.__members[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the members."""
        return iter(self.__members)

    def __len__(self) -> int:
        """Count the members."""
        return len(self.__members)

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a member of this name."""
        return name in self.__members

    def __eq__(self, other: object) -> bool:
        """Equal to any mapping of equal members."""
        return self.__members == dict(other) if isinstance(other, Mapping) else NotImplemented

    __hash__ = None  # type: ignore[assignment] # as dict: its values need not be hashable

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuse: it is immutable."""
        message = "immutable"
        raise AttributeError(message)

    def __delattr__(self, name: str) -> NoReturn:
        """Refuse: it is immutable."""
        message = "immutable"
        raise AttributeError(message)

    def __repr__(self) -> str:
        """Tell the size only: members come from tokens, and a repr ends up in logs."""
        return f"<{type(self).__name__} of {len(self)}>"

    def to_dict(self) -> dict[str, JSONValue]:
        """A deep plain copy made of dicts and lists, which the caller may change.

        Returns:
            The copy, no longer what was verified.

        >>> frozen_object({"a": [1]}).to_dict()
        {'a': [1]}
        """
        return {name: thaw(value) for name, value in self.__members.items()}


def freeze(value: JSONValue) -> JSONValue:
    """A deep immutable copy of a plain JSON value.

    >>> freeze([1, {"a": 2}]) == [1, {"a": 2}]
    True
    """
    if type(value) is list and _SCALARS.issuperset(map(type, value)):
        return FrozenArray(value)
    if isinstance(value, Mapping):
        return value if isinstance(value, FrozenObject) else frozen_object(value)
    if is_array(value):
        return value if isinstance(value, FrozenArray) else FrozenArray(map(freeze, value))
    return value


def freeze_members(members: dict[str, JSONValue]) -> None:
    """Make the members of a plain JSON object deeply immutable, in place: for an object that nobody else holds.

    >>> members = {"a": [1]}
    >>> freeze_members(members)
    >>> members
    {'a': <FrozenArray of 1>}
    """
    for name, value in members.items():
        if type(value) not in _SCALARS:
            members[name] = freeze(value)


def frozen_object(members: Mapping[str, JSONValue]) -> FrozenObject:
    """A deep immutable copy of a plain JSON object.

    >>> frozen_object({"a": [1]})
    <FrozenObject of 1>
    """
    return FrozenObject({name: freeze(value) for name, value in members.items()})


def thaw(value: JSONValue) -> JSONValue:
    """A deep plain copy, of dicts and lists, of an immutable JSON value.

    >>> thaw(freeze({"a": [1]}))
    {'a': [1]}
    """
    if isinstance(value, Mapping):
        return {name: thaw(item) for name, item in value.items()}
    return [thaw(item) for item in value] if is_array(value) else value
