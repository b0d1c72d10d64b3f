"""What the commands of an issuer touch of the machine, beside what all commands do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from kit_jwt.command.world import World
from kit_jwt.issuer.http.message import Answer, Message
from kit_jwt.issuer.http.spans import Tracer
from kit_jwt.issuer.stores.key_store import KeyStore

ListenReason = Literal["taken", "denied", "impossible"]
"""Why nothing can listen at a place."""


class ListenFaultError(Exception):
    """Nothing can listen there."""

    def __init__(self, reason: ListenReason) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason: ListenReason = reason


class Listening(Protocol):
    """A server that answers."""

    @property
    def port(self) -> int:
        """Where it listens."""
        ...

    def wait(self) -> None:
        """Wait until it was told to end, and has."""
        ...


class IssuerWorld(World, Protocol):
    """The machine."""

    def key_store(self, folder: str) -> KeyStore:
        """The store of keys in a folder."""
        ...

    def listen(self, handle: Callable[[Message], Answer], host: str, port: int) -> Listening:
        """Answer requests until somebody ends it. Raises ListenFaultError."""
        ...

    def tracer(self) -> Tracer | None:
        """What traces requests, where OpenTelemetry is installed."""
        ...

    def every(self, seconds: float, work: Callable[[], None]) -> Callable[[], None]:
        """Do something again and again; what is returned ends it."""
        ...
