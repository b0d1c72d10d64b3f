"""What every test may lean on: fast property tests, and no environment of whoever runs them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from kit_jwt.environment_kit import BINDINGS

pytest_plugins = ["kit_jwt.testing.pytest"]

settings.register_profile(
    "kit",
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
)
settings.load_profile("kit")


@pytest.fixture
def patient_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let connections to Redis wait for a busy machine, which a deadline of five seconds alone does not."""
    monkeypatch.setattr("kit_jwt.redis.clients.SOCKET_SECONDS", 20)


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in list(os.environ):
        if name.startswith("JWT_"):
            monkeypatch.delenv(name)
    BINDINGS.apply({})
    yield
    BINDINGS.apply({})
