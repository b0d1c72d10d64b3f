from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from kit_jwt import ConfigError
from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.issuer import AuthorityError, read_keks, timing_of
from kit_jwt.issuer.authority.changes import changes_between
from kit_jwt.issuer.authority.document import read_document, write_document
from kit_jwt.issuer.authority.key_set import KeySetRecord, NewKey
from kit_jwt.issuer.authority.life import advanced, revoked, rotated_early, soonest_of
from kit_jwt.issuer.authority.plan import plan_of
from kit_jwt.issuer.authority.signers import signer_of

_FOLDER = Path(__file__).parents[2] / "conformance" / "issuer"


def _tests(name: str) -> list[Any]:
    tests = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))["tests"]
    assert tests, name
    return [pytest.param(test, id=test["id"]) for test in tests]


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", name)


def _options(options: Mapping[str, Any]) -> dict[str, Any]:
    return {_snake(name): value for name, value in options.items()}


@pytest.mark.parametrize("test", _tests("key-life"))
def test_key_life(test: Any) -> None:
    numbers = count(1)
    before: KeySetRecord | None = None

    def key() -> NewKey:
        return NewKey(f"k{next(numbers)}", "EdDSA")

    for step in test["steps"]:
        now, timing = step["now"], timing_of(**_options(step.get("times", test["times"])))
        if step["do"] == "check" or before is None:
            after = advanced(before, now, timing, key)
        elif step["do"] == "rotate":
            after = rotated_early(before, now, timing, key)
            assert soonest_of(after, timing) == step.get("soonest", soonest_of(after, timing))
        else:
            after = revoked(before, step["kid"], now, timing, key)
            assert any(one.kid == step["kid"] for one in after.revoked) is ("code" not in step)
        assert (after is not before) is step["written"]
        found = {
            "keys": [[one.kid, one.state] for one in after.keys],
            "revoked": [one.kid for one in after.revoked],
            "changes": [[one.change, one.kid, one.at] for one in changes_between(before, after, now)],
            "plan": [[one.at, one.change, one.kid] for one in plan_of(after, timing)],
        }
        expected = {name: step[name] for name in found if name in step}
        assert {name: found[name] for name in expected} == expected
        before = after


@pytest.mark.parametrize("test", _tests("timing"))
def test_timing(test: Any) -> None:
    if "code" in test:
        with pytest.raises(ConfigError) as caught:
            timing_of(**_options(test["options"]))
        assert (caught.value.code, caught.value.variable) == (test["code"], _snake(test["variable"]))
        return
    timing = timing_of(**_options(test["options"]))
    expected = {_snake(name): value for name, value in test.items() if name not in {"id", "comment", "options"}}
    assert expected
    assert {name: getattr(timing, name) for name in expected} == expected


@pytest.mark.parametrize("test", _tests("documents"))
def test_documents(test: Any) -> None:
    keks = read_keks(test["keks"])
    if "code" in test:
        with pytest.raises(AuthorityError) as caught:
            read_document(test["text"], test["version"], keks)
        assert caught.value.code == test["code"]
        return
    found = read_document(test["text"], test["version"], keks)
    assert [[key.kid, key.state] for key in found.keys] == test["keys"]
    for key in found.keys:
        assert (key.private_jwk is not None) is (key.state != "retired" or key.algorithm == "HS512")
    active = found.key("active")
    assert active is not None
    if "signer" not in test:
        assert signer_of(active).kid == active.kid
        return
    with pytest.raises(AuthorityError) as refused:
        signer_of(active)
    assert refused.value.code == test["signer"]
    assert refused.value.__cause__ is None


def test_what_is_written_is_read_again_and_sealed_under_the_first_key() -> None:
    test = _tests("documents")[0].values[0]
    old = read_keks(test["keks"])
    keys = read_document(test["text"], test["version"], old)
    newer = read_keks(f"new={encode_base64url(bytes(32))},{test['keks']}")
    written = write_document(keys, newer)
    assert read_document(written, test["version"], newer) == keys
    with pytest.raises(AuthorityError) as caught:
        read_document(written, test["version"], old)
    assert caught.value.code == "kek_unknown"
    for key in keys.keys:
        assert key.private_jwk is None or str(key.private_jwk["d"]) not in written
        assert key.private_jwk is None or str(key.private_jwk["d"]) not in repr(key)


def test_two_writings_of_one_set_share_no_nonce() -> None:
    test = _tests("documents")[0].values[0]
    keks = read_keks(test["keks"])
    keys = read_document(test["text"], test["version"], keks)
    written = write_document(keys, keks) + write_document(keys, keks)
    nonces = re.findall(r'"iv":"([^"]+)"', written)
    assert len(nonces) == len(set(nonces)) == 4


@pytest.mark.parametrize("test", _tests("keks"))
def test_keks(test: Any) -> None:
    if "code" not in test:
        assert [kek.id for kek in read_keks(test["text"])] == test["ids"]
        return
    with pytest.raises(ConfigError) as caught:
        read_keks(test["text"])
    assert (caught.value.code, caught.value.variable) == (test["code"], "kek")
