"""Scopes (RFC 6749 section 3.3), and permissions made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kit_jwt.encoding.json_value import JSONValue, is_array
from kit_jwt.errors import MisuseError


def split_scope(scope: str) -> tuple[str, ...]:
    """The pieces of a scope, split at U+0020; empty ones are dropped.

    >>> split_scope("read  write ")
    ('read', 'write')
    """
    return tuple(filter(None, scope.split(" ")))


def held(claims: Mapping[str, JSONValue], name: str) -> Sequence[JSONValue]:
    """What a list claim holds, as it is; nothing where it is missing. `scope` is split."""
    value = claims.get(name)
    if isinstance(value, str):
        return split_scope(value)
    return value if is_array(value) else ()


def strings_of(claims: Mapping[str, JSONValue], name: str) -> tuple[str, ...]:
    """The strings of a list claim; none where it is missing. `scope` is split."""
    return tuple(item for item in held(claims, name) if isinstance(item, str))


def map_scopes_to_permissions(scope: str | Sequence[str], table: Mapping[str, Sequence[str]]) -> list[str]:
    """The permissions that scopes stand for.

    Args:
        scope: the `scope` claim, or a list of scopes.
        table: scope to its permissions; a scope that is not in it gives nothing.

    Returns:
        Distinct permissions, in the order of the scopes and of their rows.

    Raises:
        MisuseError: a wrong type.

    >>> map_scopes_to_permissions("orders profile", {"orders": ["orders:read", "orders:write"]})
    ['orders:read', 'orders:write']
    """
    scopes: Iterable[object] = split_scope(scope) if isinstance(scope, str) else scope
    if not isinstance(scope, str) and not _is_strings(scope):
        message = "scope is a string or a list of strings"
        raise MisuseError(message)
    if not isinstance(table, Mapping) or not all(map(_is_strings, table.values())):
        message = "table maps a scope to a list of permissions"
        raise MisuseError(message)
    return list(dict.fromkeys(permission for piece in scopes for permission in table.get(str(piece), ())))


def _is_strings(value: object) -> bool:
    return is_array(value) and all(isinstance(item, str) for item in value)
