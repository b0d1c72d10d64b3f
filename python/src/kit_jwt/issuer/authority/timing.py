"""How long things last in the life of a key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kit_jwt.encoding.json_value import is_number
from kit_jwt.errors import ConfigError

LEAST_AGE: Final = 30
"""A verifier keeps any answer for so many seconds at least."""

LEAST_LOOK: Final = 1
"""A look at the store may take so many seconds at least: none takes no time."""

_MOST: Final = 999_999_999
"""Some 30 years."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Checked times, in whole seconds; made by `timing_of`.

    Attributes:
        rotate_every: that a key signs for.
        max_age: that verifiers may keep the published set (`Cache-Control: max-age`).
        cooldown: after which verifiers ask for an unknown `kid` again, at most.
        leeway: that clocks differ by, at most.
        longest_ttl: that any token lives.
        refresh: that a process goes on with what it read from the store.
        lead: that a key is published before it signs.
        retention: that a key stays published after it signed.
    """

    rotate_every: int
    max_age: int
    cooldown: int
    leeway: int
    longest_ttl: int
    refresh: int
    lead: int
    retention: int


def timing_of(
    *,
    rotate_every: int = 2_592_000,
    max_age: int = 300,
    cooldown: int = 30,
    leeway: int = 90,
    longest_ttl: int = 86_400,
    refresh: int = 5,
    lead: int | None = None,
    retention: int | None = None,
) -> Timing:
    """Compute lead and retention where they are not given, and check them where they are.

    Times under which a token could be refused that should pass are refused: a key that signs before verifiers can know
    it, or that is gone while its tokens live.

    Args:
        rotate_every: seconds that a key signs for.
        max_age: seconds that verifiers may keep the published set (`Cache-Control: max-age`, RFC 9111).
        cooldown: seconds after which verifiers ask for an unknown `kid` again, at most.
        leeway: seconds that clocks differ by, at most.
        longest_ttl: seconds that any token lives.
        refresh: seconds that a process goes on with what it read from the store.
        lead: seconds that a key is published before it signs; the least that is safe unless given.
        retention: seconds that a key stays published after it signed; the least that is safe unless given.

    Returns:
        The checked times.

    Raises:
        ConfigError: `config_invalid` with the name of the time: it is too short, or no count of seconds.

    >>> timing_of(longest_ttl=900).retention
    1090
    """
    rotate_every = _seconds("rotate_every", rotate_every, 1)
    max_age = _seconds("max_age", max_age)
    cooldown = _seconds("cooldown", cooldown)
    leeway = _seconds("leeway", leeway)
    longest_ttl = _seconds("longest_ttl", longest_ttl, 1)
    refresh = _seconds("refresh", refresh)
    least_lead = max(max_age, LEAST_AGE) + cooldown + leeway + refresh
    # Clocks count twice: those that retire and remove the key, and those that mint and verify. So does what a process
    # keeps: a write may be as long on its way.
    least_retention = longest_ttl + 2 * (leeway + max(refresh, LEAST_LOOK))
    lead = least_lead if lead is None else _seconds("lead", lead)
    retention = least_retention if retention is None else _seconds("retention", retention)
    # The next key is published when the one before it begins to sign.
    for name, value, least in (
        ("lead", lead, least_lead),
        ("retention", retention, least_retention),
        ("rotate_every", rotate_every, lead),
    ):
        if value < least:
            raise ConfigError("config_invalid", variable=name)
    return Timing(rotate_every, max_age, cooldown, leeway, longest_ttl, refresh, lead, retention)


def _seconds(name: str, value: object, least: int = 0) -> int:
    if not is_number(value) or value % 1 != 0 or not least <= value <= _MOST:
        raise ConfigError("config_invalid", variable=name)
    return int(value)
