"""The awaitable face of kit-jwt: one event loop, or 64 tasks of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from kit_jwt.aio import Kit

from .kit import options_of

NAME = "kit-aio"
IS_AWAITABLE = True


def sign(material: dict[str, Any], profile: str) -> Callable[[dict[str, Any]], Awaitable[str]]:
    return Kit(**options_of(material, profile)).sign


def verify(material: dict[str, Any], profile: str, **options: Any) -> Callable[[str], Awaitable[Any]]:
    return Kit(**options_of(material, profile, **options)).verify
