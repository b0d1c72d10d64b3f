"""Who acts for whom, drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.errors import TokenError
from kit_jwt.token.act import check_act

from .style import Style, printable

_LONGEST: Final = 56
"""Characters of a name at most: with what stands around it, a line has 80."""


def draw_actors(claims: Mapping[str, JSONValue], style: Style) -> str:
    """Who acts for whom (RFC 8693 section 4.1): the outermost actor first, the subject last.

    Nothing where nobody acts.
    """
    rows: list[tuple[str, str]] = []
    inner: Mapping[str, JSONValue] = claims
    while "act" in inner:
        actor, part = inner["act"], "acted before" if rows else "acts now"
        rows.append((_cut(_name_of(actor)), part if _is_actor(actor) else "is no actor"))
        inner = actor if isinstance(actor, Mapping) else {}
    if not rows:
        return ""
    sub = claims.get("sub")
    part = "the subject" if isinstance(sub, str) and sub else "is no subject"
    rows.append((_cut(_shown(claims, "sub")), part))
    width = max(len(name) for name, _ in rows)
    branches = "┌" + "├" * (len(rows) - 2) + "└"
    return "".join(
        f"  {branch}─ {name.ljust(width)}  {style('yellow' if part.startswith('is no') else 'dim', part)}\n"
        for branch, (name, part) in zip(branches, rows, strict=True)
    )


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _name_of(actor: JSONValue) -> str:
    if not isinstance(actor, Mapping):
        return _text(actor)
    return _shown(actor, "sub") + (f" ({_text(actor['iss'])})" if "iss" in actor else "")


def _shown(members: Mapping[str, JSONValue], name: str) -> str:
    return _text(members[name]) if name in members else "nobody"


def _text(value: JSONValue) -> str:
    """A name as it is; what is no name as JSON."""
    return printable(value if isinstance(value, str) and value else canonicalize(value))


def _is_actor(value: JSONValue) -> bool:
    """Whether it is an actor, whoever acted before it."""
    if not isinstance(value, Mapping):
        return False
    try:
        check_act({name: member for name, member in value.items() if name != "act"}, 1)
    except TokenError:
        return False
    return True
