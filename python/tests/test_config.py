"""Configurations as objects: what is wrong is refused when the kit is built, with the path of the option."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from kit_jwt import ConfigError, Kit, import_private_key, memory_replay_store

from .material import (
    ISSUER,
    JWK,
    NOW,
    OTHER_JWK,
    OTHER_SECRET,
    SECRET,
    b64,
    claims,
    hs512,
    okp,
    public,
    raw_token,
    rsa_jwk,
)

ENTRY = {"issuer": "https://b.example", "audience": "api", "algorithms": ["EdDSA"], "public_keys": public(JWK)}
SIGNER = SimpleNamespace(alg="EdDSA", kid="k", sign=lambda _message: b"")


def refusal(**config: Any) -> tuple[str, str | None]:
    base: dict[str, Any] = {"issuer": ISSUER, "audience": "api", "secret": SECRET, **config}
    with pytest.raises(ConfigError) as caught:
        Kit(**{name: value for name, value in base.items() if value is not ...})
    assert caught.value.__context__ is None
    return caught.value.code, caught.value.variable


@pytest.mark.parametrize(
    ("option", "wrong"),
    [
        *((name, None) for name in ("issuer", "audience", "secret", "trust", "clock", "replay", "types", "kid", "ttl")),
        *(("issuer", wrong) for wrong in ("", 1, ["x"], "\ud800")),
        *(("audience", wrong) for wrong in ("", [], [""], ["a", "a"], [1], {"a": 1}, {"a"})),
        *(("ttl", wrong) for wrong in (0, -1, 86_401, 1.5, True, "900", float("nan"), float("inf"))),
        *(("leeway", wrong) for wrong in (-1, 91, True)),
        *(("max_lifetime", wrong) for wrong in (0, 10**9, 1.5)),
        *(("max_actor_depth", wrong) for wrong in (0, 15)),
        ("max_token_bytes", 0),
        *(("signature_cache_bytes", wrong) for wrong in (0, 0.5, "1")),
        *(("types", wrong) for wrong in ([], "JWT", ["JWT", "JWT"], [""])),
        ("require_type", 1),
        ("header_alg", "HS512"),
        ("profile", "RS256"),
        ("profile", ["HS512"]),
        *(("accept", wrong) for wrong in ([], ["none"], ["HS512", "HS512"], ["EdDSA", "Ed25519"], "HS512")),
        *(("allowed_thumbprints", wrong) for wrong in ([], ["x"], b64(bytes(32)), [b64(bytes(32))] * 2)),
        *(("actors", wrong) for wrong in ([], "gw", [1])),
        *(("replay", wrong) for wrong in ({}, object(), "memory")),
        ("revocation", object()),
        ("clock", 1),
        ("entropy", b""),
        ("transport", "https"),
        ("signer", object()),
        ("jwks_cache_ttl", 0),
        ("accept_secrets", []),
        ("accept_secrets", [SECRET] * 4),
        ("trust", []),
        ("trust", {}),
        ("public_keys", []),
        ("public_keys", ""),
        ("public_keys", 1),
        ("secret", ""),
        ("private_key", ""),
        ("key_source", object()),
        ("unknown", 1),
        ("jwks_url", "http://issuer.example"),
    ],
)
def test_a_member_of_the_wrong_kind_is_invalid(option: str, wrong: Any) -> None:
    assert refusal(**{option: wrong}) == ("config_invalid", option)


@pytest.mark.parametrize(
    ("config", "code", "variable"),
    [
        ({"issuer": ...}, "config_missing", "issuer"),
        ({"secret": "short"}, "key_invalid", "secret"),
        ({"secret": b64(bytes(63))}, "key_weak", "secret"),
        ({"secret": {"kty": "oct", "k": SECRET, "key_ops": ["verify"]}}, "key_unsuitable", "secret"),
        ({"secret": {"kty": "oct", "k": SECRET, "kid": "a"}, "kid": "b"}, "config_conflict", "kid"),
        ({"secret": ..., "kid": "b"}, "config_conflict", "kid"),
        ({"secret": ..., "private_key": public(JWK)}, "key_unsuitable", "private_key"),
        ({"secret": ..., "private_key": 1}, "config_invalid", "private_key"),
        ({"secret": ..., "private_key": okp(x=OTHER_JWK["x"])}, "key_invalid", "private_key"),
        ({"private_key": JWK}, "config_conflict", "profile"),
        ({"private_key": JWK, "profile": "EdDSA"}, "config_conflict", "accept"),
        ({"signer": SIGNER}, "config_conflict", "profile"),
        ({"signer": SIGNER, "private_key": JWK, "profile": "EdDSA"}, "config_conflict", "signer"),
        ({"signer": SimpleNamespace(alg="RS256", kid="k", sign=print)}, "config_invalid", "signer.alg"),
        ({"signer": SimpleNamespace(alg="EdDSA", kid="", sign=print)}, "config_invalid", "signer.kid"),
        ({"signer": SimpleNamespace(alg="EdDSA", sign=print)}, "config_missing", "signer.kid"),
        ({"profile": "EdDSA"}, "config_missing", "private_key"),
        ({"profile": "HS512", "secret": ..., "private_key": JWK}, "config_missing", "secret"),
        ({"public_keys": public(JWK)}, "config_conflict", "accept"),
        ({"accept": ["EdDSA"]}, "config_missing", "public_keys"),
        ({"secret": ..., "public_keys": public(JWK), "accept": ["HS512"]}, "config_missing", "secret"),
        ({"secret": ..., "public_keys": JWK}, "key_unsuitable", "public_keys"),
        ({"secret": ..., "public_keys": [public(JWK), None]}, "key_invalid", "public_keys[1]"),
        ({"secret": ..., "public_keys": "{"}, "key_invalid", "public_keys"),
        ({"secret": ..., "public_keys": '{"keys":{}}'}, "jwks_invalid", "public_keys"),
        ({"secret": ..., "public_keys": rsa_jwk()}, "key_unsuitable", "public_keys"),
        ({"secret": ..., "public_keys": rsa_jwk(e="AQ"), "accept": ["EdDSA", "RS256"]}, "key_invalid", "public_keys"),
        ({"secret": ..., "public_keys": public(JWK), "accept": ["EdDSA", "RS256"]}, "config_missing", "public_keys"),
        ({"secret": ..., "public_keys": public(JWK), "jwks_url": "https://x.example"}, "config_conflict", "jwks_url"),
        ({"secret": ..., "jwks_service": "AUTH"}, "runtime_unsupported", "jwks_service"),
        ({"accept_secrets": [SECRET, ""]}, "config_invalid", "accept_secrets[1]"),
        ({"accept_secrets": [{"kid": "a"}]}, "config_invalid", "accept_secrets[0]"),
        ({"accept_secrets": [{"kid": "a", "secret": SECRET, "x": 1}]}, "config_invalid", "accept_secrets[0]"),
        ({"accept_secrets": [{"kid": "a", "secret": "x"}]}, "key_invalid", "accept_secrets[0]"),
        ({"accept_secrets": [1]}, "config_invalid", "accept_secrets[0]"),
    ],
)
def test_keys_and_settings_that_do_not_fit(config: Any, code: str, variable: str) -> None:
    assert refusal(**config) == (code, variable)


@pytest.mark.parametrize(
    ("change", "code", "variable"),
    [
        ({"issuer": ...}, "config_missing", "issuer"),
        ({"issuer": ""}, "config_invalid", "issuer"),
        ({"algorithms": ...}, "config_missing", "algorithms"),
        ({"algorithms": []}, "config_invalid", "algorithms"),
        ({"algorithms": ["HS512"]}, "config_missing", "secrets"),
        ({"audience": []}, "config_invalid", "audience"),
        ({"public_keys": ...}, "config_missing", "public_keys"),
        ({"actors": []}, "config_invalid", "actors"),
        ({"unsafe_any_actor": False}, "config_invalid", "unsafe_any_actor"),
        ({"unsafe_any_actor": True, "actors": ["gw"]}, "config_conflict", "unsafe_any_actor"),
        ({"mapping": None}, "config_invalid", "mapping"),
        ({"mapping": []}, "config_invalid", "mapping"),
        ({"mapping": {"roles": ""}}, "config_invalid", "mapping.roles"),
        ({"mapping": {"groups": "x"}}, "config_invalid", "mapping.groups"),
        ({"mapping": {}, "issuer": ISSUER}, "config_conflict", "mapping"),
        ({"secret": SECRET}, "config_invalid", "secret"),
        ({"key_source": import_private_key(JWK), "public_keys": ...}, "config_invalid", "key_source"),
    ],
)
def test_trusted_issuers_that_do_not_fit(change: Any, code: str, variable: str) -> None:
    entry = {name: value for name, value in {**ENTRY, **change}.items() if value is not ...}
    assert refusal(trust=[ENTRY, entry]) == (code, f"trust[1].{variable}")


def test_faults_are_told_in_one_order() -> None:
    broken = okp(x=OTHER_JWK["x"])
    # The form of lists, settings, keys, the profile, what is accepted; last that two halves of a key belong together.
    faults: list[tuple[str, Any]] = [
        ("accept_secrets", []),
        ("accept", ["none"]),
        ("ttl", 0),
        ("leeway", 91),
        ("max_lifetime", 0),
        ("types", []),
        ("actors", []),
        ("secret", "short"),
        ("private_key", 1),
        ("public_keys", JWK),
    ]
    for index, (name, wrong) in enumerate(faults):
        for other, also_wrong in faults[index + 1 :]:
            assert refusal(**{name: wrong, other: also_wrong})[1] == name
    assert refusal(private_key=broken) == ("config_conflict", "profile")
    assert refusal(private_key=broken, profile="EdDSA") == ("config_conflict", "accept")
    assert refusal(private_key=broken, profile="EdDSA", accept=["EdDSA"]) == ("key_invalid", "private_key")


def test_an_entry_needs_an_audience_of_its_own_or_the_kits() -> None:
    entry = {name: value for name, value in ENTRY.items() if name != "audience"}
    assert refusal(trust=[entry], audience=...) == ("config_missing", "trust[0].audience")
    assert refusal(trust=["x"]) == ("config_invalid", "trust[0]")


def test_actors_of_an_entry() -> None:
    base: dict[str, Any] = {"issuer": "https://b.example", "algorithms": ["HS512"], "secrets": [SECRET]}
    token = raw_token({"alg": "HS512"}, claims(iss="https://b.example", act={"sub": "gw"}))
    for actors in ({"unsafe_any_actor": True}, {"actors": ["gw"]}):
        assert Kit(trust=[{**base, **actors}], audience="api", clock=lambda: NOW).verify(token)  # type: ignore[typeddict-item] # merged


def test_stores_that_are_empty_are_kept() -> None:
    store = memory_replay_store()
    kit = hs512(replay=store)
    kit.consume_once(kit.verify(kit.sign({})))
    assert len(store) == 1


def test_pins_hold_for_every_asymmetric_key() -> None:
    kit = Kit(
        issuer=ISSUER,
        audience="api",
        private_key=JWK,
        public_keys=[public(OTHER_JWK)],
        allowed_thumbprints=[import_private_key(JWK).thumbprint],
        secret=SECRET,
        profile="EdDSA",
        accept=["HS512", "EdDSA"],
        clock=lambda: NOW,
    )
    assert kit.verify(kit.sign({}))
    assert kit.verify(hs512().sign({}))
    other = Kit(issuer=ISSUER, audience="api", private_key=OTHER_JWK, clock=lambda: NOW)
    with pytest.raises(Exception, match="key_not_pinned"):
        kit.verify(other.sign({}))


def test_a_description_holds_no_secret() -> None:
    described = hs512(accept_secrets=[{"kid": "old", "secret": OTHER_SECRET}], kid="new").describe()
    assert described["signs"] == {"alg": "HS512", "kid": "new"}
    assert described["secrets"] == [{"kid": "new", "bytes": 64}, {"kid": "old", "bytes": 64}]
    assert SECRET not in str(described)
    assert OTHER_SECRET not in str(described)
