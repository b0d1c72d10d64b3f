"""Keys in a folder."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from kit_jwt.encoding.utf8 import decode_utf8
from kit_jwt.issuer.errors import AuthorityError

from .key_store import StoredDocument

_Result = TypeVar("_Result")

_KEPT: Final = 16
"""Documents that stay: one who wrote on a version that is gone already lost."""

_NAME: Final = re.compile(r"keys-([0-9]{12})\.json")
_UNNAMED: Final = re.compile(r"\.keys-[0-9a-f]{16}")
"""A file that never got its name: whoever wrote it stopped in between."""

_STALE_SECONDS: Final = 3600
_OTHERS: Final = 0o077
"""What the group or others may do with a file, in its mode."""

_MAX_BYTES: Final = 4 * 1024 * 1024
"""More than any document has."""

_TRIES: Final = 16
"""Each time a document that was listed is pruned before it is read, so many others were written."""


class FileKeyStore:
    """A key store in a folder, for processes that share a file system.

    Each write is a new file with the next number, which exactly one process can create: a document is written whole
    under a name that nobody reads, flushed, and then linked. The last 16 are kept. Files are for their owner alone
    (mode 0600), and one that is open to others is refused; Windows has no modes.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     store = FileKeyStore(folder)
    ...     store.read(), store.write_if(0, "{}"), store.write_if(0, "{}"), store.read()
    (None, True, False, StoredDocument(version=1, text='{}'))
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        """Remember the folder.

        Args:
            folder: made where it does not exist, for its owner alone; on a file system that has hard links.
        """
        self._folder = Path(folder)

    def read(self) -> StoredDocument | None:
        """The newest document.

        Returns:
            None where there is none yet.

        Raises:
            AuthorityError: `key_store_open`: others may read it; `key_document_invalid`: it is no text;
                `key_store_unavailable`.
        """
        return _told(self._newest)

    def write_if(self, version: int, text: str) -> bool:
        """Write version `version + 1` where the newest is `version`.

        Args:
            version: of the document that was read, 0 where there was none.
            text: of the new one.

        Returns:
            Whether it was written; False where somebody else wrote meanwhile.

        Raises:
            AuthorityError: `key_store_unavailable`.
        """
        return _told(lambda: self._write(version, text))

    def _versions(self) -> Sequence[int]:
        """The numbers of the documents, the newest first."""
        try:
            names = [path.name for path in self._folder.iterdir()]
        except FileNotFoundError:
            return ()
        found = (_NAME.fullmatch(name) for name in names)
        return sorted((int(name[1]) for name in found if name is not None), reverse=True)

    def _path(self, version: int) -> Path:
        return self._folder / f"keys-{version:012}.json"

    def _newest(self) -> StoredDocument | None:
        for _ in range(_TRIES):
            versions = self._versions()
            if not versions:
                return None
            # Pruned since it was listed: there are newer ones.
            with suppress(FileNotFoundError):
                return StoredDocument(versions[0], _read_private(self._path(versions[0])))
        raise AuthorityError("key_store_unavailable")

    def _write(self, version: int, text: str) -> bool:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if next(iter(self._versions()), 0) != version:
            return False
        unnamed = self._folder / f".keys-{secrets.token_hex(8)}"
        try:
            _write_new(unnamed, text)
            if not _linked(unnamed, self._path(version + 1)):
                return False
        finally:
            with suppress(OSError):
                unnamed.unlink()
        _flush_folder(self._folder)
        versions = self._versions()
        self._prune(versions)
        # A number that is pruned is free again, and whoever was asleep meanwhile can create it below all others. It is
        # known by what it was written on: that is pruned too.
        return next(iter(versions), 0) <= _KEPT if version == 0 else version in versions

    def _prune(self, versions: Sequence[int]) -> None:
        """The oldest first, and none beyond one that stays, so that whatever is there is always without a gap."""
        for version in reversed(versions[_KEPT:]):
            try:
                self._path(version).unlink(missing_ok=True)
            except OSError:
                break
        for path in self._folder.iterdir():
            if _UNNAMED.fullmatch(path.name) is None:
                continue
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _STALE_SECONDS:
                    path.unlink()


def _told(work: Callable[[], _Result]) -> _Result:
    """Say no more than a code of what a file system said: its errors have paths."""
    try:
        return work()
    except OSError:
        raise AuthorityError("key_store_unavailable") from None


def _read_private(path: Path) -> str:
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
        # Asked of the open file: a path could be another file by the time it is read.
        status = os.fstat(file.fileno())
        if os.name == "posix" and status.st_mode & _OTHERS:
            raise AuthorityError("key_store_open")
        text = decode_utf8(file.read(_MAX_BYTES)) if status.st_size <= _MAX_BYTES else None
    if text is None:
        raise AuthorityError("key_document_invalid")
    return text


def _write_new(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _linked(source: Path, target: Path) -> bool:
    """Whether the name was free: a link to a name that exists fails, whoever else tries at the same moment."""
    try:
        os.link(source, target)
    except FileExistsError:
        return False
    return True


def _flush_folder(folder: Path) -> None:
    """The name itself must survive a loss of power. Windows cannot open a folder, and flushes names by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
