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
    """A policy being built, see `policy`. Immutable: each method gives a new builder with its rule added.

    A second call of a method adds a rule under `allOf`: it never widens the first. Every method raises
    `MisuseError` for a wrong type.
    """

    __slots__ = ("_built", "_rules")

    def __init__(self, rules: Mapping[str, JSONValue] | None = None) -> None:
        """See `policy`."""
        self._rules: dict[str, JSONValue] = dict(rules or {})
        self._built: Policy | None = None

    def need_all(self, *permissions: str) -> PolicyBuilder:
        """Ask for all of these permissions.

        Args:
            *permissions: exact names; with none the rule holds.

        >>> policy().need_all("orders:read", "orders:write").build()
        <Policy {'permissionsAll': ['orders:read', 'orders:write']}>
        """
        return self._with("permissionsAll", list(permissions))

    def need_any(self, *permissions: str) -> PolicyBuilder:
        """Ask for at least one of these permissions.

        Args:
            *permissions: exact names; with none nobody passes.

        >>> policy().need_any("orders:read", "orders:admin").build()
        <Policy {'permissionsAny': ['orders:read', 'orders:admin']}>
        """
        return self._with("permissionsAny", list(permissions))

    def roles_all(self, *roles: str) -> PolicyBuilder:
        """Ask for all of these roles.

        Args:
            *roles: exact names; with none the rule holds.

        >>> policy().roles_all("staff", "finance").build()
        <Policy {'rolesAll': ['staff', 'finance']}>
        """
        return self._with("rolesAll", list(roles))

    def roles_any(self, *roles: str) -> PolicyBuilder:
        """Ask for at least one of these roles.

        Args:
            *roles: exact names; with none nobody passes.

        >>> policy().roles_any("admin", "finance").build()
        <Policy {'rolesAny': ['admin', 'finance']}>
        """
        return self._with("rolesAny", list(roles))

    def scopes_all(self, *scopes: str) -> PolicyBuilder:
        """Ask for all of these scopes.

        Args:
            *scopes: exact names; with none the rule holds.

        >>> policy().scopes_all("openid", "orders").build()
        <Policy {'scopesAll': ['openid', 'orders']}>
        """
        return self._with("scopesAll", list(scopes))

    def scopes_any(self, *scopes: str) -> PolicyBuilder:
        """Ask for at least one of these scopes.

        Args:
            *scopes: exact names; with none nobody passes.

        >>> policy().scopes_any("orders", "orders.read").build()
        <Policy {'scopesAny': ['orders', 'orders.read']}>
        """
        return self._with("scopesAny", list(scopes))

    def subject(self, subject: str | SubjectReference) -> PolicyBuilder:
        """Ask for this subject.

        Args:
            subject: the exact `sub`, or `{"ref": name}` for one from the context of the check.

        >>> policy().subject({"ref": "owner"}).build()
        <Policy {'subject': {'ref': 'owner'}}>
        """
        return self._with("subject", subject)

    def actor(self, sub: str, *, iss: str | None = None) -> PolicyBuilder:
        """Ask for this outermost actor (RFC 8693 section 4.1).

        Args:
            sub: its exact `sub`.
            iss: its exact `iss`, where that matters.

        >>> policy().actor("gateway").build()
        <Policy {'actor': {'sub': 'gateway'}}>
        """
        return self._with("actor", {"sub": sub} if iss is None else {"sub": sub, "iss": iss})

    def no_actor(self) -> PolicyBuilder:
        """Ask for a subject that comes by itself: no actor at all.

        >>> policy().need_all("account:delete").no_actor().build()
        <Policy {'permissionsAll': ['account:delete'], 'noActor': True}>
        """
        return self._with("noActor", True)

    def claim(self, name: str, value: JSONValue) -> PolicyBuilder:
        """Ask for a claim that deeply equals a JSON value.

        Args:
            name: of the claim.
            value: what it must be; numbers by value, a missing claim equals nothing, not even null.

        >>> policy().claim("tid", "tenant-7").build()
        <Policy {'claims': {'tid': 'tenant-7'}}>
        """
        return self._with("claims", {name: value})

    def any_of(self, *policies: AnyPolicy) -> PolicyBuilder:
        """Ask for at least one of these policies.

        Args:
            *policies: with none nobody passes.

        >>> policy().any_of(policy().roles_any("admin"), {"subject": "u1"}).build()
        <Policy {'anyOf': [{'rolesAny': ['admin']}, {'subject': 'u1'}]}>
        """
        return self._with("anyOf", [as_policy(item).to_dict() for item in policies])

    def all_of(self, *policies: AnyPolicy) -> PolicyBuilder:
        """Ask for all of these policies.

        Args:
            *policies: with none the rule holds.

        >>> policy().all_of(policy().roles_any("staff"), {"noActor": True}).build()
        <Policy {'allOf': [{'rolesAny': ['staff']}, {'noActor': True}]}>
        """
        children = [as_policy(item).to_dict() for item in policies]
        return PolicyBuilder({**self._rules, "allOf": [*self._all(), *children]})

    def not_(self, denied: AnyPolicy) -> PolicyBuilder:
        """Ask for the opposite of a policy.

        Args:
            denied: what must not hold.

        >>> policy().not_({"rolesAny": ["suspended"]}).build()
        <Policy {'not': {'rolesAny': ['suspended']}}>
        """
        return self._with("not", as_policy(denied).to_dict())

    def authenticated(self) -> PolicyBuilder:
        """Let anybody with a valid token pass: say aloud that nothing else is asked for.

        >>> policy().authenticated().build()
        <Policy {'allOf': []}>
        """
        return PolicyBuilder({**self._rules, "allOf": self._all()})

    def build(self) -> Policy:
        """The policy, checked.

        Returns:
            The policy, immutable.

        Raises:
            MisuseError: nothing was asked for, or a wrong type.

        >>> policy().roles_any("admin").build().to_dict()
        {'rolesAny': ['admin']}
        """
        # Whoever checks with a builder gives it again each time.
        if self._built is None:
            self._built = parse_policy(self._rules)
        return self._built

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

    Returns:
        A builder that asks for nothing yet.

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
