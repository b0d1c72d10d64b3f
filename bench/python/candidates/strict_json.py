"""The slow ways of the strict floor: JSON that is not as it writes it, and numbers that Python writes differently."""

from __future__ import annotations

import json
import re
from typing import Any

_PIECES = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)
MAX_NUMBER = 2**53 - 1
MAX_DEPTH = 16


def is_shallow(text: str) -> bool:
    """Whether no more than 16 containers stand within each other."""
    depth = 0
    for piece in _PIECES.findall(text):
        if piece in "{[":
            depth += 1
            if depth > MAX_DEPTH:
                return False
        elif piece in "}]":
            depth -= 1
    return True


def is_portable(value: Any, depth: int) -> bool:
    """Whether every language reads a value alike: no large number, no half of a surrogate pair, not too deep."""
    if isinstance(value, str):
        value.encode()
        return True
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, (int, float)):
        return -MAX_NUMBER <= value <= MAX_NUMBER
    if depth > MAX_DEPTH:
        return False
    if isinstance(value, dict):
        return all(type(name) is str and is_portable(name, depth) for name in value) and all(
            is_portable(item, depth + 1) for item in value.values()
        )
    return isinstance(value, (list, tuple)) and all(is_portable(item, depth + 1) for item in value)


def has_fraction(value: Any) -> bool:
    """Whether a number with a fraction is in it: it is written differently."""
    if isinstance(value, dict):
        return any(map(has_fraction, value.values()))
    return any(map(has_fraction, value)) if isinstance(value, (list, tuple)) else isinstance(value, float)


def canonical(value: Any) -> str:
    """RFC 8785, for names beyond ASCII and numbers with a fraction."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return (
            "{" + ",".join(f"{json.dumps(name, ensure_ascii=False)}:{canonical(value[name])}" for name in names) + "}"
        )
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(canonical, value)) + "]"
    return _number(value) if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    """ECMAScript's form: no exponent from 1e-6 on, none of Python's leading zeros in one."""
    if value.is_integer():
        return str(int(value))
    digits, _, exponent = repr(value).partition("e")
    if not exponent:
        return digits
    sign = "-" if digits.startswith("-") else ""
    digits = digits.lstrip("-")
    if int(exponent) < -6:  # noqa: PLR2004 -- the boundary that ECMAScript draws
        return f"{sign}{digits}e{int(exponent)}"
    return f"{sign}0.{'0' * (-int(exponent) - 1)}{digits.replace('.', '')}"
