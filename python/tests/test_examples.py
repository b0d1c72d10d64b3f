"""The examples in the docstrings run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import kit_jwt

MODULES = [
    "kit_jwt",
    *(module.name for module in pkgutil.walk_packages(kit_jwt.__path__, "kit_jwt.") if "__main__" not in module.name),
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # What an example of the kit of the environment finds there.
    for variable, value in {"JWT_ISS": "https://issuer.example", "JWT_AUD": "api", "JWT_SECRET": "A" * 86}.items():
        monkeypatch.setenv(variable, value)
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
    assert result.failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = [test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples]
    assert len(examples) > 80
