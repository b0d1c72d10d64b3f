"""A process of its own that writes to a folder of keys.

`race FOLDER COUNT` prints the versions that it won, `write-large FOLDER VERSION` what a write of many bytes came to.
"""

from __future__ import annotations

import os
import sys

from kit_jwt.issuer import AuthorityError, FileKeyStore


def _race(store: FileKeyStore, count: int) -> None:
    while True:
        stored = store.read()
        version = 0 if stored is None else stored.version
        if version >= count:
            return
        if store.write_if(version, f"{os.getpid()} " * 200):
            print(version + 1, flush=True)  # noqa: T201 # read by the test that started it


def _write_large(store: FileKeyStore, version: int) -> None:
    try:
        answer = str(store.write_if(version, "x" * 3_000_000))
    except AuthorityError as error:
        answer = error.code
    print(answer, flush=True)  # noqa: T201 # read by the test that started it


what, folder, number = sys.argv[1:]
(_race if what == "race" else _write_large)(FileKeyStore(folder), int(number))
