"""Running vectors and comparing answers with what is expected, member by member."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kit_jwt.auth.evaluate import equal
from kit_jwt.errors import ConfigError, MisuseError, TokenError

from .faces import AWAITABLE, SYNCHRONOUS, at_once
from .inputs import FetchAttemptedError, World, camel
from .kinds import KINDS, Run
from .shape import is_vector_file


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one test.

    Attributes:
        id: of the test.
        passed: whether what it got is what was expected.
        expected: as in the file.
        got: in the same shape.
    """

    id: str
    passed: bool
    expected: Mapping[str, Any]
    got: Mapping[str, Any]


def run_file(parsed: Mapping[str, Any]) -> Iterator[Result]:
    """Run the tests of a vector file that was parsed, on the synchronous face.

    Args:
        parsed: a file of conformance/vectors, as `json.loads` gives it.

    Returns:
        A result for each test, in their order.

    Raises:
        ValueError: it is not a vector file of a kind and format that is known here.

    >>> test = {"id": "t-0001", "comment": "", "jwk": "{}", "expected": {"fault": {"code": "key_invalid"}}}
    >>> groups = [{"name": "g", "tests": [test]}]
    >>> [result.passed for result in run_file({"format": 1, "suite": "t", "kind": "thumbprint", "groups": groups})]
    [True]
    """
    for run, test, kits in _tests(parsed):
        yield run_test(run, test, kits)


async def run_file_awaiting(parsed: Mapping[str, Any]) -> list[Result]:
    """As `run_file`, on the awaitable face.

    Args:
        parsed: a file of conformance/vectors, as `json.loads` gives it.

    Returns:
        A result for each test, in their order.

    Raises:
        ValueError: as `run_file`.

    >>> import asyncio
    >>> test = {"id": "t-0001", "comment": "", "jwk": "{}", "expected": {"fault": {"code": "key_invalid"}}}
    >>> groups = [{"name": "g", "tests": [test]}]
    >>> parsed = {"format": 1, "suite": "t", "kind": "thumbprint", "groups": groups}
    >>> [result.passed for result in asyncio.run(run_file_awaiting(parsed))]
    [True]
    """
    return [await result_of(run, test, kits, World(AWAITABLE)) for run, test, kits in _tests(parsed)]


def run_test(run: Run, test: Mapping[str, Any], kits: Mapping[str, Any]) -> Result:
    """Run one test on the synchronous face.

    Args:
        run: what tests of its kind do, of `kit_jwt.conformance.kinds.KINDS`.
        test: the test.
        kits: the file's configurations by name.

    Returns:
        What was expected, and what came of it.

    >>> test = {"id": "t-0001", "comment": "", "jwk": "{}", "expected": {"fault": {"code": "key_invalid"}}}
    >>> run_test(KINDS["thumbprint"], test, {}).passed
    True
    """
    return at_once(result_of(run, test, kits, World(SYNCHRONOUS)))


def _tests(parsed: Mapping[str, Any]) -> Iterator[tuple[Run, Mapping[str, Any], Mapping[str, Any]]]:
    if not is_vector_file(parsed, KINDS):
        message = "not a vector file of this format"
        raise ValueError(message)
    run, kits = KINDS[parsed["kind"]], parsed.get("kits", {})
    for group in parsed["groups"]:
        for test in group["tests"]:
            yield run, test, kits


async def result_of(run: Run, test: Mapping[str, Any], kits: Mapping[str, Any], world: World) -> Result:
    """Run one test in a world: on the face that it brings."""
    got = await _answer(run, test, kits, world)
    if world.network.requests:
        got = {"exception": FetchAttemptedError.__name__}
    expected = test["expected"]
    return Result(test["id"], _matches(expected, got), expected, got)


async def _answer(run: Run, test: Mapping[str, Any], kits: Mapping[str, Any], world: World) -> dict[str, Any]:
    try:
        return await run(test, kits, world)
    except MisuseError:
        return {"misuse": True}
    except TokenError as error:
        return {"fault": _present(code=error.code, claim=error.claim)}
    except ConfigError as error:
        variable = None if error.variable is None else camel(error.variable)
        return {"fault": _present(code=error.code, variable=variable)}
    except Exception as error:  # noqa: BLE001 # an exception outside our tree is an answer too: a wrong one
        return {"exception": type(error).__name__}


def _present(**members: str | None) -> dict[str, str]:
    return {name: value for name, value in members.items() if value is not None}


def _matches(expected: Mapping[str, Any], got: Mapping[str, Any]) -> bool:
    if "fault" in expected:
        fault = got.get("fault")
        if not isinstance(fault, Mapping):
            return False
        names = {"code", "claim", *({"variable"} & expected["fault"].keys())}
        return all(expected["fault"].get(name) == fault.get(name) for name in names)
    # A delegation may leave the token out; every other member is expected as it is.
    compared = {name: value for name, value in got.items() if name != "token" or name in expected}
    return equal(dict(expected), compared)
