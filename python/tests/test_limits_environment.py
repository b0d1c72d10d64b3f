"""Limits by the variables of an environment."""

from __future__ import annotations

from typing import Any

import pytest

from kit_jwt import ConfigError
from kit_jwt.http import Limit, limits_from_environment, rate_of

from .vectors import CONFORMANCE, load

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
