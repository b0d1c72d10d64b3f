"""Servers of Redis on ports of their own, on loopback alone."""

from __future__ import annotations

import asyncio
import atexit
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Self, TypeVar

import pytest

T = TypeVar("T")

HAS_REDIS = shutil.which("redis-server") is not None
NEEDS_REDIS = pytest.mark.skipif(
    not HAS_REDIS and "KIT_ALL_RUNTIMES" not in os.environ, reason="this machine has no redis-server"
)

_GRACE = 0.05
"""Seconds that may pass between the end of a deadline and the moment in which its caller runs."""
_LEAST_TRIES = 20


def free_port() -> int:
    """A port that nobody listens on, and that no client is given by chance until somebody does."""
    while True:
        port = 10_000 + secrets.randbelow(22_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def ask(port: int, *args: str) -> str:
    """What redis-cli is told, on a connection of its own."""
    command = ["redis-cli", "-p", str(port), *args]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 # our own


class Server:
    """One server, in a folder of its own."""

    def __init__(self, *options: str, lines: Sequence[str] = ()) -> None:
        """Start it; `lines` are of a configuration file, which a Sentinel needs and writes to."""
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        self._folder = Path(tempfile.mkdtemp(prefix="kit-redis-"))
        self._file: tuple[str, ...] = ()
        self._options = options
        if lines:
            path = self._folder / "redis.conf"
            path.write_text("\n".join(lines) + "\n")
            self._file = (str(path),)
        elif "--save" not in options:
            self._options = (*options, "--save", "")
        self.start()
        # A test that fails does not get to its end.
        atexit.register(self.end)

    def start(self) -> None:
        """Start it, on what is left in its folder."""
        always = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self._folder)]
        log = self._folder / "log"
        with log.open("wb") as output:
            self._process = subprocess.Popen(  # noqa: S603 # this test's own server
                ["redis-server", *self._file, *always, *self._options],  # noqa: S607 # wherever this machine has it
                stdout=output,
            )
        while not any(words in log.read_bytes() for words in (b"Ready to accept connections", b"Sentinel ID is")):
            assert self._process.poll() is None, log.read_text()
            time.sleep(0.005)

    def freeze(self) -> None:
        """Stop the process where it stands; its sockets stay open."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it at once, as a crash does."""
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def redis_server(*options: str) -> Iterator[Server]:
    server = Server(*options)
    try:
        yield server
    finally:
        server.end()


class Waited:
    """How far beyond a deadline a call ended, beside how late the timers of this process were meanwhile.

    All of their lateness counts: what many threads do one after the other waits for a busy machine more than once. And
    what this process computes meanwhile is no waiting: the threads have one interpreter for it.
    """

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self.beyond = 0.0

    def __enter__(self) -> Self:
        self._drift = 0.0
        self._is_over = threading.Event()
        self._watch = threading.Thread(target=self._measure)
        self._watch.start()
        self._begun, self._computed = time.monotonic(), time.process_time()
        return self

    def _measure(self) -> None:
        before, is_over = time.monotonic(), False
        while not is_over:
            is_over = self._is_over.wait(0.005)
            now = time.monotonic()
            self._drift += max(0, now - before - 0.005)
            before = now

    def __exit__(self, *_: object) -> None:
        took = time.monotonic() - self._begun - (time.process_time() - self._computed)
        self._is_over.set()
        self._watch.join()
        self.beyond = took - self._deadline - self._drift - _GRACE


def eventually(seconds: float, work: Callable[[], T]) -> T:
    """Try until something holds; for what is to happen soon, and not at a certain moment.

    A machine that stands still takes the time, but not the tries.
    """
    end = time.monotonic() + seconds
    for tries in count(1):
        try:
            return work()
        except Exception:
            if time.monotonic() > end and tries >= _LEAST_TRIES:
                raise
            time.sleep(0.02)
    raise AssertionError


async def eventually_aio(seconds: float, work: Callable[[], Awaitable[T]]) -> T:
    end = time.monotonic() + seconds
    for tries in count(1):
        try:
            return await work()
        except Exception:
            if time.monotonic() > end and tries >= _LEAST_TRIES:
                raise
            await asyncio.sleep(0.02)
    raise AssertionError
