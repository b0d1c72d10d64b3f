"""Holding claims against a policy: exact comparison, and the rules that failed as JSON pointers (RFC 6901)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

from kit_jwt.encoding.json_value import JSONValue, is_array, is_number
from kit_jwt.errors import MisuseError
from kit_jwt.token.claims import Claims, require_verified

from .scopes import strings_of


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The answer of a policy.

    Attributes:
        allowed: whether all rules hold.
        failed: JSON pointers (RFC 6901) of the innermost rules that failed; none where it allows.
    """

    allowed: bool
    failed: tuple[str, ...]


class _Case:
    __slots__ = ("_sets", "claims", "context")

    def __init__(self, claims: Claims, context: Mapping[str, object]) -> None:
        self.claims = claims
        self.context = context
        self._sets: dict[str, frozenset[str]] = {}

    def set_of(self, claim: str) -> frozenset[str]:
        """The strings of a claim; made once, where a rule asks for them."""
        found = self._sets.get(claim)
        if found is None:
            found = self._sets[claim] = frozenset(strings_of(self.claims, claim))
        return found


Failures: TypeAlias = Callable[[_Case], Sequence[str]]
"""Gives the JSON pointers of the rules that fail; none where all hold."""

_ALLOWED: Final = Evaluation(allowed=True, failed=())


def compiled(rules: Mapping[str, JSONValue], path: str = "") -> Failures:
    """The rules of a policy that was checked, so that they are read once."""
    return _all([_compiled(member, rules[member], f"{path}/{member}") for member in sorted(rules)])


def evaluate(
    failures: Failures, references: frozenset[str], claims: Claims, context: Mapping[str, object]
) -> Evaluation:
    """Evaluate a policy, see `Policy.evaluate`; `references` are the names that it looks up."""
    require_verified(claims)
    is_known = isinstance(context, (dict, Mapping))
    if not is_known or (references and not all(isinstance(context.get(name), str) for name in references)):
        message = "the context lacks a name that the policy refers to"
        raise MisuseError(message)
    failed = failures(_Case(claims, context))
    return Evaluation(allowed=False, failed=tuple(failed)) if failed else _ALLOWED


def _compiled(member: str, value: JSONValue, here: str) -> Failures:
    if member == "allOf":
        return _all(_children(value, here))
    if member == "anyOf":
        return _any(_children(value, here), here)
    if member == "not":
        inner = _of(value, here)
        return lambda case: () if inner(case) else (here,)
    holds = _RULES[member]
    return lambda case: () if holds(value, case) else (here,)


def _of(value: JSONValue, path: str) -> Failures:
    return compiled(value, path) if isinstance(value, Mapping) else _all([])


def _children(value: JSONValue, path: str) -> list[Failures]:
    return [_of(child, f"{path}/{index}") for index, child in enumerate(value)] if is_array(value) else []


def _all(parts: list[Failures]) -> Failures:
    if len(parts) == 1:
        return parts[0]
    return lambda case: [pointer for part in parts for pointer in part(case)]


def _any(parts: list[Failures], here: str) -> Failures:
    def failures(case: _Case) -> Sequence[str]:
        failed: list[str] = []
        for part in parts:
            found = part(case)
            if not found:
                return ()
            failed += found
        return failed or (here,)

    return failures


def _all_of(claim: str, value: JSONValue, case: _Case) -> bool:
    return is_array(value) and all(item in case.set_of(claim) for item in value)


def _any_of(claim: str, value: JSONValue, case: _Case) -> bool:
    return is_array(value) and any(item in case.set_of(claim) for item in value)


def _subject(value: JSONValue, case: _Case) -> bool:
    expected = case.context[str(value["ref"])] if isinstance(value, Mapping) else value
    return "sub" in case.claims and case.claims["sub"] == expected


def _actor(value: JSONValue, case: _Case) -> bool:
    act = case.claims.get("act")
    if not isinstance(value, Mapping) or not isinstance(act, Mapping):
        return False
    return all(name in act and act[name] == expected for name, expected in value.items())


def _claims(value: JSONValue, case: _Case) -> bool:
    return isinstance(value, Mapping) and all(
        name in case.claims and equal(case.claims[name], expected) for name, expected in value.items()
    )


def equal(left: JSONValue, right: JSONValue) -> bool:
    """Deep equality of JSON values: numbers by value, and a boolean is no number.

    >>> equal([1, {"a": None}], [1.0, {"a": None}]), equal(True, 1)
    (True, False)
    """
    if is_number(left) and is_number(right):
        return left == right
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(equal(left[name], right[name]) for name in left)
    if is_array(left) and is_array(right):
        return len(left) == len(right) and all(map(equal, left, right))
    return type(left) is type(right) and left == right


_RULES: Final[Mapping[str, Callable[[JSONValue, _Case], bool]]] = {
    "permissionsAll": partial(_all_of, "permissions"),
    "permissionsAny": partial(_any_of, "permissions"),
    "rolesAll": partial(_all_of, "roles"),
    "rolesAny": partial(_any_of, "roles"),
    "scopesAll": partial(_all_of, "scope"),
    "scopesAny": partial(_any_of, "scope"),
    "subject": _subject,
    "actor": _actor,
    "noActor": lambda _value, case: "act" not in case.claims,
    "claims": _claims,
}
