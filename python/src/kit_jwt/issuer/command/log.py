"""What is told while an issuer runs: one line of JSON for each thing that happened, and nothing secret in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from math import floor
from typing import Final, Literal
from uuid import uuid4

from kit_jwt.command.world import World
from kit_jwt.encoding.jcs import canonicalize, write_plain
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.issuer.authority.changes import Change
from kit_jwt.issuer.http.message import Answer, Message
from kit_jwt.issuer.service.config import AuditRecord, Refusal

_RECORDED: Final = tuple(field.name for field in fields(AuditRecord))


def issued(record: AuditRecord) -> dict[str, JSONValue]:
    """The line of a token."""
    # Without `asdict`, which copies what nobody changes: there is one of these for each token.
    return {"event": "issued", **_present({name: getattr(record, name) for name in _RECORDED})}


def refused(refusal: Refusal) -> dict[str, JSONValue]:
    """The line of a request that was refused."""
    return {"event": "refused", **_present(asdict(refusal))}


def key(change: Change) -> dict[str, JSONValue]:
    """The line of a change of a key."""
    return {"event": "key", **asdict(change)}


def under_ids(handle: Callable[[Message], Answer]) -> Callable[[Message], Answer]:
    """Answer each request under an id of its own, which its answer has and what is told of it.

    One that the client says is not taken: it would write into the log.
    """

    def handle_under_id(message: Message) -> Answer:
        request = str(uuid4())
        given = handle(
            Message(
                method=message.method,
                path=message.path,
                query=message.query,
                headers=message.headers,
                body=message.body,
                id=request,
            )
        )
        return Answer(given.status, {**given.headers, "x-request-id": request}, given.body)

    return handle_under_id


def write_line(world: World, stream: Literal["stdout", "stderr"], line: Mapping[str, JSONValue]) -> None:
    """Write a line, with the second in which it happened."""
    members = {**line, "time": floor(world.now())}
    world.write(stream, f"{write_plain(members) or canonicalize(members)}\n")


def _present(members: Mapping[str, JSONValue]) -> dict[str, JSONValue]:
    return {name: value for name, value in members.items() if value is not None}
