"""The testing kit gives the tokens that jose and node:crypto wrote down; each broken one is refused by its own code."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from joserfc.jwk import OKPKey

import kit_jwt
from kit_jwt import ConfigError, Kit, MisuseError, TokenError, aio, config_from_environment, policy, testing
from kit_jwt.conformance.inputs import snake, text_of
from kit_jwt.testing import REFUSALS, Tokens, create_test_kit, create_tokens, fixed_clock

from .material import ISSUER, JWK, NOW, SECRET, public, unb64

EXPECTED = json.loads((Path(__file__).parents[2] / "conformance" / "testing.json").read_text(encoding="ascii"))
PROFILES = ["HS512", "EdDSA"]
LIMITED: dict[str, Any] = {
    "issuer": ISSUER,
    "audience": ["a", "b"],
    "leeway": 0,
    "ttl": 5,
    "max_lifetime": 10,
    "max_token_bytes": 1500,
    "max_actor_depth": 14,
    "types": ["at+jwt"],
    "clock": lambda: NOW + 0.9,
}


def call(tokens: Tokens, name: str, arguments: list[Any]) -> str:
    method = getattr(tokens, snake(name))
    if name == "mint":
        claims, options = (*arguments, {}, {})[:2]
        return str(method(claims, **options))
    return str(method(*arguments))


def verdict(kit: Kit, token: str) -> str:
    """How a kit takes a token: that of `denied` is good until a policy asks for something."""
    wanted = policy().any_of(policy().need_all("read:data"), policy().roles_any("admin"))
    with pytest.raises(TokenError) as caught:
        kit.check_auth(token, wanted)
    return caught.value.code


def test_the_published_keys_are_those_of_the_other_language() -> None:
    assert {
        "issuer": testing.TEST_ISSUER,
        "audience": testing.TEST_AUDIENCE,
        "subject": testing.TEST_SUBJECT,
        "now": testing.TEST_NOW,
        "kid": testing.TEST_KID,
        "secret": testing.TEST_SECRET,
        "foreignSecret": testing.FOREIGN_SECRET,
        "privateJwks": [dict(jwk) for jwk in testing.TEST_PRIVATE_JWKS],
        "publicJwks": [dict(jwk) for jwk in testing.TEST_PUBLIC_JWKS],
        "foreignPrivateJwk": dict(testing.FOREIGN_PRIVATE_JWK),
    } == {name: value for name, value in EXPECTED.items() if name not in {"format", "refusals", "tokens"}}
    assert testing.TEST_PRIVATE_JWK is testing.TEST_PRIVATE_JWKS[0]
    assert testing.TEST_PUBLIC_JWK is testing.TEST_PUBLIC_JWKS[0]
    assert [OKPKey.import_key(dict(jwk)).thumbprint() for jwk in testing.TEST_PRIVATE_JWKS] == [
        jwk["kid"] for jwk in testing.TEST_PUBLIC_JWKS
    ]


@pytest.mark.parametrize("profile", PROFILES)
class TestTokens:
    def test_they_are_the_same_bytes_call_by_call(self, profile: Any) -> None:
        tokens = create_tokens(profile=profile)
        for row in EXPECTED["tokens"][profile]:
            assert call(tokens, row["call"], row.get("arguments", [])) == text_of(row["token"]), row["call"]

    def test_a_kit_signs_what_is_minted(self, profile: Any) -> None:
        kit, tokens = create_test_kit(profile=profile), create_tokens(profile=profile)
        assert tokens.mint() == kit.sign({"sub": "u1"})
        assert tokens.mint({"sub": "u2", "roles": []}) == kit.sign({"sub": "u2", "roles": []})
        assert kit.sign({"sub": "u1"}) != kit.sign({"sub": "u1"})

    def test_the_good_ones_are_taken_here_and_by_pyjwt(self, profile: Any) -> None:
        kit = create_test_kit(profile=profile)
        good = [row for row in EXPECTED["tokens"][profile] if "claims" in row]
        key = unb64(testing.TEST_SECRET) if profile == "HS512" else jwt.PyJWK(dict(testing.TEST_PUBLIC_JWK)).key
        assert len(good) > 5
        for row in good:
            token = text_of(row["token"])
            assert kit.verify(token) == row["claims"]
            # PyJWT has no clock to set: the time of these tokens is not now.
            options: Any = {"verify_exp": False, "verify_iat": False}
            assert jwt.decode(token, key, [profile], options=options, audience="test") == row["claims"]

    @pytest.mark.parametrize("name", REFUSALS)
    def test_each_is_refused_by_its_code(self, profile: Any, name: str) -> None:
        token = getattr(create_tokens(profile=profile), name)()
        assert verdict(create_test_kit(profile=profile), token) == REFUSALS[name]

    @pytest.mark.parametrize("name", REFUSALS)
    def test_each_is_refused_by_its_code_of_a_kit_with_other_limits_and_claims(self, profile: Any, name: str) -> None:
        kit, tokens = create_test_kit(profile=profile, **LIMITED), create_tokens(profile=profile, **LIMITED)
        assert kit.verify(tokens.mint({"tid": "t1"}))["tid"] == "t1"
        token = getattr(tokens, name)({"sub": "u2", "roles": ["user"], "permissions": [], "tid": "t1"})
        assert verdict(kit, token) == REFUSALS[name]


def test_the_list_of_refusals_is_that_of_both_languages() -> None:
    assert dict(REFUSALS) == {snake(name): code for name, code in EXPECTED["refusals"].items()}


def test_denied_is_a_good_token() -> None:
    claims = create_test_kit().verify(create_tokens().denied({"roles": ["admin"], "scope": "read"}))
    assert (claims["sub"], "roles" in claims, "scope" in claims) == ("u1", False, False)


def test_wrong_algorithm_is_a_good_hs256_token_for_whoever_takes_those() -> None:
    now = datetime.now(tz=UTC)
    tokens = create_tokens(clock=(now - timedelta(seconds=5)).timestamp)
    payload = jwt.decode(tokens.wrong_algorithm(), unb64(testing.TEST_SECRET), ["HS256"], audience="test")
    assert payload["sub"] == "u1"


class Remote:
    alg = "HS512"
    kid = "s"

    def __init__(self, signature: object) -> None:
        self.signature = signature

    def sign(self, _message: bytes) -> Any:
        return self.signature


def test_keys_of_a_kit_with_its_own_secret_key_or_signer() -> None:
    configs: list[Any] = [{"secret": SECRET, "kid": "mine"}, {"private_key": JWK}]
    for config in configs:
        kit = create_test_kit(**config)
        assert kit.verify(create_tokens(**config).mint())["sub"] == "u1"
        with pytest.raises(TokenError):
            kit.verify(create_test_kit().sign({}))
    signer: Any = Remote(bytes(64))
    assert create_tokens(signer=signer).mint().endswith("." + "A" * 86)
    signer.signature = "awaitable"
    with pytest.raises(MisuseError):
        create_tokens(signer=signer).mint()
    assert create_test_kit(public_keys=public(JWK)).describe()["secrets"] == []
    with pytest.raises(ConfigError) as caught:
        create_tokens(public_keys=public(JWK))
    assert (caught.value.code, caught.value.variable) == ("config_missing", "secret")


def test_a_secret_without_kid_answers_to_every_one() -> None:
    with pytest.raises(MisuseError):
        create_tokens(secret=SECRET).unknown_key()
    with pytest.raises(MisuseError):
        create_tokens(trust=[{"issuer": ISSUER, "algorithms": ["HS512"], "secrets": [SECRET]}]).unknown_key()
    accepting: Any = {"accept_secrets": [SECRET], "accept": ["HS512", "EdDSA"], "private_key": JWK}
    assert verdict(create_test_kit(**accepting), create_tokens(**accepting).unknown_key()) == "key_not_found"


TOKENS: Any = create_tokens()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: testing.environment_for_tests("RS256"),  # type: ignore[arg-type] # wrong on purpose
        lambda: TOKENS.mint([]),
        lambda: TOKENS.mint({}, header="x"),
        lambda: TOKENS.mint({}, without="sub"),
        lambda: TOKENS.mint({}, without=[1]),
        lambda: TOKENS.delegated([]),
        lambda: TOKENS.delegated(1),
        lambda: TOKENS.delegated(["a", 1]),
        lambda: TOKENS.expired("x"),
    ],
)
def test_wrong_arguments(wrong: Callable[[], object]) -> None:
    with pytest.raises(MisuseError):
        wrong()


def test_what_json_cannot_carry() -> None:
    with pytest.raises(TokenError) as caught:
        TOKENS.mint({"a": object()})
    assert (caught.value.code, caught.value.claim) == ("value_unsupported", "a")


def test_an_environment_for_tests_is_that_of_a_kit_for_tests() -> None:
    profiles: list[Any] = PROFILES
    for profile in profiles:
        config = config_from_environment(testing.environment_for_tests(profile))
        config["clock"] = lambda: NOW
        kit = Kit(**config)
        assert kit.verify(create_tokens(profile=profile).mint())["sub"] == "u1"
    assert testing.environment_for_tests() == testing.environment_for_tests("HS512")


async def test_an_event_loop_has_the_same_kit() -> None:
    kit = aio.Kit(**testing.config_for_tests())
    assert await kit.sign({"sub": "u1"}) == create_tokens().mint()


def test_a_fixed_clock_moves_when_it_is_told() -> None:
    clock = fixed_clock()
    assert clock() == testing.TEST_NOW
    kit = create_test_kit(clock=clock, leeway=0)
    token = kit.sign({"sub": "u1"}, ttl=10)
    clock.advance(9.5)
    assert kit.verify(token)["sub"] == "u1"
    clock.advance(0.5)
    with pytest.raises(kit_jwt.TokenError) as caught:
        kit.verify(token)
    assert caught.value.code == "token_expired"
    clock.set(testing.TEST_NOW)
    assert kit.verify(token)["sub"] == "u1"
    wrongs: list[Any] = [float("nan"), float("inf"), "1", None, True]
    for wrong in wrongs:
        for call_clock in (fixed_clock, clock.advance, clock.set):
            with pytest.raises(MisuseError):
                call_clock(wrong)


def test_entropy_repeats_from_run_to_run_and_differs_from_call_to_call() -> None:
    entropy = testing.repeating_entropy()
    assert [entropy(4), entropy(0), entropy(2)] == [b"\0\0\0\1", b"", b"\0\3"]
    assert entropy(1) == b"\4"
    assert [entropy(1) for _ in range(5, 258)][-1] == b"\1"
    assert entropy(3) == b"\0\1\2"
