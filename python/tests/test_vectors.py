"""Every shared vector is a test of its own."""

from __future__ import annotations

from typing import Any

import pytest

from kit_jwt.conformance.kinds import KINDS
from kit_jwt.conformance.runner import run_test

from .vectors import FILES, load, vectors_of


@pytest.mark.parametrize(("kind", "test", "kits"), list(vectors_of(*KINDS)))
def test_vector(kind: str, test: dict[str, Any], kits: dict[str, Any]) -> None:
    result = run_test(KINDS[kind], test, kits)
    assert result.passed, f"{test['comment']}: expected {result.expected}, got {result.got}"


def test_every_file_is_of_a_known_kind_and_counts_its_tests() -> None:
    assert FILES
    for path in FILES:
        parsed = load(path)
        assert parsed["kind"] in KINDS
        assert parsed["numberOfTests"] == sum(len(group["tests"]) for group in parsed["groups"])


def test_no_id_is_used_twice() -> None:
    ids = [test["id"] for path in FILES for group in load(path)["groups"] for test in group["tests"]]
    assert len(ids) == len(set(ids))
