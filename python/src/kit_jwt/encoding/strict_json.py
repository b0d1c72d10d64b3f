"""Strict JSON (RFC 8259, RFC 7493): everything that two parsers could read differently is refused.

Refused at any depth: duplicate members (compared after unescaping), NaN and Infinity, numbers whose double is beyond
2^53 - 1, lone surrogates, a byte order mark, more than 16 containers within each other, text after the value.
"""

from __future__ import annotations

import json
import re
from typing import Final, NoReturn

from .json_value import MAX_DEPTH, MAX_NUMBER, FrozenArray, JSONValue, freeze_members
from .utf8 import decode_utf8, is_well_formed

_STRING: Final = frozenset((str,))
_LONGEST_INTEGER: Final = 17  # a sign and the 16 digits of 2^53 - 1; JSON knows no leading zeros

_STRINGS_AND_BRACKETS: Final = re.compile(r'"(?:[^"\\]+|\\.)*+"?|[\[{]+|[\]}]+', re.DOTALL)
_ESCAPED_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


class _InvalidError(ValueError):
    pass


def parse_object(source: str | bytes) -> dict[str, JSONValue] | None:
    r"""The JSON object that a text or its UTF-8 bytes hold, or None where it is not strict JSON or no object.

    >>> parse_object('{"a": [1, 2.5]}'), parse_object('{"a":1,"\\u0061":2}'), parse_object("[]")
    ({'a': [1, 2.5]}, None, None)
    """
    text = decode_utf8(source) if isinstance(source, bytes) else source
    if text is None:
        return None
    try:
        value = parse(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def parse_frozen(source: bytes) -> dict[str, JSONValue] | None:
    """As `parse_object`, with members that are immutable.

    >>> parse_frozen(b'{"a": ["b"]}'), parse_frozen(b'{"a": "b", "a": "c"}')
    ({'a': <FrozenArray of 1>}, None)
    """
    text = decode_utf8(source)
    if text is None:
        return None
    members = _parse_plain(text)
    if members is None:
        members = parse_object(text)
        if members is not None:
            freeze_members(members)
    return members


def _parse_plain(text: str) -> dict[str, JSONValue] | None:
    """An object of strings in ASCII, integers and lists of such strings, as most payloads are; None: look closer.

    Here the standard library's parser needs no function of ours for each object and number, which is half of its time.
    """
    if "\\" in text or text.count("{") != 1 or text.count("[") >= MAX_DEPTH or not text.isascii():
        return None
    try:
        members, end = _LENIENT.raw_decode(text)
    except ValueError:
        return None
    if end != len(text) or type(members) is not dict:
        return None
    strings = len(members)
    for name, value in members.items():
        kind = type(value)
        if kind is str:
            strings += 1
        elif kind is list and _STRING.issuperset(map(type, value)):
            strings += len(value)
            members[name] = FrozenArray(value)
        elif kind is not int or not -MAX_NUMBER <= value <= MAX_NUMBER:
            return None
    # A name that stands there twice is one string of the text that is not among these.
    return members if text.count('"') == 2 * strings else None


def parse(text: str) -> JSONValue:
    """The JSON value that a text holds.

    Raises:
        ValueError: it is not strict JSON.

    >>> parse(" [true, null] ")
    [True, None]
    """
    # json.loads recurses: the depth is measured first, in a loop. Few brackets cannot be deep, and that is the rule.
    if text.count("{") + text.count("[") > MAX_DEPTH and not _is_shallow(text):
        raise _InvalidError
    if not is_well_formed(text):
        raise _InvalidError
    value = _decode(text)
    if "\\u" in text and _ESCAPED_SURROGATE.search(text) is not None and not _has_whole_characters(value):
        raise _InvalidError
    return value


def _decode(text: str) -> JSONValue:
    value: JSONValue
    # `decode` looks for white space around the value, which costs a third of a small one: most texts have none.
    if text[:1] == "{" and text[-1:] == "}":
        value, end = _DECODER.raw_decode(text)
        if end != len(text):
            raise _InvalidError
    else:
        value = _DECODER.decode(text)
    return value


def _is_shallow(text: str) -> bool:
    depth = 0
    for match in _STRINGS_AND_BRACKETS.finditer(text):
        piece = match.group()
        if piece[0] in "[{":
            depth += len(piece)
            if depth > MAX_DEPTH:
                return False
        elif piece[0] in "]}":
            depth -= len(piece)
    return True


def _has_whole_characters(value: JSONValue) -> bool:
    if isinstance(value, str):
        return is_well_formed(value)
    if isinstance(value, dict):
        return all(is_well_formed(name) and _has_whole_characters(item) for name, item in value.items())
    return not isinstance(value, list) or all(map(_has_whole_characters, value))


def _object(pairs: list[tuple[str, JSONValue]]) -> dict[str, JSONValue]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _InvalidError
    return members


def _integer(digits: str) -> int:
    # The length first: int() of thousands of digits costs, and raises beyond a limit of the interpreter.
    if len(digits) > _LONGEST_INTEGER:
        raise _InvalidError
    number = int(digits)
    if not -MAX_NUMBER <= number <= MAX_NUMBER:
        raise _InvalidError
    return number


def _double(digits: str) -> float:
    number = float(digits)
    if abs(number) > MAX_NUMBER:
        raise _InvalidError
    return number


def _constant(_name: str) -> NoReturn:
    raise _InvalidError


_LENIENT: Final = json.JSONDecoder()
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_double, parse_constant=_constant
)
