"""Reading the arguments of a call: what does not fit is the program's mistake, and is told as one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeGuard

from .errors import MisuseError


def require_known(options: Mapping[str, object], known: Collection[str]) -> None:
    """Refuse options that do not exist: a misspelt check is no check.

    Raises:
        MisuseError: an unknown option.
    """
    if not set(options).issubset(known):
        message = "unknown option"
        raise MisuseError(message)


def read_audience(aud: object) -> str | list[str]:
    """An audience of an option, as it was given.

    Raises:
        MisuseError: neither a non-empty string nor a non-empty list of such.

    >>> read_audience("api"), read_audience(("api", "other"))
    ('api', ['api', 'other'])
    """
    if is_text(aud):
        return str.__str__(aud)
    if not isinstance(aud, (list, tuple)) or not aud or not all(map(is_text, aud)):
        message = "aud is a non-empty string or a non-empty list of such"
        raise MisuseError(message)
    return [str(item) for item in aud]


def is_text(value: object) -> TypeGuard[str]:
    """Whether a value is a non-empty string.

    >>> is_text("a"), is_text("")
    (True, False)
    """
    return isinstance(value, str) and value != ""
