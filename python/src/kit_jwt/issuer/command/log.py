"""What is told while an issuer runs: one line of JSON for each thing that happened, and nothing secret in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from math import floor
from typing import Literal

from kit_jwt.command.world import World
from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.issuer.authority.changes import Change
from kit_jwt.issuer.service.config import AuditRecord, Refusal


def issued(record: AuditRecord) -> dict[str, JSONValue]:
    """The line of a token."""
    return {"event": "issued", **_present(asdict(record))}


def refused(refusal: Refusal) -> dict[str, JSONValue]:
    """The line of a request that was refused."""
    return {"event": "refused", **_present(asdict(refusal))}


def key(change: Change) -> dict[str, JSONValue]:
    """The line of a change of a key."""
    return {"event": "key", **asdict(change)}


def write_line(world: World, stream: Literal["stdout", "stderr"], line: Mapping[str, JSONValue]) -> None:
    """Write a line, with the second in which it happened."""
    world.write(stream, f"{canonicalize({**line, 'time': floor(world.now())})}\n")


def _present(members: Mapping[str, JSONValue]) -> dict[str, JSONValue]:
    return {name: value for name, value in members.items() if value is not None}
