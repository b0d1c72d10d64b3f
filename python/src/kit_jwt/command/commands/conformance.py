"""`kit-jwt conformance`: this installation, held to vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kit_jwt.command.arguments import Arguments
from kit_jwt.command.failure import OK, REFUSED, CommandFailureError
from kit_jwt.command.inputs import read_source, read_text, require_one_input, source_name
from kit_jwt.command.output import Output
from kit_jwt.command.style import Style, printable
from kit_jwt.command.world import FileFaultError, World
from kit_jwt.conformance.kinds import KINDS
from kit_jwt.conformance.runner import Result, run_file
from kit_jwt.conformance.shape import parse_vectors
from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.encoding.json_value import JSONValue

_LONGEST: Final = 400
"""Characters of what was expected, and of what came: machines get all of it."""
_CLEAR: Final = "\r\x1b[K"


@dataclass(frozen=True, slots=True)
class _Source:
    name: str
    file: Mapping[str, Any]


def conformance(given: Arguments, world: World, output: Output) -> int:
    """Run vectors."""
    # All files first: a mistake in the last is told before any test runs.
    sources = _read_named(given.operands, output) if given.operands else _read_installed(world)
    width = max(len(source.name) for source in sources)
    passed = failed = 0
    for number, source in enumerate(sources, 1):
        _progress(output, f"{number} of {len(sources)}: {source.name} …")
        results = list(run_file(source.file))
        _progress(output, "")
        failures = [result for result in results if not result.passed]
        passed += len(results) - len(failures)
        failed += len(failures)
        if output.is_json:
            for result in results:
                output.result(_value_of(result), "")
        else:
            line = f"{source.name.ljust(width)}  {_counts_of(len(results) - len(failures), len(failures))}\n"
            world.write("stdout", line + "".join(_describe(failure, output.style) for failure in failures))
    if not output.is_json:
        world.write("stdout", f"{output.style('red' if failed else 'green', f'{passed} passed, {failed} failed')}\n")
    return REFUSED if failed else OK


def _counts_of(passed: int, failed: int) -> str:
    return f"{passed} passed, {failed} failed" if failed else f"{passed} passed"


def _read_named(paths: Sequence[str], output: Output) -> list[_Source]:
    require_one_input(paths)
    return [_Source(source_name(path), _parse(read_source(output, path, "a file of vectors"), path)) for path in paths]


def _read_installed(world: World) -> list[_Source]:
    folder = world.vector_folder()
    names = [] if folder is None else _listed(world, folder)
    if not names:
        raise CommandFailureError(
            "there are no vectors here: install @kit/conformance (npm) or kit-jwt-conformance (PyPI), or name files"
        )
    return [_Source(name, _parse(read_text(world, f"{folder}/{name}"), name)) for name in names]


def _listed(world: World, folder: str) -> list[str]:
    try:
        return [name for name in world.list(folder) if name.endswith(".json")]
    except FileFaultError:
        return []


def _parse(text: str, path: str) -> Mapping[str, Any]:
    file = parse_vectors(text, KINDS)
    if file is None:
        message = f"{source_name(path)} is no file of vectors, format 1"
        raise CommandFailureError(message)
    return file


def _progress(output: Output, text: str) -> None:
    """Told on a terminal that can take it back."""
    world = output.world
    if not output.is_json and world.terminal.stderr and world.env.get("TERM") != "dumb":
        world.write("stderr", _CLEAR + text)


def _value_of(result: Result) -> JSONValue:
    return {"id": result.id, "passed": result.passed, "expected": result.expected, "got": result.got}


def _describe(result: Result, style: Style) -> str:
    shown = f"    expected  {_cut(result.expected)}\n    got       {_cut(result.got)}\n"
    return f"  {style('red', printable(result.id))}\n{shown}"


def _cut(value: JSONValue) -> str:
    text = printable(canonicalize(value))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
