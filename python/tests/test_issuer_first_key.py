from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest

from kit_jwt import ConfigError, Kit, Signer, generate_key_pair
from kit_jwt.issuer import Authority, MemoryKeyStore, read_keks

_VECTORS = Path(__file__).parents[2] / "conformance" / "issuer" / "first-keys.json"
_NAMES: dict[str, Any] = {"issuer": "https://auth.example", "audience": "api"}
_PUBLIC = {"kty", "crv", "x", "y", "n", "e", "kid", "alg", "use"}


def _tests() -> list[Any]:
    return [pytest.param(test, id=test["id"]) for test in json.loads(_VECTORS.read_text("utf-8"))["tests"]]


def _states(authority: Authority) -> list[str]:
    keys = authority.keys()
    return [key.state for key in keys]


@pytest.mark.parametrize("test", _tests())
def test_first_keys(test: Any) -> None:
    # In Python None is what stands for an option that is not given.
    options = {"algorithm": test["algorithm"], "first_key": [] if test["jwk"] is None else test["jwk"]}
    if "code" in test:
        with pytest.raises(ConfigError) as caught:
            Authority(**options)
        assert (caught.value.code, caught.value.variable) == (test["code"], "first_key")
        return
    authority = Authority(**options)
    assert authority.signer().kid == test["kid"]
    assert _states(authority) == ["active", "next"]
    published = authority.jwks()["keys"][:1]
    assert [key["kid"] for key in published] == ([] if test["algorithm"] == "HS512" else [test["kid"]])
    assert {name for key in published for name in key} <= _PUBLIC


def test_what_it_signed_before_and_signs_from_now_on_holds_under_what_is_published() -> None:
    private_jwk = cast("dict[str, object]", generate_key_pair(kid="2025-11").private_jwk)
    before = Kit(**_NAMES, private_key=private_jwk).sign({"sub": "u1"})
    authority = Authority(first_key=private_jwk)
    after = Kit(**_NAMES, signer=cast("Signer", authority.signer())).sign({"sub": "u1"})
    verifying = Kit(**_NAMES, public_keys=cast("Any", authority.jwks()))
    assert [verifying.verify(token)["sub"] for token in (before, after)] == ["u1", "u1"]
    active, upcoming = authority.keys()
    assert active.kid == "2025-11"
    assert len(upcoming.kid) == 43


def test_a_secret_without_a_name_is_given_one_that_says_nothing_of_it() -> None:
    secret = {"kty": "oct", "k": "A" * 86}
    one, other = (Authority(algorithm="HS512", first_key=secret) for _ in range(2))
    assert one.secrets()[0]["k"] == secret["k"]
    assert one.signer().kid != other.signer().kid


def test_where_the_store_has_keys_the_given_one_is_not_needed() -> None:
    store, keks = MemoryKeyStore(), read_keks("a=" + "A" * 43)
    one, other = (cast("dict[str, object]", generate_key_pair().private_jwk) for _ in range(2))
    for key in (one, other):
        assert Authority(store=store, keks=keks, first_key=key).signer().kid == one["kid"]
    stored = store.read()
    assert stored is not None
    assert stored.version == 1
