"""Requests and answers as plain values: the same for every server, and for the vectors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kit_jwt.encoding.jcs import canonicalize, write_plain
from kit_jwt.encoding.json_value import JSONValue

MAX_BODY: Final = 65_536
"""Bytes that a body has at most."""

NOT_STORED: Final = {"cache-control": "no-store", "pragma": "no-cache"}
"""RFC 6749 section 5.1."""


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class Message:
    """A request, read.

    Attributes:
        method: in capitals.
        path: of the URL as it was sent, without query.
        query: without its question mark.
        headers: by names in lower case; several of one name are joined by a comma and a space.
        body: empty where there is none; None where it has more than 65,536 bytes, of which no more need be read.
        id: given by the server, not by the client: what is told of the request has it.

    >>> Message(method="GET", path="/healthz")
    <Message GET>
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = b""
    id: str | None = None

    def __repr__(self) -> str:
        """Tell the method and nothing of what was sent."""
        return f"<Message {self.method}>"


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """An answer.

    Attributes:
        status: of HTTP.
        headers: by names in lower case.
        body: text.

    >>> Answer(200, {}, "")
    <Answer 200>
    """

    status: int
    headers: Mapping[str, str]
    body: str

    def __repr__(self) -> str:
        """Tell the status and not the token."""
        return f"<Answer {self.status}>"


def answer(status: int, body: dict[str, JSONValue], headers: Mapping[str, str] | None = None) -> Answer:
    """An answer that no cache may keep: everything but what is published."""
    text = write_plain(body) or canonicalize(body)
    return Answer(status, {"content-type": "application/json", **NOT_STORED, **(headers or {})}, text)


def empty(status: int) -> Answer:
    """The same without a body."""
    return Answer(status, NOT_STORED, "")
