"""The machine that the command runs on."""

from __future__ import annotations

import importlib
import os
import secrets
import sys
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from kit_jwt.keys.generate import KeyPair, generate_key_pair

from .world import FileFaultError, Terminal

# More than any token, key set or policy needs; the vectors' largest files are below it.
_MOST_BYTES: Final = 16 * 1024 * 1024


@contextmanager
def _faults() -> Generator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        raise FileFaultError("missing") from None
    except FileExistsError:
        raise FileFaultError("exists") from None
    except PermissionError:
        raise FileFaultError("denied") from None
    except IsADirectoryError:
        raise FileFaultError("folder") from None
    except (OSError, ValueError):
        raise FileFaultError("unreadable") from None


class Machine:
    """The world of this process."""

    def __init__(self) -> None:
        """Ask what the streams are."""
        self.env: Mapping[str, str] = os.environ
        self.terminal = Terminal(sys.stdin.isatty(), sys.stdout.isatty(), sys.stderr.isatty())

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def entropy(self, size: int) -> bytes:
        """Random bytes."""
        return secrets.token_bytes(size)

    def key_pair(self, kid: str | None) -> KeyPair:
        """A new Ed25519 key pair."""
        return generate_key_pair(kid=kid)

    def read_input(self) -> bytes:
        """All of standard input."""
        data = sys.stdin.buffer.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise FileFaultError("too large")
        return data

    def read_file(self, path: str) -> bytes:
        """All of a file."""
        with _faults():
            if Path(path).stat().st_size > _MOST_BYTES:
                raise FileFaultError("too large")
            return Path(path).read_bytes()

    def write_new(self, path: str, text: str, mode: int) -> None:
        """Write a file that must not exist."""
        with _faults(), os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(text.encode())

    def make_folder(self, path: str) -> None:
        """Make a folder and those above it."""
        with _faults():
            Path(path).mkdir(parents=True, exist_ok=True)

    def list(self, path: str) -> Sequence[str]:
        """The names in a folder."""
        with _faults():
            return sorted(entry.name for entry in Path(path).iterdir())

    def vector_folder(self) -> str | None:
        """The folder of the vectors of `kit-jwt-conformance`, if it is installed."""
        try:
            package = importlib.import_module("kit_jwt_conformance")
        except ImportError:
            return None
        return str(package.VECTORS)

    def mode_of(self, path: str) -> int | None:
        """The permission bits of a file."""
        if sys.platform == "win32":
            return None
        try:
            return Path(path).stat().st_mode & 0o777
        except OSError:
            return None

    def write(self, stream: Literal["stdout", "stderr"], text: str) -> None:
        """Write to a stream, as UTF-8 whatever the locale says."""
        target = sys.stdout if stream == "stdout" else sys.stderr
        target.buffer.write(text.encode())
        target.flush()
