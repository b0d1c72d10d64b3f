"""Fixtures for pytest. The one module that needs pytest, which a program has or has not.

Load it in the `conftest.py` at the root of the tests, or with `-p kit_jwt.testing.pytest`::

    pytest_plugins = ["kit_jwt.testing.pytest"]

    def test_an_expired_token_is_refused(kit, tokens):
        with pytest.raises(TokenError) as caught:
            kit.verify(tokens.expired())
        assert caught.value.code == "token_expired"

It is loaded on request only: kit-jwt is installed wherever a program runs, and `kit` and `clock` are short names. For
another configuration, of a module or a class, override `kit_config`::

    @pytest.fixture
    def kit_config():
        return {"profile": "EdDSA"}
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kit_jwt import aio
from kit_jwt.config.options import KitConfig
from kit_jwt.kit import Kit

from .clock import FixedClock, fixed_clock
from .entropy import repeating_entropy
from .jwks import FakeJwks, fake_jwks
from .kit import config_for_tests, create_test_kit
from .tokens import Tokens, create_tokens

__all__ = ["aio_kit", "clock", "entropy", "jwks", "kit", "kit_config", "tokens"]


@pytest.fixture
def kit_config() -> KitConfig:
    """Configuration of `kit`, `aio_kit` and `tokens`, empty unless overridden."""
    return {}


@pytest.fixture
def clock() -> FixedClock:
    """Stands at `TEST_NOW`; shared by `kit`, `aio_kit` and `tokens`."""
    return fixed_clock()


@pytest.fixture
def entropy() -> Callable[[int], bytes]:
    """Repeats from run to run; shared by `kit`, `aio_kit` and `tokens`, so that no `jti` comes twice."""
    return repeating_entropy()


@pytest.fixture
def kit(kit_config: KitConfig, clock: FixedClock, entropy: Callable[[int], bytes]) -> Kit:
    """A kit for tests, see `create_test_kit`."""
    return create_test_kit(**_config(kit_config, clock, entropy))


@pytest.fixture
def aio_kit(kit_config: KitConfig, clock: FixedClock, entropy: Callable[[int], bytes]) -> aio.Kit:
    """The same for an event loop."""
    return aio.Kit(**config_for_tests(**_config(kit_config, clock, entropy)))


@pytest.fixture
def tokens(kit_config: KitConfig, clock: FixedClock, entropy: Callable[[int], bytes]) -> Tokens:
    """Tokens for `kit`, see `create_tokens`."""
    return create_tokens(**_config(kit_config, clock, entropy))


@pytest.fixture
def jwks() -> FakeJwks:
    """A JWKS endpoint, see `fake_jwks`; nothing asks it unless a kit is made for it."""
    return fake_jwks()


def _config(kit_config: KitConfig, clock: FixedClock, entropy: Callable[[int], bytes]) -> KitConfig:
    shared: KitConfig = {"clock": clock, "entropy": entropy}
    shared.update(kit_config)
    return shared
