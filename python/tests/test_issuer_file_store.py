from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kit_jwt.issuer import AuthorityError, FileKeyStore, StoredDocument

_NO_MODES = pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def _name(version: int) -> str:
    return f"keys-{version:012}.json"


def _place(path: Path, content: bytes) -> Path:
    """Put a file into the folder as somebody else would."""
    path.write_bytes(content)
    path.chmod(0o600)
    return path


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _refusal(store: FileKeyStore) -> str:
    with pytest.raises(AuthorityError) as caught:
        store.read()
    assert str(caught.value) == caught.value.code.replace("_", " ")
    assert caught.value.__cause__ is None
    return caught.value.code


def test_what_was_written_is_read_under_the_next_number(folder: Path) -> None:
    store = FileKeyStore(folder)
    assert store.read() is None
    assert [store.write_if(0, "one"), store.write_if(0, "other"), store.write_if(1, "two")] == [True, False, True]
    assert FileKeyStore(str(folder)).read() == StoredDocument(2, "two")
    assert _names(folder) == [_name(1), _name(2)]


@_NO_MODES
def test_files_and_folder_are_for_their_owner_alone(folder: Path) -> None:
    FileKeyStore(folder).write_if(0, "one")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / _name(1)).stat().st_mode & 0o777 == 0o600


def test_of_those_who_write_at_once_on_one_version_one_succeeds(folder: Path) -> None:
    with ThreadPoolExecutor(12) as threads:
        written = list(threads.map(lambda index: FileKeyStore(folder).write_if(0, str(index)), range(12)))
    assert sum(written) == 1
    assert FileKeyStore(folder).read() == StoredDocument(1, str(written.index(True)))
    assert _names(folder) == [_name(1)]


def test_the_last_16_are_kept_and_whoever_wrote_on_one_that_is_gone_has_lost(folder: Path) -> None:
    store = FileKeyStore(folder)
    assert all(store.write_if(version, str(version + 1)) for version in range(20))
    assert _names(folder) == [_name(version) for version in range(5, 21)]
    assert not any(store.write_if(version, "late") for version in (0, 3, 4, 19, 21, 30))
    assert store.read() == StoredDocument(20, "20")


def test_pruning_stops_at_what_cannot_be_removed_so_that_no_number_becomes_free_above_it(folder: Path) -> None:
    store = FileKeyStore(folder)
    store.write_if(0, "one")
    (folder / _name(1)).unlink()
    (folder / _name(1)).mkdir()
    assert all(store.write_if(version, str(version + 1)) for version in range(1, 20))
    assert _names(folder) == [_name(version) for version in range(1, 21)]


def test_what_a_crash_left_behind_goes_after_an_hour(folder: Path) -> None:
    store = FileKeyStore(folder)
    store.write_if(0, "one")
    old, fresh = (_place(folder / name, b"half") for name in (".keys-0123456789abcdef", ".keys-fedcba9876543210"))
    mine = _place(folder / "notes.txt", b"mine")
    past = time.time() - 3700
    for path in (old, mine):
        os.utime(path, (past, past))
    store.write_if(1, "two")
    assert [path.exists() for path in (old, fresh, mine)] == [False, True, True]


@_NO_MODES
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601])
def test_a_file_that_others_may_read_is_refused(folder: Path, mode: int) -> None:
    store = FileKeyStore(folder)
    store.write_if(0, "one")
    (folder / _name(1)).chmod(mode)
    assert _refusal(store) == "key_store_open"


@pytest.mark.parametrize("content", [b"{\xff}", b" " * (4 * 1024 * 1024 + 1)], ids=["no text", "too much"])
def test_what_no_document_is_is_refused(folder: Path, content: bytes) -> None:
    store = FileKeyStore(folder)
    store.write_if(0, "one")
    _place(folder / _name(2), content)
    assert _refusal(store) == "key_document_invalid"


@pytest.mark.skipif(os.name != "posix", reason="Windows asks for rights to make a link")
def test_a_symbolic_link_is_not_followed(folder: Path) -> None:
    store = FileKeyStore(folder)
    store.write_if(0, "one")
    (folder / _name(2)).symlink_to(folder / _name(1))
    assert _refusal(store) == "key_store_unavailable"


def test_a_folder_that_is_none_is_away_and_nothing_says_where_it_is(folder: Path) -> None:
    folder.write_text("a file")
    store = FileKeyStore(folder)
    assert _refusal(store) == "key_store_unavailable"
    with pytest.raises(AuthorityError, match=r"^key store unavailable$"):
        store.write_if(0, "one")
