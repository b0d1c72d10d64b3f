"""What every public name says of itself: what it takes, gives and raises, and an example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import griffe
import pytest

SOURCE = Path(__file__).parents[1] / "src"

MODULES = ["", "aio", "workers", "testing", "testing.pytest", "conformance", "errors"]

# What other rooms of the package call, and a program has no use for.
INNER = {
    "KeySet.find",
    "PublicKey.identity",
    "RemoteJwks.ask",
    "RemoteJwks.rank",
    "SecretKey.algorithm",
    "SecretKey.identity",
    "SecretKey.material",
    "ServiceJwks.ask",
    "ServiceJwks.rank",
}

Found = tuple[str, griffe.Object, griffe.Class | None]


def load(path: Path, package: str) -> griffe.Module:
    options: Any = {"warnings": False}
    module = griffe.load(package, search_paths=[path], docstring_parser="google", docstring_options=options)
    assert isinstance(module, griffe.Module)
    return module


def public(package: griffe.Module, modules: list[str]) -> Iterator[Found]:
    """Every public name once, and the public members of classes, those of the package's own bases too."""
    seen = set()
    for name in modules:
        module = package[name] if name else package
        for export in module.exports or []:
            one = target(module.members[str(export)])
            if one.path not in seen:
                seen.add(one.path)
                yield str(export), one, None
                if isinstance(one, griffe.Class):
                    yield from members(str(export), one)


def members(name: str, owner: griffe.Class) -> Iterator[Found]:
    for member in owner.all_members.values():
        found = target(member)
        is_own = found.path.startswith(owner.path.split(".")[0])
        is_public = found.name == "__init__" or not found.name.startswith("_")
        if is_own and is_public and f"{name}.{found.name}" not in INNER:
            yield f"{name}.{found.name}", found, owner


def target(one: griffe.Object | griffe.Alias) -> griffe.Object:
    final = one.final_target if isinstance(one, griffe.Alias) else one
    assert isinstance(final, griffe.Object)
    return final


def sections(one: griffe.Object | None) -> dict[str, Any]:
    return {section.kind.value: section.value for section in one.docstring.parsed} if one and one.docstring else {}


def text_of(one: griffe.Object | None) -> str:
    return one.docstring.value.strip() if one and one.docstring else ""


def gaps(name: str, one: griffe.Object, owner: griffe.Class | None) -> Iterator[str]:
    """What is not said, one sentence each."""
    if isinstance(one, griffe.Attribute) and owner and not text_of(one):
        if one.name not in {item.name for item in sections(owner).get("attributes", [])}:
            yield f"{name}: no docstring, and not among the Attributes of its class"
    elif isinstance(one, griffe.Function) and one.name == "__init__":
        # The dataclass writes it; or a function makes it, and says everything.
        if "dataclass" not in (owner.labels if owner else ()) and not text_of(one).startswith("See `"):
            yield from gaps_of_function(name, one, owner)
    elif not text_of(one):
        yield f"{name}: no docstring"
    elif isinstance(one, griffe.Function) and not is_fixture(one):
        yield from gaps_of_function(name, one, owner)


def is_fixture(one: griffe.Function) -> bool:
    return any(decorator.callable_path == "pytest.fixture" for decorator in one.decorators)


def gaps_of_function(name: str, one: griffe.Function, owner: griffe.Class | None) -> Iterator[str]:
    said = sections(one)
    told = {item.name.lstrip("*") for item in said.get("parameters", [])}
    taken = {item.name.lstrip("*") for item in one.parameters} - {"self", "cls"}
    yield from (f"{name}: no Args of {item}" for item in sorted(taken - told))
    yield from (f"{name}: Args of {item}, which it does not take" for item in sorted(told - taken))
    returns = str(one.returns or "None")
    # The method of a builder gives the builder: its class says so.
    if returns not in {"None", owner.name if owner else ""} and not said.keys() & {"returns", "yields"}:
        yield f"{name}: no Returns of {returns}"
    examples = text_of(one) + (text_of(owner) if owner else "")
    is_shown = ">>> " in text_of(one) or f".{one.name}(" in examples or f"def {one.name}(" in examples
    if one.name != "__init__" and not is_shown:
        yield f"{name}: no example"


def all_gaps(package: griffe.Module, modules: list[str]) -> list[str]:
    return [gap for name, one, owner in public(package, modules) for gap in gaps(name, one, owner)]


def test_every_public_name_says_what_it_takes_gives_and_shows() -> None:
    assert all_gaps(load(SOURCE, "kit_jwt"), MODULES) == []


@pytest.mark.parametrize(
    ("source", "gap"),
    [
        ("def f(a: int) -> None:\n    '''Do.\n\n    >>> f(1)\n    '''", "f: no Args of a"),
        ("def f() -> int:\n    '''Do.\n\n    >>> f()\n    '''", "f: no Returns of int"),
        ("def f() -> None:\n    '''Do.'''", "f: no example"),
        ("def f() -> None: ...", "f: no docstring"),
        (
            "def f() -> None:\n    '''Do.\n\n    Args:\n        a: that.\n\n    >>> f()\n    '''",
            "f: Args of a, which it does not take",
        ),
        ("class f:\n    '''One.'''\n    a: int", "f.a: no docstring, and not among the Attributes of its class"),
    ],
)
def test_a_gap_is_found(source: str, gap: str, tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(f'__all__ = ["f"]\n{source}\n', encoding="utf-8")
    assert all_gaps(load(tmp_path, "planted"), [""]) == [gap]
