"""What of a kit may be shown."""

from __future__ import annotations

from typing import Final

from kit_jwt.config.describe import Description

from .shown import revealed_start

_FIRST: Final = 6


def shown_kit(kit: Description) -> Description:
    """A kit's description of itself without what could be a secret in the wrong place.

    Thumbprints of keys are none, and a pin begins as one.
    """
    thumbprints = {key["thumbprint"] for key in kit["publicKeys"]}

    def shown(text: str) -> str:
        return text if text in thumbprints else revealed_start(text)

    def optional(text: str | None) -> str | None:
        return None if text is None else shown(text)

    signs = kit["signs"]
    return {
        **kit,
        "issuer": optional(kit["issuer"]),
        "audience": None if kit["audience"] is None else [shown(text) for text in kit["audience"]],
        "signs": None if signs is None else {**signs, "kid": optional(signs["kid"])},
        "secrets": [{**key, "kid": optional(key["kid"])} for key in kit["secrets"]],
        "publicKeys": [{**key, "kid": shown(key["kid"])} for key in kit["publicKeys"]],
        "jwksUrl": optional(kit["jwksUrl"]),
        "jwksService": optional(kit["jwksService"]),
        "allowedThumbprints": [pin if pin in thumbprints else f"{pin[:_FIRST]}…" for pin in kit["allowedThumbprints"]],
    }
