"""Policies: plain JSON values that say who may pass, checked once when they are built."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NoReturn

from kit_jwt.encoding.json_value import (
    FrozenObject,
    JSONValue,
    frozen_object,
    is_array,
    read_json,
    thaw,
)
from kit_jwt.errors import MisuseError
from kit_jwt.token.claims import Claims

from .evaluate import Evaluation, Failures, compiled, evaluate

_ACTOR_MEMBERS: Final = frozenset(("sub", "iss"))


class Policy:
    """A policy that was checked. Immutable; `parse_policy` and `policy()` make it.

    >>> parse_policy({"rolesAny": ["admin"]}).to_dict()
    {'rolesAny': ['admin']}
    """

    __slots__ = ("_failures", "_refs", "_rules")
    _rules: FrozenObject
    _refs: frozenset[str]
    _failures: Failures

    def __init__(self, rules: FrozenObject) -> None:
        """See `parse_policy`: the rules were checked already."""
        object.__setattr__(self, "_rules", rules)
        object.__setattr__(self, "_refs", frozenset(_references(rules)))
        object.__setattr__(self, "_failures", compiled(rules))

    def evaluate(self, claims: Claims, context: Mapping[str, object] | None = None) -> Evaluation:
        """Hold claims against the policy.

        Args:
            claims: verified ones.
            context: values of the names that the policy refers to, strings.

        Returns:
            Whether it allows, and the JSON pointers (RFC 6901) of the innermost rules that failed.

        Raises:
            MisuseError: claims that are not verified; a name that the context lacks, wherever it stands.

        >>> from kit_jwt import unsafe_trust_claims
        >>> parse_policy({"rolesAny": ["admin"]}).evaluate(unsafe_trust_claims({"roles": ["guest"]}))
        Evaluation(allowed=False, failed=('/rolesAny',))
        """
        return evaluate(self._failures, self._refs, claims, {} if context is None else context)

    def to_dict(self) -> dict[str, JSONValue]:
        """The JSON object, as a plain copy.

        Returns:
            The same policy for `parse_policy`, in either language.

        >>> parse_policy({"noActor": True}).to_dict()
        {'noActor': True}
        """
        return self._rules.to_dict()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuse: it is immutable."""
        message = "immutable"
        raise AttributeError(message)

    def __eq__(self, other: object) -> bool:
        """Equal to a policy of the same rules."""
        return self._rules == other._rules if isinstance(other, Policy) else NotImplemented

    def __hash__(self) -> int:
        """Hash by the names of the rules."""
        return hash(frozenset(self._rules))

    def __repr__(self) -> str:
        """Show the rules: they are the program's own."""
        return f"<Policy {thaw(self._rules)!r}>"


def parse_policy(rules: Mapping[str, object]) -> Policy:
    """Check a policy.

    Args:
        rules: a JSON object with any of `permissionsAll` `permissionsAny` `rolesAll` `rolesAny` `scopesAll` `scopesAny`
            (arrays of strings), `subject` (a string or `{"ref": name}`), `actor` (`{"sub": ..., "iss": ...}`),
            `noActor` (true), `claims` (an object), `allOf` `anyOf` (arrays of policies) and `not` (a policy). All
            members must hold.

    Returns:
        The policy, immutable.

    Raises:
        MisuseError: an unknown member, a wrong type, or the empty policy: `{"allOf": []}` says "anybody".

    >>> parse_policy({"allOf": []})
    <Policy {'allOf': []}>
    """
    plain = read_json(rules)
    if not isinstance(plain, Mapping):
        message = "a policy is a JSON object"
        raise MisuseError(message)
    _check(plain)
    return Policy(frozen_object(plain))


def _check(rules: JSONValue) -> None:
    if not isinstance(rules, Mapping):
        message = "a policy is a JSON object"
        raise MisuseError(message)
    if not rules:
        message = 'the empty policy is refused: policy().authenticated() says it, or {"allOf": []}'
        raise MisuseError(message)
    for member, value in rules.items():
        check = _MEMBERS.get(member)
        if check is None or not check(value):
            message = "a policy has an unknown member" if check is None else f"{member} has the wrong type"
            raise MisuseError(message)


def _is_strings(value: JSONValue) -> bool:
    return is_array(value) and all(isinstance(item, str) for item in value)


def _is_subject(value: JSONValue) -> bool:
    return isinstance(value, str) or (isinstance(value, Mapping) and set(value) == {"ref"} and _is_text(value["ref"]))


def _is_actor(value: JSONValue) -> bool:
    return (
        isinstance(value, Mapping)
        and "sub" in value
        and _ACTOR_MEMBERS.issuperset(value)
        and all(map(_is_text, value.values()))
    )


def _is_text(value: JSONValue) -> bool:
    return isinstance(value, str)


def _are_policies(value: JSONValue) -> bool:
    if not is_array(value):
        return False
    for item in value:
        _check(item)
    return True


def _is_policy(value: JSONValue) -> bool:
    _check(value)
    return True


_MEMBERS: Final[Mapping[str, Callable[[JSONValue], bool]]] = {
    "permissionsAll": _is_strings,
    "permissionsAny": _is_strings,
    "rolesAll": _is_strings,
    "rolesAny": _is_strings,
    "scopesAll": _is_strings,
    "scopesAny": _is_strings,
    "subject": _is_subject,
    "actor": _is_actor,
    "noActor": lambda value: value is True,
    "claims": lambda value: isinstance(value, Mapping),
    "allOf": _are_policies,
    "anyOf": _are_policies,
    "not": _is_policy,
}


def _references(rules: JSONValue) -> Iterator[str]:
    if not isinstance(rules, Mapping):
        return
    subject = rules.get("subject")
    if isinstance(subject, Mapping):
        yield str(subject["ref"])
    for member in ("allOf", "anyOf"):
        children = rules.get(member)
        for child in children if is_array(children) else ():
            yield from _references(child)
    yield from _references(rules.get("not"))
