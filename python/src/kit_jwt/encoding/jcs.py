"""Canonical JSON (RFC 8785): the same bytes for the same value in every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from json import encoder
from typing import Any, Final

from .json_value import MAX_NUMBER, JSONValue

quote: Final = encoder.encode_basestring
"""A string in quotation marks, with exactly the escapes that RFC 8785 section 3.2.2.2 asks for."""

# What `json.JSONEncoder` makes anew for each text; nothing in what it is given here needs the first two and the last.
_make_encoder: Final[Any] = getattr(encoder, "c_make_encoder", None)
_encode: Final = None if _make_encoder is None else _make_encoder(None, None, quote, None, ":", ",", True, False, False)
_STRING: Final = frozenset((str,))
_WORDS: Final = {None: "null", True: "true", False: "false"}
_MOST_DIGITS: Final = 21  # ECMAScript writes up to 21 integer digits plainly,
_MOST_ZEROS: Final = -6  # and up to six zeros after the point


def canonicalize(value: JSONValue) -> str:
    """Canonical text of a JSON value that `read_json` or `strict_json` gave.

    >>> canonicalize({"b": [1.0, 1e21, True], "a": None})
    '{"a":null,"b":[1,1e+21,true]}'
    """
    if type(value) is int:
        return str(value)
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, (list, tuple)):
        return _array(value)
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    return format_number(value) if isinstance(value, (int, float)) else _object(value)


def write_plain(members: dict[str, Any]) -> str | None:
    """Canonical text of an object that has only strings in ASCII, integers and lists of such strings; None for others.

    It is the standard library's encoder that writes it, at twice the speed. Lists among the members are replaced by
    copies of what was written.

    >>> write_plain({"roles": ["admin"], "exp": 1}), write_plain({"roles": None})
    ('{"exp":1,"roles":["admin"]}', None)
    """
    if _encode is None:
        return None
    for name, value in members.items():
        kind = type(value)
        if type(name) is not str:
            return None
        if kind is list:
            members[name] = items = value.copy()
            if not _STRING.issuperset(map(type, items)):
                return None
        elif kind is not str and (kind is not int or not -MAX_NUMBER <= value <= MAX_NUMBER):
            return None
    text = "".join(_encode(members, 0))
    return text if text.isascii() else None


def _array(items: Sequence[JSONValue]) -> str:
    try:
        # Most arrays hold strings alone, which are written without a call in Python for each.
        return f"[{','.join(map(quote, items))}]"  # type: ignore[arg-type] # it says whether they do
    except TypeError:
        return f"[{','.join(map(canonicalize, items))}]"


def _object(members: object) -> str:
    if not isinstance(members, Mapping):
        message = "not a JSON value"
        raise TypeError(message)
    # Faster than the standard library's encoder, which is made anew for each text and cannot write numbers this way.
    names = sorted(members) if "".join(members).isascii() else sorted(members, key=code_units)
    return f"{{{','.join([f'{quote(name)}:{canonicalize(members[name])}' for name in names])}}}"


def code_units(name: str) -> bytes:
    """The sort key of a name by UTF-16 code units."""
    return name.encode("utf-16-be", "surrogatepass")


def format_number(number: float) -> str:
    """A finite number as ECMAScript writes it (ECMA-262, Number::toString; RFC 8785 section 3.2.2.3).

    >>> format_number(1e21), format_number(0.000001), format_number(1e-7), format_number(-0.0)
    ('1e+21', '0.000001', '1e-7', '0')
    """
    if isinstance(number, int):
        return str(number)
    if not number:
        return "0"
    sign = "-" if number < 0 else ""
    digits, point = _shortest(abs(number))
    count = len(digits)
    if count <= point <= _MOST_DIGITS:
        return f"{sign}{digits}{'0' * (point - count)}"
    if 0 < point <= _MOST_DIGITS:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if _MOST_ZEROS < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    fraction = f".{digits[1:]}" if count > 1 else ""
    return f"{sign}{digits[0]}{fraction}e{point - 1:+d}"


def _shortest(number: float) -> tuple[str, int]:
    """The shortest digits that read back as the double, and where the decimal point stands: 0.digits x 10^point."""
    mantissa, _, exponent = float.__repr__(number).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction
    point = len(whole) + int(exponent or 0)
    stripped = digits.lstrip("0")
    return stripped.rstrip("0"), point - (len(digits) - len(stripped))
