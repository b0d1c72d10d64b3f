"""For the tests of programs that use the kit: a clock that stands still, randomness that repeats, a kit that mints."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import shake_256
from typing import Final, Unpack

from .config.options import KitConfig
from .encoding.base64url import encode_base64url
from .kit import Kit

__all__ = ["TEST_AUDIENCE", "TEST_ISSUER", "TEST_SECRET", "FixedClock", "fixed_entropy", "make_test_kit"]

TEST_ISSUER: Final = "https://issuer.test"
TEST_AUDIENCE: Final = "test"
TEST_SECRET: Final = encode_base64url(shake_256(b"kit-jwt tests").digest(64))
"""A secret that everybody knows: for tests only."""


class FixedClock:
    """A clock that stands still until it is moved.

    >>> clock = FixedClock(1800000000)
    >>> clock.advance(60)
    >>> clock()
    1800000060
    """

    __slots__ = ("now",)

    def __init__(self, now: float = 1_800_000_000) -> None:
        """Start at `now`, seconds since the epoch."""
        self.now = now

    def __call__(self) -> float:
        """Tell the time."""
        return self.now

    def advance(self, seconds: float) -> None:
        """Move on; backwards with a negative number."""
        self.now += seconds


def fixed_entropy(seed: bytes = b"") -> Callable[[int], bytes]:
    """Bytes that repeat from run to run and differ from call to call. Never for anything but tests.

    >>> fixed_entropy()(4) == fixed_entropy()(4), len(fixed_entropy()(16))
    (True, 16)
    """
    calls = 0

    def entropy(size: int) -> bytes:
        nonlocal calls
        calls += 1
        return shake_256(seed + calls.to_bytes(8, "big")).digest(size)

    return entropy


def make_test_kit(**config: Unpack[KitConfig]) -> Kit:
    """A kit for tests: HS512 with a known secret, a fixed clock and repeating randomness, unless `config` says else.

    Args:
        config: members of `KitConfig` in place of these.

    Raises:
        ConfigError: as `Kit`.

    >>> kit = make_test_kit()
    >>> kit.sign({"sub": "u1"}) == make_test_kit().sign({"sub": "u1"})
    True
    """
    defaults: KitConfig = {
        "issuer": TEST_ISSUER,
        "audience": TEST_AUDIENCE,
        "clock": FixedClock(),
        "entropy": fixed_entropy(),
    }
    if not {"secret", "private_key", "signer"}.intersection(config):
        defaults["secret"] = TEST_SECRET
    defaults.update(config)
    return Kit(**defaults)
