"""Randomness that is none."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count


def repeating_entropy() -> Callable[[int], bytes]:
    r"""Bytes that repeat from run to run and differ from call to call. Never for anything but tests.

    They are the number of the call, as a big-endian number of the asked size. The first `jti` made of them is
    `00000000-0000-4000-8000-000000000001`.

    Returns:
        Entropy for `create_test_kit` and `create_tokens`; shared by both, no `jti` comes twice.

    >>> entropy = repeating_entropy()
    >>> entropy(4), entropy(2)
    (b'\x00\x00\x00\x01', b'\x00\x02')
    """
    calls = count(1)
    return lambda size: (next(calls) % 256**size).to_bytes(size, "big")
