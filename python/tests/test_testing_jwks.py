"""The fake JWKS endpoint, asked by kits, by `remote_jwks` and by nobody."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

import kit_jwt.testing.jwks
from kit_jwt import Kit, MisuseError, TokenError, remote_jwks
from kit_jwt.testing import (
    TEST_ISSUER,
    TEST_PUBLIC_JWKS,
    FakeJwks,
    FixedClock,
    create_test_kit,
    create_tokens,
    fake_jwks,
    fixed_clock,
)

from .material import JWK, NOW, public


class World:
    def __init__(self) -> None:
        self.jwks: FakeJwks = fake_jwks()
        self.clock: FixedClock = fixed_clock()
        self.kit: Kit = create_test_kit(jwks_url=self.jwks.url, transport=self.jwks.transport, clock=self.clock)

    def mint(self) -> str:
        return create_tokens(private_key=self.jwks.private_key, clock=self.clock).mint()

    def refusal(self, token: str) -> str:
        with pytest.raises(TokenError) as caught:
            self.kit.verify(token)
        return caught.value.code


@pytest.fixture
def world() -> World:
    return World()


def test_a_kit_of_its_url_takes_the_tokens_of_its_key_and_asks_once(world: World) -> None:
    token, subjects = world.mint(), []
    threads = [threading.Thread(target=lambda: subjects.append(world.kit.verify(token)["sub"])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (subjects, world.jwks.requests) == (["u1"] * 4, 1)


def test_remote_jwks_takes_it_as_its_transport() -> None:
    jwks = fake_jwks(url="https://keys.test/")
    source = remote_jwks(jwks.url, transport=jwks.transport)
    kit = Kit(issuer=TEST_ISSUER, audience="test", key_source=source, clock=lambda: NOW)
    assert kit.verify(create_tokens(profile="EdDSA").mint())["sub"] == "u1"
    assert jwks.requests == 1


def test_after_a_rotation_both_keys_hold_or_the_new_one_alone(world: World) -> None:
    old = world.mint()
    world.jwks.rotate()
    new = world.mint()
    assert world.jwks.keys == [TEST_PUBLIC_JWKS[1], TEST_PUBLIC_JWKS[0]]
    assert [world.kit.verify(token)["sub"] for token in (old, new)] == ["u1", "u1"]
    world.jwks.rotate(keep=False)
    assert world.jwks.keys == [TEST_PUBLIC_JWKS[2]]
    world.clock.advance(300)
    assert world.kit.verify(world.mint())["sub"] == "u1"
    assert world.refusal(old) == "key_not_found"
    assert world.jwks.requests == 2


def test_rotation_comes_round_to_the_first_key() -> None:
    jwks = fake_jwks()
    first = jwks.private_key
    for _ in TEST_PUBLIC_JWKS:
        jwks.rotate()
    assert jwks.private_key == first
    assert [key["kid"] for key in jwks.keys] == [TEST_PUBLIC_JWKS[index]["kid"] for index in (0, 3, 2, 1)]


def test_it_fails_by_a_status_cannot_be_reached_and_recovers(world: World) -> None:
    token = world.mint()
    world.jwks.fail(503)
    assert [world.refusal(token), world.refusal(token)] == ["jwks_unavailable"] * 2
    assert world.jwks.requests == 1
    world.clock.advance(15)
    world.jwks.fail()
    assert world.refusal(token) == "jwks_unavailable"
    assert world.jwks.requests == 2
    world.clock.advance(15)
    world.jwks.recover()
    assert world.kit.verify(token)["sub"] == "u1"
    assert world.jwks.requests == 3


def test_it_serves_other_keys_and_text_that_is_no_key_set(world: World) -> None:
    token = world.mint()
    world.jwks.serve([public(JWK)])
    assert world.refusal(token) == "key_not_found"
    assert world.jwks.keys == [public(JWK)]
    broken = World()
    broken.jwks.serve("<html>")
    assert broken.refusal(token) == "jwks_unavailable"
    assert (broken.jwks.keys, broken.jwks.answer().body) == ([], "<html>")


def test_it_takes_its_time_until_the_asker_gives_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.jwks.slow(0.02)
    began = time.monotonic()
    assert world.kit.verify(world.mint())["sub"] == "u1"
    assert time.monotonic() - began >= 0.015
    monkeypatch.setattr(kit_jwt.testing.jwks, "_PATIENCE", 0.01)
    world.jwks.slow(600)
    with pytest.raises(OSError, match="no key set"):
        world.jwks.transport(world.jwks.url)
    world.jwks.recover()
    assert json.loads(world.jwks.transport(world.jwks.url)) == {"keys": [dict(TEST_PUBLIC_JWKS[0])]}
    assert world.jwks.requests == 3


def test_it_answers_with_cache_control_and_etag_and_304_to_whoever_has_that_one() -> None:
    jwks = fake_jwks()
    answer = jwks.answer()
    assert (answer.status, answer.headers) == (
        200,
        {"cache-control": "public, max-age=300", "content-type": "application/jwk-set+json", "etag": '"1"'},
    )
    assert json.loads(answer.body) == {"keys": [dict(TEST_PUBLIC_JWKS[0])]}
    unchanged = jwks.answer('"1"')
    assert (unchanged.status, unchanged.body, unchanged.headers["etag"]) == (304, "", '"1"')
    jwks.rotate()
    assert [jwks.answer('"1"').status, jwks.answer('"2"').status] == [200, 304]
    assert jwks.requests == 0
    plain = fake_jwks(cache_control=None, etag=False)
    assert plain.answer('"1"').headers == {"content-type": "application/jwk-set+json"}
    assert fake_jwks(cache_control="no-store").answer().headers["cache-control"] == "no-store"


def test_another_address_is_not_there() -> None:
    jwks = fake_jwks()
    with pytest.raises(OSError, match="no such host"):
        jwks.transport("https://other.test/")
    assert jwks.requests == 0


JWKS: Any = fake_jwks()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: JWKS.serve({"keys": []}),
        lambda: JWKS.serve([object()]),
        lambda: JWKS.fail(99),
        lambda: JWKS.fail(200.5),
        lambda: JWKS.fail(600),
        lambda: JWKS.slow(-1),
        lambda: JWKS.slow(float("nan")),
        lambda: JWKS.slow(float("inf")),
        lambda: JWKS.slow(True),
    ],
)
def test_wrong_arguments(wrong: Callable[[], object]) -> None:
    with pytest.raises(MisuseError):
        wrong()
