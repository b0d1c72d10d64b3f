"""What a guard looks at in a request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class GuardRequest:
    """What a guard looks at in a request. Each server and framework has its own way of saying it.

    Attributes:
        header: gives all values of a header by its name in lower case, in the order in which they came: a framework
            that shows the first of two shows half of the truth.
        query: of the URL, without its question mark; not decoded.
        peer: address of whoever opened the connection, where that is known.

    >>> GuardRequest(header=lambda name: ["Bearer x"] if name == "authorization" else [])
    <GuardRequest>
    """

    header: Callable[[str], Sequence[str]]
    query: str = ""
    peer: str | None = None

    def __repr__(self) -> str:
        """Show nothing of what was sent."""
        return "<GuardRequest>"
