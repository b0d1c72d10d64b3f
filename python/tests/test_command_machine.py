"""The command on a real machine."""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kit_jwt.command.__main__ import main
from kit_jwt.command.machine import Machine, as_text
from kit_jwt.command.world import FileFaultError

TOO_MANY = 16 * 1024 * 1024 + 1
IS_POSIX = sys.platform != "win32"


def reason_of(work: Callable[[], object]) -> str:
    try:
        work()
    except FileFaultError as fault:
        return fault.reason
    return "nothing"


@pytest.fixture
def machine() -> Machine:
    return Machine("kit-jwt")


def test_files_are_read_whole(machine: Machine, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"\xc3\xa4" * 100_000)
    assert machine.read_file(str(path)) == path.read_bytes()


def test_files_that_cannot_be_read_say_why(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (tmp_path / "large").open("wb") as file:
        file.truncate(TOO_MANY)
    assert reason_of(lambda: machine.read_file(str(tmp_path / "none"))) == "missing"
    assert reason_of(lambda: machine.read_file(str(tmp_path / "file" / "none"))) == "missing"
    assert reason_of(lambda: machine.read_file("a\0b")) == "unreadable"
    assert reason_of(lambda: machine.read_file(str(tmp_path / "large"))) == "too large"
    if IS_POSIX:
        assert reason_of(lambda: machine.read_file(str(tmp_path))) == "folder"


def test_files_of_somebody_else_are_denied(machine: Machine, tmp_path: Path) -> None:
    path = tmp_path / "mine"
    path.touch(mode=0)
    # Nothing is forbidden to root, nor by bits on Windows.
    is_forbidden = sys.platform != "win32" and os.geteuid() != 0
    assert reason_of(lambda: machine.read_file(str(path))) == ("denied" if is_forbidden else "nothing")


def test_files_are_written_once_for_whom_they_are(machine: Machine, tmp_path: Path) -> None:
    path = str(tmp_path / "a")
    machine.write_new(path, "first", 0o600)
    assert reason_of(lambda: machine.write_new(path, "second", 0o600)) == "exists"
    assert machine.read_file(path) == b"first"
    assert machine.mode_of(path) == (0o600 if IS_POSIX else None)
    assert machine.mode_of(str(tmp_path / "none")) is None
    assert reason_of(lambda: machine.write_new(str(tmp_path / "none" / "a"), "", 0o600)) == "missing"


def test_files_are_listed_by_code_unit(machine: Machine, tmp_path: Path) -> None:
    for name in ("b", "a", "\ufb33", "\U0001f511"):
        (tmp_path / name).touch()
    assert machine.list(str(tmp_path)) == ["a", "b", "\U0001f511", "\ufb33"]
    assert reason_of(lambda: machine.list(str(tmp_path / "none"))) == "missing"
    assert reason_of(lambda: machine.list(str(tmp_path / "a"))) == "missing"


def test_folders_are_made_with_those_above_them(machine: Machine, tmp_path: Path) -> None:
    path = tmp_path / "a" / "b"
    machine.make_folder(str(path))
    machine.make_folder(str(path))
    assert path.is_dir()
    (tmp_path / "file").touch()
    assert reason_of(lambda: machine.make_folder(str(tmp_path / "file"))) == "exists"
    assert reason_of(lambda: machine.make_folder(str(tmp_path / "file" / "a"))) == "missing"


def streams(monkeypatch: pytest.MonkeyPatch, **given: io.TextIOWrapper | None) -> None:
    for name, stream in given.items():
        monkeypatch.setattr(sys, name, stream)


def text(data: bytes = b"") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding="ascii")


def written(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    buffer: Any = stream.buffer
    data: bytes = buffer.getvalue()
    return data


def test_standard_input_is_read_to_its_end(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    streams(monkeypatch, stdin=text(b"\xff text"))
    assert machine.read_input() == b"\xff text"
    streams(monkeypatch, stdin=text(bytes(TOO_MANY)))
    assert reason_of(machine.read_input) == "too large"


def test_what_is_written_is_utf_8_whatever_the_locale_says(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    stdout, stderr = text(), text()
    streams(monkeypatch, stdout=stdout, stderr=stderr)
    machine.write("stdout", "…")
    machine.write("stderr", "ä")
    assert (written(stdout), written(stderr)) == ("…".encode(), "ä".encode())


def test_streams_that_are_closed_are_no_terminals_and_hold_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    streams(monkeypatch, stdin=None, stdout=None, stderr=None)
    machine = Machine("kit-jwt")
    machine.write("stdout", "text")
    assert machine.read_input() == b""
    assert not any((machine.terminal.stdin, machine.terminal.stdout, machine.terminal.stderr))


class Broken(io.RawIOBase):
    """A stream that cannot be written; its descriptor is one that may be put to another use."""

    def __init__(self, error: OSError, descriptor: int) -> None:
        super().__init__()
        self.error = error
        self.descriptor = descriptor

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.descriptor

    def write(self, _: object) -> int:
        raise self.error


@pytest.fixture
def descriptor(tmp_path: Path) -> Iterator[int]:
    opened = os.open(tmp_path / "stream", os.O_CREAT | os.O_WRONLY)
    yield opened
    os.close(opened)


def broken(error: OSError, descriptor: int) -> io.TextIOWrapper:
    return io.TextIOWrapper(Broken(error, descriptor), encoding="utf-8")  # type: ignore[arg-type] # raw, so that nothing stays behind


def test_a_reader_that_is_gone_ends_the_process_quietly(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, descriptor: int
) -> None:
    stderr = text()
    streams(monkeypatch, stdout=broken(BrokenPipeError(), descriptor), stderr=stderr)
    with pytest.raises(SystemExit) as ended:
        machine.write("stdout", "text")
    assert (ended.value.code, written(stderr)) == (0, b"")


def test_a_stream_that_is_full_ends_it_with_a_sentence(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, descriptor: int
) -> None:
    stderr = text()
    streams(monkeypatch, stdout=broken(OSError(28, "full"), descriptor), stderr=stderr)
    with pytest.raises(SystemExit) as ended:
        machine.write("stdout", "text")
    assert (ended.value.code, written(stderr)) == (2, b"kit-jwt: standard output cannot be written.\n")


def test_errors_that_cannot_be_written_end_nothing(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, descriptor: int
) -> None:
    streams(monkeypatch, stderr=broken(OSError(28, "full"), descriptor))
    machine.write("stderr", "text")
    assert os.fstat(descriptor).st_size == 0


def test_randomness_keys_and_the_clock_are_those_of_the_machine(machine: Machine) -> None:
    assert len(machine.entropy(32)) == 32
    assert machine.entropy(32) != machine.entropy(32)
    assert machine.key_pair("k1").public_jwk["kid"] == "k1"
    before, now, after = time.time(), machine.now(), time.time()
    assert before <= now <= after


def test_bytes_that_are_no_text_are_marked() -> None:
    assert as_text(os.fsdecode(b"a")) == "a"
    if IS_POSIX:
        assert as_text(os.fsdecode(b"\xff\xc3\xa4")) == "\ufffdä"


def test_the_command_takes_the_words_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = text()
    streams(monkeypatch, stderr=stderr)
    monkeypatch.setattr(sys, "argv", ["kit-jwt", "mint"])
    handler = signal.getsignal(signal.SIGINT)
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        assert main() == 2
        assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL
        # One who runs it in the background is not interrupted.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        assert main() == 2
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, handler)
    assert written(stderr) == b"kit-jwt: there is no command 'mint'; see 'kit-jwt --help'.\n" * 2
