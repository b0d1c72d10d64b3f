from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from kit_jwt.issuer import (
    Authority,
    AuthorityError,
    FileKeyStore,
    KeyStore,
    MemoryKeyStore,
    StoredDocument,
    read_keks,
)

_KEKS = read_keks("a=" + "A" * 43)
_PROGRAM = Path(__file__).parent / "issuer_store_program.py"
_POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no modes, and no signals to stop a process with")


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> KeyStore:
    return MemoryKeyStore() if request.param == "memory" else FileKeyStore(tmp_path / "keys")


def test_nothing_then_what_was_written_under_the_next_number(store: KeyStore) -> None:
    assert store.read() is None
    assert store.write_if(0, "one")
    assert store.read() == StoredDocument(1, "one")
    assert store.write_if(1, "zwei · 二")
    assert store.read() == StoredDocument(2, "zwei · 二")


@pytest.mark.parametrize("version", [0, 1, 3, 1000])
def test_who_writes_on_another_version_than_the_newest_changes_nothing(store: KeyStore, version: int) -> None:
    for before in (0, 1):
        store.write_if(before, f"text {before + 1}")
    assert not store.write_if(version, "other")
    assert store.read() == StoredDocument(2, "text 2")


def test_exactly_one_of_those_who_write_at_once_succeeds(store: KeyStore) -> None:
    writers = 12
    with ThreadPoolExecutor(writers) as pool:
        for version in range(8):
            start = threading.Barrier(writers)

            def write(writer: int, version: int = version, start: threading.Barrier = start) -> bool:
                start.wait()
                return store.write_if(version, f"{version} by {writer}")

            written = list(pool.map(write, range(writers)))
            assert written.count(True) == 1
            assert store.read() == StoredDocument(version + 1, f"{version} by {written.index(True)}")


def test_who_reads_while_others_write_and_prune_finds_whole_documents_and_none_older(store: KeyStore) -> None:
    is_done = threading.Event()
    seen: list[list[int]] = [[], [], []]
    faults: list[StoredDocument] = []

    def read(versions: list[int]) -> None:
        while not is_done.is_set():
            stored = store.read()
            if stored is not None:
                versions.append(stored.version)
                if stored.text != f"{stored.version} " * 1000:
                    faults.append(stored)

    readers = [threading.Thread(target=read, args=(versions,)) for versions in seen]
    for reader in readers:
        reader.start()
    for version in range(60):
        assert store.write_if(version, f"{version + 1} " * 1000)
        time.sleep(0)
    is_done.set()
    for reader in readers:
        reader.join()
    assert faults == []
    assert all(versions == sorted(versions) for versions in seen)
    assert any(seen)


def _folder_with(folder: Path, count: int) -> Path:
    store = FileKeyStore(folder)
    for version in range(count):
        assert store.write_if(version, f"text {version + 1}")
    return folder


def _name(version: int) -> str:
    return f"keys-{version:012}.json"


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _refusal(act: Callable[[], object]) -> str:
    with pytest.raises(AuthorityError) as caught:
        act()
    # Neither a path nor what the system said.
    assert str(caught.value) == caught.value.code.replace("_", " ")
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return caught.value.code


def test_files_are_for_their_owner_alone_and_the_last_16_stay(tmp_path: Path) -> None:
    folder = _folder_with(tmp_path / "keys", 40)
    assert _names(folder) == [_name(version) for version in range(25, 41)]
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
        assert folder.stat().st_mode & 0o777 == 0o700


@_POSIX
@pytest.mark.parametrize("slept", [0, 1, 3])
def test_whoever_slept_over_more_writes_than_are_kept_has_lost(tmp_path: Path, slept: int) -> None:
    folder, sleeper = _sleeper_on(tmp_path, slept)
    store = FileKeyStore(folder)
    for version in range(slept, slept + 20):
        assert store.write_if(version, f"text {version + 1}")
    # The number that it writes is free again: its file was pruned.
    assert _name(slept + 1) not in _names(folder)
    sleeper.send_signal(signal.SIGCONT)
    assert sleeper.communicate()[0].split() == ["False"]
    assert store.read() == StoredDocument(slept + 20, f"text {slept + 20}")
    assert store.write_if(slept + 20, "next")
    assert _names(folder) == [_name(version) for version in range(slept + 6, slept + 22)]


