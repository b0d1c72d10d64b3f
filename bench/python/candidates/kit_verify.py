"""`verify` of kit-jwt beside its `check_auth`: what the policy adds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import kit

NAME = "kit-verify"


def check_auth(material: dict[str, Any], profile: str, _: dict[str, Any]) -> Callable[[str], Any]:
    return kit.verify(material, profile)
