"""Limits by the variables of an environment."""

from __future__ import annotations

from typing import Any

import pytest

from kit_jwt import ConfigError
from kit_jwt.http import Limit, limits_from_environment, rate_of

from .vectors import CONFORMANCE, load

_NUMBERS = [one for one in load(CONFORMANCE / "http" / "variables.json")["variables"] if one["kind"] == "number"]
_TESTS = load(CONFORMANCE / "limits" / "environment.json")["tests"]


@pytest.mark.parametrize("test", _TESTS, ids=lambda test: test["id"])
def test_limits_of_an_environment(test: Any) -> None:
    expected = test["expected"]
    if "code" in expected:
        with pytest.raises(ConfigError) as caught:
            limits_from_environment(test["environment"])
        assert (caught.value.code, caught.value.variable) == (expected["code"], expected["variable"])
        return
    limits = limits_from_environment(test["environment"])
    for name in ("read", "write", "webhook"):
        limit: Limit = getattr(limits, name)
        assert limit == Limit(name=name, quota=expected[name], window_seconds=expected["windowSeconds"])
        # A limiter takes what an environment can say.
        assert rate_of(limit).burst == limit.quota


def told(environment: dict[str, str]) -> dict[str, int]:
    """What of the limits is told of by the table of variables, by variable."""
    limits = limits_from_environment(environment)
    return {
        "RATE_LIMIT_WINDOW_MS": limits.read.window_seconds * 1000,
        "RATE_LIMIT_READ_MAX": limits.read.quota,
        "RATE_LIMIT_WRITE_MAX": limits.write.quota,
        "RATE_LIMIT_WEBHOOK_MAX": limits.webhook.quota,
    }


class Watched(dict[str, str]):
    """An environment that is empty, and knows what was looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return default


def test_exactly_the_numbers_of_the_table_of_variables_are_read() -> None:
    environment = Watched()
    assert limits_from_environment(environment) == limits_from_environment({})
    assert environment.asked == {one["name"] for one in _NUMBERS}


@pytest.mark.parametrize("one", _NUMBERS, ids=lambda one: one["name"])
def test_each_has_the_default_and_the_range_that_are_told(one: Any) -> None:
    name, step = one["name"], one.get("step", 1)
    assert told({})[name] == one["default"]
    for right in (one["least"], one["most"]):
        assert told({name: str(right)})[name] == right
    for wrong in (one["least"] - step, one["most"] + step, one["least"] + step / 2):
        with pytest.raises(ConfigError) as caught:
            told({name: str(wrong)})
        assert (caught.value.code, caught.value.variable) == ("config_invalid", name)