def test_a_writer_that_died_leaves_nothing_to_read_and_is_swept_up_after_an_hour(tmp_path: Path) -> None:
    folder = _folder_with(tmp_path / "keys", 2)
    old, young, other = (folder / name for name in (".keys-0123456789abcdef", ".keys-fedcba9876543210", ".keys-note"))
    now = time.time()
    for path, age in ((old, 3700), (young, 3500), (other, 3700)):
        path.write_text("half a docu")
        os.utime(path, (now - age, now - age))
    store = FileKeyStore(folder)
    assert store.read() == StoredDocument(2, "text 2")
    assert store.write_if(2, "text 3")
    assert [path.exists() for path in (old, young, other)] == [False, True, True]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "key_document_invalid", id="empty"),
        pytest.param(b'{"format":1', "key_document_invalid", id="no document"),
        pytest.param(
            b'{"format":1,"version":1,"period":0,"keys":[],"revoked":[]}', "key_document_invalid", id="another number"
        ),
        pytest.param(b'{"format":2}', "key_document_unsupported", id="of the future"),
        pytest.param(b"\xff\xfe\x00", "key_document_invalid", id="not text"),
        pytest.param(b" " * (4 * 1024 * 1024 + 1), "key_document_invalid", id="endless"),
    ],
)
def test_a_damaged_newest_file_is_refused_and_nothing_is_overwritten(tmp_path: Path, content: bytes, code: str) -> None:
    folder = tmp_path / "keys"
    store = FileKeyStore(folder)
    Authority(store=store, keks=_KEKS)
    damaged = folder / _name(2)
    damaged.write_bytes(content)
    damaged.chmod(0o600)
    assert _refusal(lambda: Authority(store=store, keks=_KEKS)) == code
    assert _names(folder) == [_name(1), _name(2)]
    assert damaged.read_bytes() == content


@_POSIX
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o660, 0o644])
def test_a_file_that_others_may_use_is_refused(tmp_path: Path, mode: int) -> None:
    folder = _folder_with(tmp_path / "keys", 1)
    (folder / _name(1)).chmod(mode)
    assert _refusal(FileKeyStore(folder).read) == "key_store_open"


@_POSIX
def test_a_link_in_the_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    folder, other = _folder_with(tmp_path / "keys", 1), _folder_with(tmp_path / "other", 1)
    (folder / _name(2)).symlink_to(other / _name(1))
    assert _refusal(FileKeyStore(folder).read) == "key_store_unavailable"


def test_a_folder_that_is_not_there_is_empty_and_is_made_by_the_first_write(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "down"
    assert FileKeyStore(folder).read() is None
    assert not folder.exists()
    assert FileKeyStore(folder).write_if(0, "one")


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("")
    assert _refusal(FileKeyStore(path).read) == "key_store_unavailable"
    for folder in (path, path / "below"):
        assert _refusal(partial(FileKeyStore(folder).write_if, 0, "one")) == "key_store_unavailable"


@pytest.fixture
def forbidden(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A folder that cannot be written, and its newest version. To root, that is one of the kernel's own."""
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        yield Path("/proc/self/task"), 0
        return
    folder = _folder_with(tmp_path / "keys", 1)
    folder.chmod(0o500)
    yield folder, 1
    folder.chmod(0o700)


@_POSIX
def test_a_folder_that_cannot_be_written(forbidden: tuple[Path, int]) -> None:
    folder, version = forbidden
    assert _refusal(lambda: FileKeyStore(folder).write_if(version, "one")) == "key_store_unavailable"


@_POSIX
def test_a_disk_that_is_full_keeps_what_was_there_and_no_half_of_a_file(tmp_path: Path) -> None:
    folder = _folder_with(tmp_path / "keys", 1)
    # No file may grow beyond some kB in there: a write that fails in the middle, as on a full disk.
    shell = ["/bin/sh", "-c", 'ulimit -f 2; trap "" XFSZ; exec "$@"', "sh"]
    with _started([*shell, sys.executable, str(_PROGRAM), "write-large", str(folder), "1"]) as writer:
        assert writer.communicate()[0].split() == ["key_store_unavailable"]
    assert _names(folder) == [_name(1)]
    assert FileKeyStore(folder).read() == StoredDocument(1, "text 1")


def test_exactly_one_of_several_processes_succeeds_each_time(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    racers = [_started([sys.executable, str(_PROGRAM), "race", str(folder), "25"]) for _ in range(4)]
    won = [int(line) for racer in racers for line in racer.communicate()[0].split()]
    assert sorted(won) == list(range(1, 26))
    newest = FileKeyStore(folder).read()
    assert newest is not None
    assert newest.version == 25


def _started(command: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 # this program's own


def _sleeper_on(tmp_path: Path, version: int) -> tuple[Path, subprocess.Popen[str]]:
    """A writer that is stopped after it has looked what the newest is, and before its file has a name."""
    for tries in range(20):
        folder = _folder_with(tmp_path / str(tries), version)
        folder.mkdir(exist_ok=True)
        writer = _started([sys.executable, str(_PROGRAM), "write-large", str(folder), str(version)])
        patience = time.monotonic() + 10
        while time.monotonic() < patience:
            names = " ".join(_names(folder))
            if ".keys-" in names or _name(version + 1) in names:
                break
        writer.send_signal(signal.SIGSTOP)
        time.sleep(0.05)
        names = " ".join(_names(folder))
        if ".keys-" in names and _name(version + 1) not in names:
            return folder, writer
        writer.send_signal(signal.SIGCONT)
        writer.communicate()
    raise AssertionError("no writer could be stopped in time")
