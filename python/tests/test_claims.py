"""Claims are immutable, marked, and nobody else's object."""

from __future__ import annotations

import copy
import json
import operator
import pickle
from dataclasses import dataclass
from typing import Any, TypedDict

import pytest
from hypothesis import given

from kit_jwt import Claims, MisuseError, TokenError, is_verified, unsafe_trust_claims

from .material import claims, hs512, raw_token
from .test_encoding import names, values


class Custom(TypedDict):
    sub: str
    plan: str


@dataclass
class Account:
    sub: str
    plan: str


def test_claims_equal_plain_json_and_give_plain_copies() -> None:
    given_claims = claims(plan={"seats": [1, 2]})
    verified = hs512().verify(raw_token({"alg": "HS512"}, given_claims))
    assert verified == given_claims
    assert given_claims == verified
    plain: Any = verified.to_dict()
    assert json.loads(json.dumps(plain)) == given_claims
    plain["plan"]["seats"].append(3)
    assert verified == given_claims


def test_claims_cannot_be_changed_or_made() -> None:
    verified: Any = unsafe_trust_claims({"sub": "u1", "list": [1], "map": {"a": 1}})
    for change in (
        lambda: operator.setitem(verified, "sub", "x"),
        lambda: setattr(verified, "sub", "x"),
        lambda: delattr(verified, "sub"),
        lambda: verified["list"].append(2),
        lambda: operator.setitem(verified["map"], "a", 2),
    ):
        with pytest.raises((TypeError, AttributeError)):
            change()
    with pytest.raises(MisuseError):
        Claims({"sub": "u1"})
    assert verified == {"sub": "u1", "list": [1], "map": {"a": 1}}


def test_copies_are_the_claims_and_pickles_are_refused() -> None:
    verified = unsafe_trust_claims({"sub": "u1"})
    assert copy.copy(verified) is verified
    assert copy.deepcopy({"c": verified})["c"] is verified
    with pytest.raises(MisuseError):
        pickle.dumps(verified)


def test_custom_claims_come_in_a_type_of_ones_own() -> None:
    verified = unsafe_trust_claims({"sub": "u1", "plan": "pro"})
    assert verified.into(Custom)["plan"] == "pro"
    assert verified.into(Account) == Account("u1", "pro")


def test_the_repr_shows_no_values() -> None:
    assert repr(unsafe_trust_claims({"sub": "somebody"})) == "<Claims of 1>"


@given(names, values)
def test_callers_objects_are_left_alone(name: str, value: Any) -> None:
    mine: dict[str, Any] = {"sub": "u1", "x-" + name: value, "nested": {"list": [value]}}
    before = json.dumps(mine)
    hs512().sign(mine)
    assert json.dumps(mine) == before
    mine["nested"]["list"].append(1)


@given(names, values)
def test_custom_claims_survive_signing_and_verifying(name: str, value: Any) -> None:
    kit = hs512()
    assert kit.verify(kit.sign({"x-" + name: value}))["x-" + name] == value


class TestTrusted:
    def test_are_marked(self) -> None:
        assert is_verified(unsafe_trust_claims({}))
        assert not is_verified({})

    def test_types_are_checked_but_presence_is_not(self) -> None:
        with pytest.raises(TokenError) as caught:
            unsafe_trust_claims({"exp": "soon"})
        assert (caught.value.code, caught.value.claim) == ("claim_invalid", "exp")

    def test_chains_may_be_deep_as_far_as_json_goes(self) -> None:
        act: dict[str, Any] = {"sub": "a"}
        for _ in range(14):
            act = {"sub": "a", "act": act}
        assert "act" in unsafe_trust_claims({"act": act})

    def test_the_first_value_at_fault_is_named_in_canonical_order(self) -> None:
        with pytest.raises(TokenError) as caught:
            unsafe_trust_claims({"z": float("nan"), "b": {1, 2}, "c": b""})
        assert (caught.value.code, caught.value.claim) == ("value_unsupported", "b")

    @pytest.mark.parametrize("wrong", [None, [], "text", 1, [("sub", "u1")]])
    def test_only_mappings_are_claims(self, wrong: Any) -> None:
        with pytest.raises(MisuseError):
            unsafe_trust_claims(wrong)

    def test_names_that_are_no_strings_are_unsupported(self) -> None:
        for name in (1, None, True, b"sub"):
            with pytest.raises(TokenError) as caught:
                unsafe_trust_claims({name: 1, "a": {1}})  # type: ignore[dict-item] # that it fails is the point
            assert (caught.value.code, caught.value.claim) == ("value_unsupported", None)
