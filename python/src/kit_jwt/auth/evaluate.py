"""Holding claims against a policy: exact comparison, and the rules that failed as JSON pointers (RFC 6901)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

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


def evaluate(
    rules: Mapping[str, JSONValue], references: frozenset[str], claims: Claims, context: Mapping[str, object]
) -> Evaluation:
    """Evaluate the rules of a policy, see `Policy.evaluate`; `references` are the names that they look up."""
    require_verified(claims)
    if not isinstance(context, (dict, Mapping)) or not all(isinstance(context.get(name), str) for name in references):
        message = "the context lacks a name that the policy refers to"
        raise MisuseError(message)
    failed = tuple(_failures(rules, _Case(claims, context), ""))
    return Evaluation(not failed, failed)


def _failures(rules: JSONValue, case: _Case, path: str) -> Iterator[str]:
    if not isinstance(rules, Mapping):
        return
    for member in sorted(rules):
        value, here = rules[member], f"{path}/{member}"
        if member == "allOf":
            yield from (pointer for failures in _children(value, case, here) for pointer in failures)
        elif member == "anyOf":
            branches = _children(value, case, here)
            if all(branches):
                yield from (pointer for failures in branches for pointer in failures) if branches else (here,)
        elif member == "not":
            if next(_failures(value, case, here), None) is None:
                yield here
        elif not _RULES[member](value, case):
            yield here


def _children(value: JSONValue, case: _Case, path: str) -> list[list[str]]:
    if not is_array(value):
        return []
    return [list(_failures(child, case, f"{path}/{index}")) for index, child in enumerate(value)]


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
