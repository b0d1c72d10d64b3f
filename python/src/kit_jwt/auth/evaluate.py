"""Holding claims against a policy: exact comparison, and the rules that failed as JSON pointers (RFC 6901)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias, cast

from kit_jwt.encoding.json_value import JSONValue, is_array, is_number
from kit_jwt.errors import MisuseError
from kit_jwt.token.claims import Claims, require_verified

from .scopes import held


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The answer of a policy.

    Attributes:
        allowed: whether all rules hold.
        failed: JSON pointers (RFC 6901) of the innermost rules that failed; none where it allows.
    """

    allowed: bool
    failed: tuple[str, ...]


Context: TypeAlias = Mapping[str, object]
"""Values of the names that a policy refers to."""

Rule: TypeAlias = Callable[[Claims, Context], bool]
"""Whether one rule holds."""

Failures: TypeAlias = Callable[[Claims, Context], Sequence[str]]
"""Gives the JSON pointers of the rules that fail; none where all hold."""

_ALLOWED: Final = Evaluation(allowed=True, failed=())


def compiled(rules: Mapping[str, JSONValue], path: str = "") -> Failures:
    """The rules of a policy that was checked, so that they are read once."""
    return _all([_compiled(member, rules[member], f"{path}/{member}") for member in sorted(rules)])


def evaluate(failures: Failures, references: frozenset[str], claims: Claims, context: Context) -> Evaluation:
    """Evaluate a policy, see `Policy.evaluate`; `references` are the names that it looks up."""
    require_verified(claims)
    is_known = isinstance(context, (dict, Mapping))
    if not is_known or (references and not all(isinstance(context.get(name), str) for name in references)):
        message = "the context lacks a name that the policy refers to"
        raise MisuseError(message)
    failed = failures(claims, context)
    return Evaluation(allowed=False, failed=tuple(failed)) if failed else _ALLOWED


def _compiled(member: str, value: JSONValue, here: str) -> Failures:
    if member == "allOf":
        return _all(_children(value, here))
    if member == "anyOf":
        return _any(_children(value, here), here)
    told = (here,)
    if member == "not":
        inner = _of(value, here)
        return lambda claims, context: () if inner(claims, context) else told
    holds = _RULES[member](value)
    return lambda claims, context: () if holds(claims, context) else told


def _of(value: JSONValue, path: str) -> Failures:
    return compiled(value, path) if isinstance(value, Mapping) else _all([])


def _children(value: JSONValue, path: str) -> list[Failures]:
    return [_of(child, f"{path}/{index}") for index, child in enumerate(value)] if is_array(value) else []


def _all(parts: list[Failures]) -> Failures:
    if len(parts) == 1:
        return parts[0]

    def failures(claims: Claims, context: Context) -> Sequence[str]:
        failed: list[str] = []
        for part in parts:
            failed += part(claims, context)
        return failed

    return failures


def _any(parts: list[Failures], here: str) -> Failures:
    def failures(claims: Claims, context: Context) -> Sequence[str]:
        failed: list[str] = []
        for part in parts:
            found = part(claims, context)
            if not found:
                return ()
            failed += found
        return failed or (here,)

    return failures


def _all_of(name: str, value: JSONValue) -> Rule:
    asked = cast("Sequence[str]", value)
    return lambda claims, _context: all(map(held(claims, name).__contains__, asked))


def _any_of(name: str, value: JSONValue) -> Rule:
    asked = cast("Sequence[str]", value)
    return lambda claims, _context: any(map(held(claims, name).__contains__, asked))


def _subject(value: JSONValue) -> Rule:
    if isinstance(value, Mapping):
        name = str(value["ref"])
        return lambda claims, context: claims.get("sub") == context[name]
    return lambda claims, _context: claims.get("sub") == value


def _actor(value: JSONValue) -> Rule:
    expected = cast("Mapping[str, JSONValue]", value)

    def holds(claims: Claims, _context: Context) -> bool:
        act = claims.get("act")
        return isinstance(act, Mapping) and all(name in act and act[name] == one for name, one in expected.items())

    return holds


def _claims(value: JSONValue) -> Rule:
    expected = tuple(cast("Mapping[str, JSONValue]", value).items())
    return lambda claims, _context: all(name in claims and equal(claims[name], one) for name, one in expected)


def equal(left: JSONValue, right: JSONValue) -> bool:
    """Deep equality of JSON values: numbers by value, and a boolean is no number.

    >>> equal([1, {"a": None}], [1.0, {"a": None}]), equal(True, 1)
    (True, False)
    """
    if type(left) is str:
        return left == right
    if is_number(left) and is_number(right):
        return left == right
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(equal(left[name], right[name]) for name in left)
    if is_array(left) and is_array(right):
        return len(left) == len(right) and all(map(equal, left, right))
    return type(left) is type(right) and left == right


# Types were checked when the policy was parsed.
_RULES: Final[Mapping[str, Callable[[JSONValue], Rule]]] = {
    "permissionsAll": partial(_all_of, "permissions"),
    "permissionsAny": partial(_any_of, "permissions"),
    "rolesAll": partial(_all_of, "roles"),
    "rolesAny": partial(_any_of, "roles"),
    "scopesAll": partial(_all_of, "scope"),
    "scopesAny": partial(_any_of, "scope"),
    "subject": _subject,
    "actor": _actor,
    "noActor": lambda _value: lambda claims, _context: "act" not in claims,
    "claims": _claims,
}
