"""What proxies say of where a request came from.

`X-Forwarded-For`, which each of them appends to, and `Forwarded` (RFC 7239).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, TypeAlias

from .address import Address, parse_address

ForwardedHeader: TypeAlias = Literal["x-forwarded-for", "forwarded"]
"""The header that a proxy is trusted to append to."""

_LONGEST: Final = 100
# RFC 7239 section 6: an address of IPv4, or one of IPv6 in brackets, and perhaps a port.
_NODE: Final = re.compile(
    r"(?:([\d.]+)|\[([\da-f.]*:[\da-f:.]*)\])(?::(?:\d{1,5}|_[\w.-]+))?", re.ASCII | re.IGNORECASE
)
_WORD: Final = r"[\w!#$%&'*+.^`|~-]+"
_PAIR: Final = re.compile(rf'[ \t]*({_WORD})=(?:({_WORD})|"((?:[^"\\]|\\[\s\S])*)")[ \t]*', re.ASCII)
_ESCAPED: Final = re.compile(r"\\([\s\S])")


def hops_of(values: Sequence[str], header: ForwardedHeader) -> Iterator[Address | None]:
    """The hops of a request, the nearest first, None for one without an address.

    Each is read when it is asked for: what is behind it may be anything.

    >>> list(hops_of(["192.0.2.1", "unknown"], "x-forwarded-for"))
    [None, IPv4Address('192.0.2.1')]
    """
    if not values:
        return
    text = ",".join(values)
    if header == "forwarded":
        yield from map(_of_element, reversed(_split(text, ",")))
    else:
        yield from map(_of_item, reversed(text.split(",")))


def _of_item(item: str) -> Address | None:
    word = item.strip(" \t")
    return parse_address(word) or _of_node(word)


def _of_node(node: str) -> Address | None:
    found = None if len(node) > _LONGEST else _NODE.fullmatch(node)
    return None if found is None else parse_address(found[1] or found[2])


def _of_element(element: str) -> Address | None:
    nodes: list[str] = []
    for pair in _split(element, ";"):
        if not pair.strip(" \t"):
            continue
        found = _PAIR.fullmatch(pair)
        if found is None:
            return None
        if found[1].lower() == "for":
            nodes.append(_ESCAPED.sub(r"\1", found[3] or "") if found[2] is None else found[2])
    return _of_node(nodes[0]) if len(nodes) == 1 else None


def _split(text: str, separator: str) -> list[str]:
    """Between separators that are not quoted; nothing where a quote is not closed: what it holds is not known."""
    parts: list[str] = []
    start = 0
    is_quoted = is_escaped = False
    for at, letter in enumerate(text):
        if is_escaped:
            is_escaped = False
        elif is_quoted and letter == "\\":
            is_escaped = True
        elif letter == '"':
            is_quoted = not is_quoted
        elif letter == separator and not is_quoted:
            parts.append(text[start:at])
            start = at + 1
    return [] if is_quoted else [*parts, text[start:]]
