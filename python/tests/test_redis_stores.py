"""Where the stores of a service are."""

from __future__ import annotations

import time
import uuid
from typing import Any

import pytest

from kit_jwt import ConfigError, Kit, TokenError, aio, generate_secret, unsafe_trust_claims
from kit_jwt.http import Limit
from kit_jwt.redis import (
    AioRedisReplayStore,
    AioStores,
    RedisReplayStore,
    Stores,
    stores_from_environment,
    stores_from_environment_aio,
)

from .redis_servers import NEEDS_REDIS, redis_server
from .vectors import CONFORMANCE, load

pytestmark = pytest.mark.usefixtures("patient_sockets")

FILE: Any = load(CONFORMANCE / "redis" / "stores.json")
FACES = [stores_from_environment, stores_from_environment_aio]
ISSUER = "https://auth.example"
ONE = Limit(name="read", quota=1, window_seconds=60)
RIGHT = ["token_replayed", "token_revoked", False]


@pytest.mark.parametrize("choose", FACES)
@pytest.mark.parametrize("test", FILE["tests"], ids=lambda test: test["id"])
def test_stores(test: Any, choose: Any) -> None:
    told: list[str] = []
    expected = test["expect"]
    if isinstance(expected, dict):
        with pytest.raises(ConfigError) as caught:
            choose(test["environment"], warn=told.append)
        assert {"code": caught.value.code, "variable": caught.value.variable} == expected
    else:
        stores = choose(test["environment"], warn=told.append)
        assert ("memory" if stores.redis is None else "redis") == expected
    assert told == ([FILE["says"]] if expected == "memory" else [])


def used(stores: Stores) -> list[object]:
    """What passes once, what is revoked, and what a budget of one has for the second."""
    kit = Kit(
        issuer=ISSUER,
        audience="orders",
        secret=generate_secret(),
        replay=stores.replay,
        revocation=stores.revocation,
    )
    claims = kit.verify(kit.sign({"sub": "u1", "jti": str(uuid.uuid4())}))
    kit.consume_once(claims)
    with pytest.raises(TokenError) as replayed:
        kit.consume_once(claims)
    other = kit.sign({"sub": "u1", "jti": "revoked"})
    expires: Any = claims["exp"]
    stores.revocation.revoke(issuer=ISSUER, jti="revoked", expires=expires)
    with pytest.raises(TokenError) as revoked:
        kit.verify(other)
    stores.limiter.draw("u1", ONE, 1)
    return [replayed.value.code, revoked.value.code, stores.limiter.draw("u1", ONE, 1).allowed]


async def used_awaiting(stores: AioStores) -> list[object]:
    kit = aio.Kit(
        issuer=ISSUER,
        audience="orders",
        secret=generate_secret(),
        replay=stores.replay,
        revocation=stores.revocation,
    )
    claims = await kit.verify(await kit.sign({"sub": "u1", "jti": str(uuid.uuid4())}))
    await kit.consume_once(claims)
    with pytest.raises(TokenError) as replayed:
        await kit.consume_once(claims)
    other = await kit.sign({"sub": "u1", "jti": "revoked"})
    expires: Any = claims["exp"]
    await stores.revocation.revoke(issuer=ISSUER, jti="revoked", expires=expires)
    with pytest.raises(TokenError) as revoked:
        await kit.verify(other)
    return [replayed.value.code, revoked.value.code, False]


STRANGE = ["{}", "{kit:limit:0}", "a\nb", "a\r\nFLUSHALL", "a\0", "a\0b", " ", "é", "e\u0301", "🙂", "j" * 10_000]


def told_apart(stores: Stores) -> None:
    """Names that some store might read as something else: as tokens, as revoked ones, and as budgets."""
    now = time.time()
    expires = now + 300

    def seen(name: str) -> tuple[object, bool, bool]:
        claims = unsafe_trust_claims({"iss": ISSUER, "jti": name, "exp": expires})
        use = stores.replay.consume(issuer=ISSUER, jti=name, expires=expires, now=now, issued=now)
        drawn = stores.limiter.draw(name, Limit(name="strange", quota=1, window_seconds=60), 1)
        is_revoked = stores.revocation.is_revoked(claims, now)
        stores.revocation.revoke(issuer=ISSUER, jti=name, expires=expires)
        return use, drawn.allowed, is_revoked

    assert [seen(name) for name in STRANGE] == [("fresh", True, False)] * len(STRANGE)
    assert [seen(name) for name in STRANGE] == [("replayed", False, True)] * len(STRANGE)


async def test_in_memory_they_are_whole_and_that_is_said_once_in_a_process(capsys: pytest.CaptureFixture[str]) -> None:
    stores, awaited = stores_from_environment({}), stores_from_environment_aio({})
    assert capsys.readouterr().err == f"{FILE['says']}\n"
    assert used(stores) == RIGHT
    told_apart(stores)
    assert await used_awaiting(awaited) == RIGHT
    stores.close()
    await awaited.aclose()


@NEEDS_REDIS
async def test_on_a_redis_they_are_whole_and_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with redis_server() as server:
        stores = stores_from_environment({"REDIS_URL": server.url}, deadline_seconds=5, prefix="own")
        assert stores.redis is not None
        RedisReplayStore(stores.redis, deadline_seconds=5, prefix="own").unsafe_start_empty()
        assert used(stores) == RIGHT
        told_apart(stores)
        stores.close()
        awaited = stores_from_environment_aio({"REDIS_URL": server.url}, deadline_seconds=5, prefix="own")
        assert awaited.redis is not None
        await AioRedisReplayStore(awaited.redis, deadline_seconds=5, prefix="own").unsafe_start_empty()
        assert await used_awaiting(awaited) == RIGHT
        await awaited.aclose()
    assert capsys.readouterr().err == ""
