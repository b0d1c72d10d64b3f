"""The shared vectors, as pytest parameters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CONFORMANCE = Path(__file__).parents[2] / "conformance"
FILES = sorted((CONFORMANCE / "vectors").glob("*.json"))


def load(path: Path) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return parsed


def vectors_of(*kinds: str) -> Iterator[Any]:
    """(kind, test, kits) for every test of some kinds, its id being the vector's."""
    for path in FILES:
        parsed = load(path)
        if parsed["kind"] in kinds:
            for group in parsed["groups"]:
                for test in group["tests"]:
                    yield pytest.param(parsed["kind"], test, parsed.get("kits", {}), id=test["id"])
