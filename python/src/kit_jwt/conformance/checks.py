"""Checks of parsed JSON, and how larger ones are made of smaller ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from kit_jwt.encoding.json_value import is_number

Check = Callable[[Any], bool]

MAX_TEXT: Final = 16 * 1024 * 1024
"""Characters that a repetition may come to."""
_ABSENT: Final = object()


def anything(_value: Any) -> bool:
    """Whatever it is."""
    return True


def is_present(value: Any) -> bool:
    """A member that is there, if only as null."""
    return value is not _ABSENT


def is_object(value: Any) -> bool:
    """An object."""
    return isinstance(value, dict)


def is_string(value: Any) -> bool:
    """A string."""
    return isinstance(value, str)


def is_flag(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def optional(check: Check) -> Check:
    """A member that is right, or not there."""
    return lambda value: value is _ABSENT or check(value)


def one_of(*choices: object) -> Check:
    """One of these values, of the same type."""
    return lambda value: any(type(value) is type(choice) and value == choice for choice in choices)


def list_of(check: Check, least: int = 0) -> Check:
    """An array whose items are right."""
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(check, value))


def map_of(check: Check) -> Check:
    """An object whose members are right, whatever their names."""
    return lambda value: isinstance(value, dict) and all(map(check, value.values()))


def with_members(**checks: Check) -> Check:
    """An object whose members of these names are right."""
    return lambda value: (
        isinstance(value, dict) and all(check(value.get(name, _ABSENT)) for name, check in checks.items())
    )


def only(**checks: Check) -> Check:
    """An object that has these members and no others."""
    return lambda value: with_members(**checks)(value) and checks.keys() >= value.keys()


def is_count(least: int, most: int) -> Check:
    """A whole number within bounds."""
    return lambda value: is_number(value) and value == int(value) and least <= value <= most


_is_repetition: Final = only(
    repeat=is_string,
    times=is_count(0, MAX_TEXT),
    prefix=optional(is_string),
    middle=optional(is_string),
    repeatEnd=optional(is_string),
    suffix=optional(is_string),
)


def is_text(value: Any) -> bool:
    """A text, written out or as a repetition that is no bomb."""
    if isinstance(value, str):
        return True
    return _is_repetition(value) and len(value["repeat"] + value.get("repeatEnd", "")) * value["times"] <= MAX_TEXT
