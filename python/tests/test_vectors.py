"""Every shared vector is a test of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Unpack

import pytest

from kit_jwt import Claims, Kit, KitError, Principal, aio
from kit_jwt.auth.policy_builder import AnyPolicy
from kit_jwt.call_options import CheckOptions, VerifyOptions
from kit_jwt.conformance.faces import AWAITABLE, SYNCHRONOUS, at_once
from kit_jwt.conformance.inputs import World
from kit_jwt.conformance.kinds import KINDS
from kit_jwt.conformance.runner import result_of, run_test

from .vectors import FILES, load, vectors_of

REMEMBERING = {"signatureCacheBytes": 1_000_000}


@pytest.mark.parametrize(("kind", "test", "kits"), list(vectors_of(*KINDS)))
def test_vector(kind: str, test: dict[str, Any], kits: dict[str, Any]) -> None:
    result = run_test(KINDS[kind], test, kits)
    assert result.passed, f"{test['comment']}: expected {result.expected}, got {result.got}"


def answer_of(call: Callable[[], object]) -> object:
    try:
        return call()
    except KitError as error:
        return str(error)


async def answer_awaited(call: Callable[[], Awaitable[object]]) -> object:
    try:
        return await call()
    except KitError as error:
        return str(error)


class Repeating(Kit):
    """Is asked about each token three times, so that it remembers the signature when its last answer is looked at."""

    __slots__ = ()

    def verify(self, token: str, /, **options: Unpack[VerifyOptions]) -> Claims:
        cold, warm = (answer_of(lambda: super(Repeating, self).verify(token, **options)) for _ in range(2))
        assert cold == warm
        return super().verify(token, **options)

    def check_auth(self, token: str, policy: AnyPolicy, /, **options: Unpack[CheckOptions]) -> Principal:
        cold, warm = (answer_of(lambda: super(Repeating, self).check_auth(token, policy, **options)) for _ in range(2))
        assert cold == warm
        return super().check_auth(token, policy, **options)


class RepeatingAwaited(aio.Kit):
    """As `Repeating`, awaited."""

    __slots__ = ()

    async def verify(self, token: str, /, **options: Unpack[VerifyOptions]) -> Claims:
        cold = await answer_awaited(lambda: super(RepeatingAwaited, self).verify(token, **options))
        assert await answer_awaited(lambda: super(RepeatingAwaited, self).verify(token, **options)) == cold
        return await super().verify(token, **options)

    async def check_auth(self, token: str, policy: AnyPolicy, /, **options: Unpack[CheckOptions]) -> Principal:
        cold = await answer_awaited(lambda: super(RepeatingAwaited, self).check_auth(token, policy, **options))
        assert cold == await answer_awaited(lambda: super(RepeatingAwaited, self).check_auth(token, policy, **options))
        return await super().check_auth(token, policy, **options)


def remembering(test: dict[str, Any], kits: dict[str, Any]) -> dict[str, Any]:
    """A test of a kit, with a kit that remembers signatures."""
    kit = kits[test["kit"]] if isinstance(test["kit"], str) else test["kit"]
    return {**test, "kit": {**REMEMBERING, **kit}} if isinstance(kit, dict) else test


@pytest.mark.parametrize(("kind", "test", "kits"), list(vectors_of("verify")))
@pytest.mark.parametrize("face", [replace(SYNCHRONOUS, kit=Repeating), replace(AWAITABLE, kit=RepeatingAwaited)])
def test_verifying_again_what_is_remembered(face: Any, kind: str, test: dict[str, Any], kits: dict[str, Any]) -> None:
    result = at_once(result_of(KINDS[kind], remembering(test, kits), {}, World(face)))
    assert result.passed, f"{test['comment']}: expected {result.expected}, got {result.got}"


@pytest.mark.parametrize(
    ("kind", "test", "kits"), [one for one in vectors_of("jwks-timeline") if "kit" in one.values[1]]
)
def test_a_kit_that_remembers_over_time(kind: str, test: dict[str, Any], kits: dict[str, Any]) -> None:
    result = run_test(KINDS[kind], remembering(test, kits), {})
    assert result.passed, f"{test['comment']}: expected {result.expected}, got {result.got}"


def test_every_file_is_of_a_known_kind_and_counts_its_tests() -> None:
    assert FILES
    for path in FILES:
        parsed = load(path)
        assert parsed["kind"] in KINDS
        assert parsed["numberOfTests"] == sum(len(group["tests"]) for group in parsed["groups"])


def test_no_id_is_used_twice() -> None:
    ids = [test["id"] for path in FILES for group in load(path)["groups"] for test in group["tests"]]
    assert len(ids) == len(set(ids))
