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
from typing import BinaryIO, Final, Literal, TextIO

from kit_jwt.encoding.jcs import code_units
from kit_jwt.keys.generate import KeyPair, generate_key_pair

from .failure import OK, USAGE
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

    def __init__(self, name: str) -> None:
        """Ask what the streams are, for a program of this name."""
        self._name = name
        self.env: Mapping[str, str] = {as_text(name): as_text(value) for name, value in os.environ.items()}
        self.terminal = Terminal(*map(_is_terminal, (sys.stdin, sys.stdout, sys.stderr)))

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
        with _faults():
            return b"" if sys.stdin is None else _read(sys.stdin.buffer)

    def read_file(self, path: str) -> bytes:
        """All of a file."""
        with _faults(), Path(path).open("rb") as file:
            return _read(file)

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
            return sorted((as_text(entry.name) for entry in Path(path).iterdir()), key=code_units)

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
        """Write to a stream, as UTF-8 whatever the locale says; end the process where standard output cannot be."""
        target = sys.stdout if stream == "stdout" else sys.stderr
        if target is None:
            return
        try:
            target.buffer.write(text.encode())
            target.flush()
        except OSError as error:
            _unwritable(self._name, target, error)


def as_text(word: str) -> str:
    """A word of the system as text: bytes that are none become U+FFFD, as in Node.js."""
    return os.fsencode(word).decode("utf-8", "replace")


def _is_terminal(stream: TextIO | None) -> bool:
    # A stream that the shell closed is None.
    return stream is not None and stream.isatty()


def _read(file: BinaryIO) -> bytes:
    """All of a file; no more than is taken is ever read, so that a device or a pipe without an end is refused too."""
    data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise FileFaultError("too large")
    return data


def _unwritable(name: str, target: TextIO, error: OSError) -> None:
    """End the process where standard output cannot be written. Nobody can be told that standard error cannot."""
    # What is still buffered must not be written at exit, which would tell the error again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), target.fileno())
    if target is sys.stderr:
        return
    # A reader that went away (`| head`) is no error of ours.
    if isinstance(error, BrokenPipeError):
        raise SystemExit(OK)
    if sys.stderr is not None:
        sys.stderr.write(f"{name}: standard output cannot be written.\n")
    raise SystemExit(USAGE)
