"""Time that only the simulation moves, one store, and threads of which one runs at a time: whoever has the baton."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from kit_jwt.issuer import Change, KeyStore, StoredDocument
from kit_jwt.issuer.authority.authority import Authority

from .judge import Judge

_Answer = TypeVar("_Answer")

StoreFault = Literal["says yes", "forgets"]
"""Stores that are wrong on purpose."""


class Died(BaseException):
    """A process ends wherever it is; nothing that catches exceptions may stop that."""


@dataclass(eq=False)
class Work:
    """What a process does: it runs alone until it waits for the store, and goes on when it is given the baton."""

    name: str
    deadline: float
    lost: Callable[[], None] = field(default=lambda: None)
    baton: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    at: str = ""
    waits: bool = False
    is_asleep: bool = False
    is_dead: bool = False


@dataclass(eq=False)
class Process:
    offset: float
    rotate_every: int
    authority: Authority | None = None
    work: Work | None = None
    is_cut_off: bool = False
    read_at: float = float("-inf")
    """When the store last gave it what it asked for."""
    version: int = 0
    """Newest document then."""
    changes: list[Change] = field(default_factory=list)


class World:
    def __init__(self, judge: Judge, fault: StoreFault | None) -> None:
        self.now = 1_000_000.0
        self.documents: list[StoredDocument] = []
        self.judge = judge
        self._fault = fault
        self._stopped = threading.Semaphore(0)

    def run(self, work: Callable[[], None]) -> None:
        """Start a thread, and wait until it is done or waits for the store."""

        def thread() -> None:
            try:
                work()
            finally:
                self._stopped.release()

        threading.Thread(target=thread, daemon=True).start()
        self._stopped.acquire()

    def proceed(self, work: Work) -> None:
        """Give it the baton, and wait until it gives it back."""
        work.waits = False
        work.baton.release()
        self._stopped.acquire()

    def stop(self, process: Process, at: str) -> None:
        """Called by a thread that waits."""
        work = process.work
        assert work is not None
        work.at, work.waits = at, True
        self._stopped.release()
        work.baton.acquire()
        if work.is_dead:
            raise Died

    def store_of(self, process: Process) -> KeyStore:
        return _Store(self, process)

    def write(self, version: int, text: str) -> bool:
        if (self.documents[-1].version if self.documents else 0) != version and self._fault != "says yes":
            return False
        self.documents.append(StoredDocument(version + 1, text))
        self.judge.written(text, self.now)
        if self._fault == "forgets" and len(self.documents) % 5 == 0:
            del self.documents[-2:]
        return True


class _Store:
    """The store as one process sees it: each way there and back is a place to stop, to die, or to be cut off."""

    def __init__(self, world: World, process: Process) -> None:
        self._world = world
        self._process = process

    def read(self) -> StoredDocument | None:
        return self._ask("read", lambda: self._world.documents[-1] if self._world.documents else None)

    def write_if(self, version: int, text: str) -> bool:
        return self._ask("write", lambda: self._world.write(version, text))

    def _ask(self, kind: str, ask: Callable[[], _Answer]) -> _Answer:
        self._world.stop(self._process, kind)
        if self._process.is_cut_off:
            raise OSError("away")
        answer, now = ask(), self._world.now
        version = self._world.judge.version
        self._world.stop(self._process, f"{kind} answer")
        if self._process.is_cut_off:
            raise OSError("gone")
        if kind == "read":
            self._process.read_at = now
        if answer is not False:
            self._process.version = version
        return answer
