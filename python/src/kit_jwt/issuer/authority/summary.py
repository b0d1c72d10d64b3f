"""Keys as people and dashboards see them."""

from __future__ import annotations

from dataclasses import dataclass

from .key_set import AuthorityAlgorithm, KeyRecord, KeyState


@dataclass(frozen=True, slots=True)
class KeySummary:
    """A key as people and dashboards see it: no material. Moments are seconds since the epoch.

    Attributes:
        kid: its id.
        algorithm: that it is for.
        state: of the key.
        published_at: since when verifiers can fetch it.
        activated_at: when it began to sign.
        retired_at: when it stopped.
        remove_at: when it goes, once it is retired.
    """

    kid: str
    algorithm: AuthorityAlgorithm
    state: KeyState
    published_at: int
    activated_at: int | None
    retired_at: int | None
    remove_at: int | None


def summary_of(key: KeyRecord) -> KeySummary:
    """The key without its material."""
    return KeySummary(
        key.kid, key.algorithm, key.state, key.published_at, key.activated_at, key.retired_at, key.remove_at
    )
