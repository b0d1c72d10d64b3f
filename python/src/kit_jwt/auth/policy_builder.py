"""Building policies by chained calls; each call gives a new builder, so a builder can be shared and extended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, TypedDict

from kit_jwt.encoding.json_value import UNSUPPORTED, JSONValue, is_array, read_json
from kit_jwt.errors import MisuseError

from .policy import Policy, parse_policy


class SubjectReference(TypedDict):
    """A subject that is looked up in the context of the check."""

    ref: str


class PolicyBuilder:
    """See `policy`. A second call of a method adds a rule under `allOf`: it never widens the first."""

    __slots__ = ("_rules",)

    def __init__(self, rules: Mapping[str, JSONValue] | None = None) -> None:
        """See `policy`."""
        self._rules: dict[str, JSONValue] = dict(rules or {})

    def need_all(self, *permissions: str) -> PolicyBuilder:
        """All of these permissions."""
        return self._with("permissionsAll", list(permissions))

    def need_any(self, *permissions: str) -> PolicyBuilder:
        """At least one of these permissions."""
        return self._with("permissionsAny", list(permissions))

    def roles_all(self, *roles: str) -> PolicyBuilder:
        """All of these roles."""
        return self._with("rolesAll", list(roles))

    def roles_any(self, *roles: str) -> PolicyBuilder:
        """At least one of these roles."""
        return self._with("rolesAny", list(roles))

    def scopes_all(self, *scopes: str) -> PolicyBuilder:
        """All of these scopes."""
        return self._with("scopesAll", list(scopes))

    def scopes_any(self, *scopes: str) -> PolicyBuilder:
        """At least one of these scopes."""
        return self._with("scopesAny", list(scopes))

    def subject(self, subject: str | SubjectReference) -> PolicyBuilder:
        """This subject, or `{"ref": name}` for one from the context of the check."""
        return self._with("subject", subject)

    def actor(self, sub: str, *, iss: str | None = None) -> PolicyBuilder:
        """This outermost actor, and where given of this issuer."""
        return self._with("actor", {"sub": sub} if iss is None else {"sub": sub, "iss": iss})

    def no_actor(self) -> PolicyBuilder:
        """No actor at all."""
        return self._with("noActor", True)

    def claim(self, name: str, value: JSONValue) -> PolicyBuilder:
        """A claim that deeply equals a JSON value."""
        return self._with("claims", {name: value})

    def any_of(self, *policies: AnyPolicy) -> PolicyBuilder:
        """At least one of these policies."""
        return self._with("anyOf", [as_policy(item).to_dict() for item in policies])

    def all_of(self, *policies: AnyPolicy) -> PolicyBuilder:
        """All of these policies."""
        children = [as_policy(item).to_dict() for item in policies]
        return PolicyBuilder({**self._rules, "allOf": [*self._all(), *children]})

    def not_(self, denied: AnyPolicy) -> PolicyBuilder:
        """Not this policy."""
        return self._with("not", as_policy(denied).to_dict())

    def authenticated(self) -> PolicyBuilder:
        """Anybody with a valid token."""
        return PolicyBuilder({**self._rules, "allOf": self._all()})

    def build(self) -> Policy:
        """The policy, checked.

        Raises:
            MisuseError: nothing was asked for, or a wrong type.
        """
        return parse_policy(self._rules)

    def _with(self, member: str, value: object) -> PolicyBuilder:
        plain = read_json(value)
        if plain is UNSUPPORTED:
            message = "a rule holds what JSON cannot carry"
            raise MisuseError(message)
        parse_policy({member: plain})
        if member not in self._rules:
            return PolicyBuilder({**self._rules, member: plain})
        return PolicyBuilder({**self._rules, "allOf": [*self._all(), {member: plain}]})

    def _all(self) -> list[JSONValue]:
        children = self._rules.get("allOf")
        return list(children) if is_array(children) else []


AnyPolicy: TypeAlias = Policy | PolicyBuilder | Mapping[str, object]
"""A policy in any form: checked, being built, or plain JSON."""


def policy() -> PolicyBuilder:
    """Start building a policy.

    >>> policy().need_all("read:data").roles_any("admin", "finance").build()
    <Policy {'permissionsAll': ['read:data'], 'rolesAny': ['admin', 'finance']}>
    """
    return PolicyBuilder()


def as_policy(given: AnyPolicy) -> Policy:
    """The checked policy of any form.

    Raises:
        MisuseError: not a policy.
    """
    if isinstance(given, Policy):
        return given
    return given.build() if isinstance(given, PolicyBuilder) else parse_policy(given)
