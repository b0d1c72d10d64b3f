"""A guard without a framework."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kit_jwt.http import Check, Guard, GuardRequest, Outcome, Refusal

from .http_vectors import FILE, World, body_of, headers_of


def _parts_of(step: Any) -> GuardRequest:
    def header(name: str) -> list[str]:
        return [value.strip() for one, value in headers_of(step) if one.lower() == name]

    return GuardRequest(header=header, query=step.get("query", ""), peer="127.0.0.1")


def _id_of(step: Any) -> str:
    return str(step["path"].rpartition("/")[2])


def _at_once(check: Check[Any], step: Any) -> Outcome:
    return check.decide(step)


def _awaited(check: Check[Any], step: Any) -> Outcome:
    return asyncio.run(check.decide_awaiting(step))


@pytest.mark.parametrize("face", [_at_once, _awaited])
@pytest.mark.parametrize("test", FILE["tests"], ids=lambda test: test["id"])
def test_vectors(test: Any, face: Any) -> None:
    world = World(test["guard"], test["now"], is_awaited=face is _awaited)
    guard: Guard[Any] = Guard(_parts_of, **world.options)
    checks = {path: guard(*policy, **route) for path, policy, route in world.routes(_id_of)}
    for step in test["requests"]:
        world.expects(step)
        pattern = step["path"].removesuffix(_id_of(step)) + ":id"
        outcome = face(checks.get(step["path"]) or checks[pattern], step)
        if isinstance(outcome, Refusal):
            world.check(outcome.status, outcome.headers, outcome.body, step)
        else:
            world.check(200, outcome.headers, body_of(outcome.auth.subject), step)
