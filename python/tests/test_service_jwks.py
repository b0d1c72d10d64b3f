"""A service binding that gives a JWKS. Those of JavaScript are tested in Pyodide; here they are Python's."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from kit_jwt import ConfigError, MisuseError, TokenError, aio, generate_key_pair, workers
from kit_jwt.workers import make_kit, service_jwks

from .material import ISSUER, JWK

BASE: dict[str, Any] = {"issuer": ISSUER, "audience": "api"}
ENV: dict[str, Any] = {"JWT_ISS": ISSUER, "JWT_AUD": "api", "JWT_JWKS_SERVICE": "KEYS"}
PUBLIC = {name: value for name, value in JWK.items() if name != "d"}


class Keys:
    """A service with the RPC method."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def jwks(self) -> Any:
        self.asked += 1
        answer = self.answers[min(self.asked, len(self.answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


async def token(clock: Clock, **claims: Any) -> str:
    return await aio.Kit(**BASE, private_key=JWK, clock=clock).sign({"sub": "u1", **claims}, ttl=86400)


def verifier(binding: Any, clock: Clock, **options: Any) -> aio.Kit:
    return aio.Kit(**BASE, key_source=service_jwks(binding, **options), clock=clock)


async def code_of(kit: aio.Kit, text: str) -> str:
    with pytest.raises(TokenError) as caught:
        await kit.verify(text)
    return caught.value.code


async def test_it_is_asked_once_until_the_cache_has_run_out() -> None:
    clock, keys = Clock(), Keys({"keys": [PUBLIC]})
    kit = verifier(keys, clock, cache_ttl=60)
    text = await token(clock)
    for _ in range(3):
        assert (await kit.verify(text))["sub"] == "u1"
    assert keys.asked == 1
    clock.now += 60
    await kit.verify(text)
    assert keys.asked == 2


async def test_an_unknown_kid_asks_again_behind_a_cooldown() -> None:
    clock, keys = Clock(), Keys({"keys": []}, {"keys": [PUBLIC]})
    kit = verifier(keys, clock)
    text = await token(clock)
    assert await code_of(kit, text) == "key_not_found"
    assert await code_of(kit, text) == "key_not_found"
    assert keys.asked == 1
    clock.now += 60
    assert (await kit.verify(text))["sub"] == "u1"
    assert keys.asked == 2


async def test_a_service_that_fails_is_left_alone_for_a_while() -> None:
    clock, keys = Clock(), Keys(OSError("down"), {"keys": [PUBLIC]})
    kit = verifier(keys, clock)
    text = await token(clock)
    assert await code_of(kit, text) == "jwks_unavailable"
    assert await code_of(kit, text) == "jwks_unavailable"
    assert keys.asked == 1
    clock.now += 15
    assert (await kit.verify(text))["sub"] == "u1"


async def test_an_outage_leaves_known_keys_in_place() -> None:
    clock, keys = Clock(), Keys({"keys": [PUBLIC]}, OSError("down"))
    kit = verifier(keys, clock)
    assert (await kit.verify(await token(clock)))["sub"] == "u1"
    clock.now += 30
    other = aio.Kit(**BASE, private_key=generate_key_pair().private_jwk, clock=clock)
    assert await code_of(kit, await other.sign({"sub": "u2"})) == "key_not_found"
    assert keys.asked == 2
    assert (await kit.verify(await token(clock)))["sub"] == "u1"


@pytest.mark.parametrize("answer", [{"keys": 5}, 5, [], "x"])
async def test_what_is_no_key_set_is_unavailable(answer: Any) -> None:
    clock = Clock()
    assert await code_of(verifier(Keys(answer), clock), await token(clock)) == "jwks_unavailable"


async def test_a_service_that_never_answers_is_not_waited_for() -> None:
    class Silent:
        async def jwks(self) -> None:
            await asyncio.Event().wait()

    clock = Clock()
    assert await code_of(verifier(Silent(), clock, timeout=0.01), await token(clock)) == "jwks_unavailable"


@pytest.mark.parametrize(("binding", "options"), [(None, {}), ("KEYS", {}), ({}, {}), (object(), {})])
def test_it_has_to_be_a_service(binding: Any, options: Any) -> None:
    with pytest.raises(MisuseError):
        service_jwks(binding, **options)


@pytest.mark.parametrize("cache_ttl", [0, True, 1.5, "60"])
def test_a_cache_has_whole_seconds(cache_ttl: Any) -> None:
    with pytest.raises(MisuseError):
        service_jwks(Keys({"keys": []}), cache_ttl=cache_ttl)


class TestEnvironment:
    @pytest.mark.parametrize("wrap", [dict, lambda env: SimpleNamespace(**env)])
    async def test_a_name_leads_to_the_binding(self, wrap: Any) -> None:
        env = {
            **ENV,
            "JWT_JWKS_CACHE_TTL_SECONDS": "60",
            "JWT_MAX_LIFETIME_SECONDS": "999999",
            "KEYS": Keys({"keys": [PUBLIC]}),
        }
        kit = make_kit(wrap(env))
        fresh = aio.Kit(**BASE, private_key=JWK)
        assert (await kit.verify(await fresh.sign({"sub": "u1"})))["sub"] == "u1"
        described = kit.describe()
        assert (described["jwksService"], described["jwksCacheTtl"]) == ("KEYS", 60)

    async def test_the_name_may_be_named_itself(self) -> None:
        env = {**ENV, "JWT_JWKS_SERVICE_NAME": "WHICH", "WHICH": "KEYS", "KEYS": Keys({"keys": [PUBLIC]})}
        del env["JWT_JWKS_SERVICE"]
        token_now = await aio.Kit(**BASE, private_key=JWK).sign({"sub": "u1"})
        assert (await make_kit(env).verify(token_now))["sub"] == "u1"
        del env["KEYS"]
        with pytest.raises(ConfigError) as caught:
            make_kit(env)
        assert (caught.value.code, caught.value.variable) == ("config_missing", "JWT_JWKS_SERVICE_NAME")

    @pytest.mark.parametrize(("bound", "code"), [({}, "config_missing"), ({"KEYS": "text"}, "config_invalid")])
    def test_a_service_that_is_none_is_a_fault(self, bound: dict[str, str], code: str) -> None:
        with pytest.raises(ConfigError) as caught:
            workers.make_kit({**ENV, **bound})
        assert (caught.value.code, caught.value.variable) == (code, "JWT_JWKS_SERVICE")
