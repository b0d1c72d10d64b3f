"""JSON for people."""

from __future__ import annotations

from collections.abc import Mapping

from kit_jwt.encoding.jcs import canonicalize, code_units
from kit_jwt.encoding.json_value import JSONValue, is_array

from .style import printable


def pretty_json(value: JSONValue, indent: str = "") -> str:
    """Members sorted as in RFC 8785, two blanks a level, arrays of plain values on one line."""
    inner = f"{indent}  "
    if isinstance(value, Mapping):
        names = sorted(value, key=code_units)
        lines = [f"{inner}{_scalar(name)}: {pretty_json(value[name], inner)}" for name in names]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}" if lines else "{}"
    if not is_array(value):
        return _scalar(value)
    if not any(isinstance(item, Mapping) or is_array(item) for item in value):
        return f"[{', '.join(map(_scalar, value))}]"
    return "[\n" + ",\n".join(inner + pretty_json(item, inner) for item in value) + f"\n{indent}]"


def _scalar(value: JSONValue) -> str:
    return printable(canonicalize(value))
