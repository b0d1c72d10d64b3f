"""What is told while an issuer runs: one line of JSON for each thing that happened, and nothing secret in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import asdict, replace
from math import floor
from typing import Final, Literal
from uuid import uuid4

from kit_jwt.command.world import World
from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.issuer.authority.changes import Change
from kit_jwt.issuer.http.message import Answer
from kit_jwt.issuer.service.config import AuditRecord, Refusal

_REQUEST: Final[ContextVar[str | None]] = ContextVar("request", default=None)
"""The id of the request that is answered."""


def issued(record: AuditRecord) -> dict[str, JSONValue]:
    """The line of a token."""
    return {"event": "issued", **_present(asdict(record))}


def refused(refusal: Refusal) -> dict[str, JSONValue]:
    """The line of a request that was refused."""
    return {"event": "refused", **_present(asdict(refusal))}


def key(change: Change) -> dict[str, JSONValue]:
    """The line of a change of a key."""
    return {"event": "key", **asdict(change)}


def in_request(answer: Callable[[], Answer]) -> Answer:
    """Answer a request under an id of its own, which its answer and all lines of it have.

    One that the client says is not taken: it would write into the log.
    """
    request = str(uuid4())
    before = _REQUEST.set(request)
    try:
        given = answer()
    finally:
        _REQUEST.reset(before)
    return replace(given, headers={**given.headers, "x-request-id": request})


def write_line(world: World, stream: Literal["stdout", "stderr"], line: Mapping[str, JSONValue]) -> None:
    """Write a line, with the second in which it happened, and the request."""
    members = _present({**line, "request": _REQUEST.get()})
    world.write(stream, f"{canonicalize({**members, 'time': floor(world.now())})}\n")


def _present(members: Mapping[str, JSONValue]) -> dict[str, JSONValue]:
    return {name: value for name, value in members.items() if value is not None}
