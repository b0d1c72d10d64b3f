"""Policies: built, parsed, and held against claims."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit_jwt import Evaluation, MisuseError, map_scopes_to_permissions, parse_policy, policy, unsafe_trust_claims
from kit_jwt.auth.evaluate import equal

from .test_encoding import values

CLAIMS = unsafe_trust_claims({"sub": "u1", "roles": ["admin"], "permissions": ["read"], "scope": "a b", "n": 1})


def test_a_builder_says_what_its_json_says() -> None:
    built = (
        policy()
        .need_all("a")
        .need_any("b")
        .roles_all("c")
        .roles_any("d")
        .scopes_all("e")
        .scopes_any("f")
        .subject({"ref": "owner"})
        .actor("gw", iss="i")
        .no_actor()
        .claim("n", 1)
        .any_of(policy().authenticated(), {"rolesAny": ["x"]})
        .not_(policy().actor("evil").build())
        .all_of({"subject": "u1"})
        .build()
    )
    assert built.to_dict() == {
        "permissionsAll": ["a"],
        "permissionsAny": ["b"],
        "rolesAll": ["c"],
        "rolesAny": ["d"],
        "scopesAll": ["e"],
        "scopesAny": ["f"],
        "subject": {"ref": "owner"},
        "actor": {"sub": "gw", "iss": "i"},
        "noActor": True,
        "claims": {"n": 1},
        "anyOf": [{"allOf": []}, {"rolesAny": ["x"]}],
        "not": {"actor": {"sub": "evil"}},
        "allOf": [{"subject": "u1"}],
    }


def test_a_second_call_never_widens_the_first() -> None:
    built = policy().roles_any("admin").roles_any("finance").need_all("x").roles_any("z").build()
    assert built.to_dict() == {
        "rolesAny": ["admin"],
        "allOf": [{"rolesAny": ["finance"]}, {"rolesAny": ["z"]}],
        "permissionsAll": ["x"],
    }
    assert built.evaluate(CLAIMS) == Evaluation(
        allowed=False, failed=("/allOf/0/rolesAny", "/allOf/1/rolesAny", "/permissionsAll")
    )


def test_builders_are_shared_without_harm() -> None:
    base = policy().need_all("read")
    base.roles_any("nobody")
    assert base.build().evaluate(CLAIMS).allowed
    assert policy().authenticated().build() == parse_policy({"allOf": []})
    assert policy().need_all("x").authenticated().build().to_dict() == {"permissionsAll": ["x"], "allOf": []}


start: Any = policy()
parse: Any = parse_policy


@pytest.mark.parametrize(
    "build",
    [
        start.build,
        lambda: start.need_all(1),
        lambda: start.subject(None),
        lambda: start.subject({"ref": 1}),
        lambda: start.actor(1),
        lambda: start.claim("a", {1}),
        lambda: start.claim("a", float("nan")),
        lambda: start.any_of("admin"),
        lambda: start.any_of(policy()),
        lambda: start.not_({}),
        lambda: parse({"noActor": False}),
        lambda: parse({"anyOf": {}}),
        lambda: parse({"anyOf": [1]}),
        lambda: parse({"actor": {"sub": "x", "aud": "y"}}),
        lambda: parse({"actor": {}}),
        lambda: parse({"claims": []}),
        lambda: parse({"rolesany": []}),
        lambda: parse([]),
        lambda: parse({1: 2}),
    ],
)
def test_what_is_no_policy_is_refused_when_it_is_built(build: Any) -> None:
    with pytest.raises(MisuseError):
        build()


def test_policies_are_values() -> None:
    rules: dict[str, Any] = {"rolesAny": ["admin"]}
    parsed: Any = parse_policy(rules)
    rules["rolesAny"].append("guest")
    parsed.to_dict()["rolesAny"] = []
    assert parsed == parse_policy({"rolesAny": ["admin"]})
    assert hash(parsed) == hash(parse_policy({"rolesAny": ["admin"]}))
    assert hash(parsed) != hash(parse_policy({"rolesAll": ["admin"]}))
    assert parsed != {"rolesAny": ["admin"]}
    assert repr(parsed) == "<Policy {'rolesAny': ['admin']}>"
    with pytest.raises(AttributeError):
        parsed.x = 1


@pytest.mark.parametrize(
    "rules",
    [
        {"subject": {"ref": "owner"}},
        {"anyOf": [{"allOf": []}, {"subject": {"ref": "owner"}}]},
        {"allOf": [{"rolesAny": []}, {"not": {"subject": {"ref": "owner"}}}]},
    ],
)
def test_a_name_that_the_context_lacks_is_misuse_wherever_it_stands(rules: Any) -> None:
    parsed = parse_policy(rules)
    for context in (None, {}, {"owner": None}, {"owner": 1}, {"Owner": "u1"}):
        with pytest.raises(MisuseError):
            parsed.evaluate(CLAIMS, context)
    parsed.evaluate(CLAIMS, {"owner": "u1"})


def test_claims_must_be_verified() -> None:
    with pytest.raises(MisuseError):
        parse_policy({"allOf": []}).evaluate({"sub": "u1"})  # type: ignore[arg-type] # that it fails is the point


@given(values, values)
def test_equality_is_that_of_json(left: Any, right: Any) -> None:
    assert equal(left, left)
    assert equal(left, right) is equal(right, left)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [(1, 1.0, True), (True, 1, False), (0, False, False), ([], {}, False), ("", None, False), ([1], [1, 2], False)],
)
def test_known_equalities(left: Any, right: Any, same: bool) -> None:
    assert equal(left, right) is same
    assert equal({"a": [left]}, {"a": [right]}) is same


names = st.sampled_from(["read", "write", "admin"])


@given(st.lists(names), st.dictionaries(names, st.lists(names)))
def test_scopes_give_distinct_permissions_in_order(scopes: list[str], table: dict[str, list[str]]) -> None:
    mapped = map_scopes_to_permissions(scopes, table)
    assert mapped == map_scopes_to_permissions(" ".join(scopes), table)
    assert len(mapped) == len(set(mapped))
    assert set(mapped) == {permission for scope in scopes for permission in table.get(scope, ())}


@pytest.mark.parametrize(
    ("scope", "table"), [(None, {}), ([1], {}), (1, {}), ("a", None), ("a", {"a": "b"}), ("a", {"a": [1]})]
)
def test_wrong_types_of_scopes_are_misuse(scope: Any, table: Any) -> None:
    with pytest.raises(MisuseError):
        map_scopes_to_permissions(scope, table)


def test_a_builder_is_built_once() -> None:
    builder = policy().roles_any("admin")
    assert builder.build() is builder.build()
    assert builder.need_all("read").build().to_dict() == {"rolesAny": ["admin"], "permissionsAll": ["read"]}
    assert builder.build().to_dict() == {"rolesAny": ["admin"]}
