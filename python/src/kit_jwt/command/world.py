"""What the command touches of the machine, as one port: in a test, all of it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from kit_jwt.keys.generate import KeyPair

FileReason = Literal["missing", "exists", "denied", "folder", "too large", "unreadable"]


class FileFaultError(Exception):
    """A file cannot be read or written. Nothing of what is in it is told."""

    def __init__(self, reason: FileReason) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason: FileReason = reason


@dataclass(frozen=True, slots=True)
class Terminal:
    """Which streams are terminals."""

    stdin: bool = False
    stdout: bool = False
    stderr: bool = False


class World(Protocol):
    """The machine."""

    @property
    def env(self) -> Mapping[str, str]:
        """The environment variables."""
        ...

    @property
    def terminal(self) -> Terminal:
        """Which streams are terminals."""
        ...

    def now(self) -> float:
        """Seconds since the epoch."""
        ...

    def entropy(self, size: int) -> bytes:
        """Random bytes."""
        ...

    def key_pair(self, kid: str | None) -> KeyPair:
        """A new Ed25519 key pair."""
        ...

    def read_input(self) -> bytes:
        """All of standard input."""
        ...

    def read_file(self, path: str) -> bytes:
        """All of a file. Raises FileFaultError."""
        ...

    def write_new(self, path: str, text: str, mode: int) -> None:
        """Write a file that must not exist; `mode` is what others may do with it. Raises FileFaultError."""
        ...

    def make_folder(self, path: str) -> None:
        """Make a folder and those above it. Raises FileFaultError."""
        ...

    def list(self, path: str) -> Sequence[str]:
        """The names in a folder, sorted by code unit. Raises FileFaultError."""
        ...

    def vector_folder(self) -> str | None:
        """The folder of the vectors that are installed beside this package, if they are."""

    def mode_of(self, path: str) -> int | None:
        """The permission bits of a file; None where it does not exist, or where the system has none."""
        ...

    def write(self, stream: Literal["stdout", "stderr"], text: str) -> None:
        """Write to a stream."""
        ...
