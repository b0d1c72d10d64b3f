"""Bringing a key set while callers go on: in a thread of its own, or as a task of the event loop."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from kit_jwt.crypto.webcrypto import IS_HERE
from kit_jwt.token.effects import Effect, Flow

from .flight import Flight
from .freshness import Freshness


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a source brought.

    Attributes:
        entries: of the set, None where it has not changed.
        freshness: what it says of its time.
    """

    entries: Sequence[object] | None
    freshness: Freshness = field(default_factory=Freshness)


Retrieve: TypeAlias = Callable[[str | None], Retrieved]
"""Brings the set of a source, to which an entity tag may be shown. Whatever it raises, there is none to be had."""

RetrieveAwaiting: TypeAlias = Callable[[str | None], Awaitable[Retrieved]]
"""The same, awaited."""

End: TypeAlias = Callable[[Retrieved | None], None]
"""Told what was brought, or None; called once."""


class Retrieval(Protocol):
    """A way to bring a set while callers go on."""

    @property
    def is_kept(self) -> bool:
        """Whether it goes on when the caller who began it is gone; in a Worker nothing does."""
        ...

    def start(self, flight: Flight, etag: str | None, seconds: float, end: End, /) -> Flow[None]:
        """Start it; `end` is called once, whatever comes of it."""
        ...


@dataclass(frozen=True, slots=True)
class Blocking:
    """What brings a set by blocking: in a thread of its own, which ends with it."""

    retrieve: Retrieve
    is_kept: bool = True

    def start(self, _flight: Flight, etag: str | None, _seconds: float, end: End) -> Flow[None]:
        """Start a thread; what it calls limits its own time."""
        thread = threading.Thread(target=self.run, args=(etag, end), name="kit-jwt-jwks", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            # There are no threads here, or no more.
            end(None)
        yield from ()

    def run(self, etag: str | None, end: End) -> None:
        """Bring the set, and say so."""
        retrieved = None
        try:
            retrieved = self.retrieve(etag)
        except Exception:  # noqa: BLE001 # whatever went wrong, there is no key set to be had
            retrieved = None
        finally:
            end(retrieved)


@dataclass(frozen=True, slots=True)
class Awaiting:
    """What brings a set by awaiting: for an event loop alone."""

    retrieve: RetrieveAwaiting
    is_kept: bool = not IS_HERE

    def start(self, flight: Flight, etag: str | None, seconds: float, end: End) -> Flow[None]:
        """Start a task of the event loop that the caller runs in; it is cancelled after some seconds."""
        try:
            yield Effect(lambda: self._schedule(flight, etag, seconds, end))
        finally:
            if flight.task is None:
                # Nothing here awaits.
                end(None)

    async def _schedule(self, flight: Flight, etag: str | None, seconds: float, end: End) -> None:
        import asyncio  # noqa: PLC0415 # the synchronous kit has no use for it

        async def run() -> None:
            retrieved = None
            try:
                retrieved = await asyncio.wait_for(self.retrieve(etag), seconds)
            except Exception:  # noqa: BLE001 # whatever went wrong, there is no key set to be had
                retrieved = None
            finally:
                end(retrieved)

        flight.task = asyncio.get_running_loop().create_task(run())
