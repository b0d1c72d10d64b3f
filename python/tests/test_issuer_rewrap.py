from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kit_jwt.issuer import Authority, AuthorityError, Change, MemoryKeyStore, StoredDocument, read_keks
from kit_jwt.issuer.authority.document import read_document, seals_of

from .vectors import load

_TESTS = load(Path(__file__).parents[2] / "conformance" / "issuer" / "rewraps.json")["tests"]


class _Store:
    """A store in which another process writes between the look and the write of whoever comes first."""

    def __init__(self, text: str, meanwhile: str | None) -> None:
        self.inner = MemoryKeyStore()
        self.inner.write_if(0, text)
        self.meanwhile = meanwhile

    def read(self) -> StoredDocument | None:
        return self.inner.read()

    def write_if(self, version: int, text: str) -> bool:
        if self.meanwhile is not None:
            self.inner.write_if(1, self.meanwhile)
        self.meanwhile = None
        return self.inner.write_if(version, text)


@pytest.mark.parametrize("test", _TESTS, ids=[test["id"] for test in _TESTS])
def test_vector(test: dict[str, Any]) -> None:
    store, keks = _Store(test["text"], test.get("meanwhile")), read_keks(test["keks"])
    changes: list[Change] = []

    def start() -> Authority:
        return Authority(
            store=store, keks=keks, algorithm=test["algorithm"], on_change=changes.append, clock=lambda: 6000
        )

    if "code" in test:
        with pytest.raises(AuthorityError) as caught:
            start()
        assert caught.value.code == test["code"]
        assert store.read() == StoredDocument(1, test["text"])
        return
    authority = start()
    before = authority.jwks()
    changes.clear()
    authority.rewrap()
    authority.rewrap()
    stored = store.read()
    assert stored is not None
    assert stored.version == test["version"]
    assert seals_of(stored.text) == test["seals"]
    assert [[change.change, change.kid, change.at] for change in changes] == test["changes"]
    assert authority.jwks() == before
    # The first key alone is enough from now on.
    found = read_document(stored.text, stored.version, keks[:1])
    assert [[key.kid, key.state] for key in found.keys] == test["keys"]
    assert [key.kid for key in found.revoked] == test.get("revoked", [key.kid for key in found.revoked])


def test_whoever_looks_on_is_told_of_it_by_any_write() -> None:
    store = MemoryKeyStore()
    old, fresh = "a=" + "A" * 43, "b=" + "B" * 42 + "A"
    seen: list[str] = []
    watching = Authority(
        store=store,
        keks=read_keks(f"{old},{fresh}"),
        on_change=lambda change: seen.append(change.change),
        clock=lambda: 6000,
    )
    seen.clear()
    other = Authority(store=store, keks=read_keks(f"{fresh},{old}"), clock=lambda: 6000)
    other.revoke(watching.keys()[0].kid)
    watching.check_and_rotate()
    assert seen == ["revoked", "activated", "published", "rewrapped"]
