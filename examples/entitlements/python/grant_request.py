"""The body of a request for a grant."""

from __future__ import annotations

import json
import re

MOST_CREDITS = 1_000_000
REFERENCE = re.compile(r"[\w.:-]{1,100}", re.ASCII)


def read_grant(body: bytes) -> tuple[str, int] | None:
    """What is asked for; None where it is not `{"externalRef": "order-17", "credits": 25}`."""
    asked = _parsed(body)
    external_ref, amount = asked.get("externalRef"), asked.get("credits")
    if not isinstance(external_ref, str) or not REFERENCE.fullmatch(external_ref):
        return None
    if not isinstance(amount, (int, float)) or isinstance(amount, bool) or amount % 1 != 0:
        return None
    return (external_ref, int(amount)) if 1 <= amount <= MOST_CREDITS else None


def _parsed(body: bytes) -> dict[str, object]:
    try:
        value: object = json.loads(body.decode(errors="replace"))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
