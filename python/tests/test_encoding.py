"""Strict JSON, canonical JSON, base64url and values of programs."""

from __future__ import annotations

import json
import math
import sys
from collections import OrderedDict
from enum import Enum, IntEnum, StrEnum
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kit_jwt.encoding.base64url import decode_base64url, encode_base64url
from kit_jwt.encoding.jcs import canonicalize, format_number
from kit_jwt.encoding.json_value import UNSUPPORTED, freeze, read_json, thaw
from kit_jwt.encoding.strict_json import parse, parse_object

MOST = 2**53 - 1
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-MOST, MOST)
    | st.floats(-MOST, MOST)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
)
names = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4), max_leaves=12
)


@given(st.binary(max_size=80))
def test_base64url_goes_round(data: bytes) -> None:
    assert decode_base64url(encode_base64url(data)) == data


@given(st.text(st.sampled_from("ABQgw_-+/= \n.é"), max_size=9))
def test_base64url_has_one_form_only(text: str) -> None:
    data = decode_base64url(text)
    assert data is None or encode_base64url(data) == text


@given(values)
def test_canonical_text_is_strict_and_reads_back(value: Any) -> None:
    text = canonicalize(value)
    again = parse(text)
    assert again == value
    assert canonicalize(again) == text


@given(values)
def test_strict_json_takes_what_the_standard_library_writes(value: Any) -> None:
    assert parse(json.dumps(value)) == value


@given(st.text(st.sampled_from('{}[]",:\\u0019dDeE+-.tfn \ufeff\ud800'), max_size=24))
def test_strict_json_never_takes_more_than_the_standard_library(text: str) -> None:
    try:
        ours = parse(text)
    except ValueError:
        return
    assert ours == json.loads(text)


@pytest.mark.parametrize("depth", [17, 2000, 100_000])
@pytest.mark.parametrize(("left", "right"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_refused_without_recursion(depth: int, left: str, right: str) -> None:
    inner = "1" if left.startswith("{") else ""
    assert parse_object('{"a":' + left * depth + inner + right * depth + "}") is None
    assert parse_object('{"a":' + left * depth) is None


def test_brackets_in_strings_are_no_depth() -> None:
    text = json.dumps({"a": "[" * 500 + '\\"' + "{" * 500, "b": [[], [], {}] * 10})
    assert parse_object(text) is not None


@pytest.mark.parametrize(
    "number", ["1e400", "-1e400", "9007199254740992", "9007199254740991.5", "9" * 400, "9" * 5000, "-" + "9" * 5000]
)
def test_numbers_beyond_the_exact_range_are_refused(number: str) -> None:
    assert parse_object(f'{{"n":{number}}}') is None
    assert parse_object(f'{{"n":[{number}]}}') is None


def test_numbers_at_the_edge_are_taken() -> None:
    assert parse("[9007199254740991, -9007199254740991, 9007199254740991.4, 1e15, -0, 5e-324, 1e-400]") == [
        MOST,
        -MOST,
        float(MOST),
        1e15,
        0,
        5e-324,
        0.0,
    ]


@pytest.mark.parametrize(
    "text", ['{"a":"\\ud800"}', '{"\\udc00":1}', '{"a":["\\ud83dx"]}', '{"a":"\ud800"}', '{"a":"\\uDBFF"}']
)
def test_lone_surrogates_are_refused(text: str) -> None:
    assert parse_object(text) is None


def test_pairs_of_escaped_surrogates_are_characters() -> None:
    assert parse('["\\ud83d\\ude00", "\\\\ud800"]') == ["😀", "\\ud800"]


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbf{}", '{"a":1}'.encode("utf-16"), '{"a":1}'.encode("utf-32-le"), b'{"a":"\xff"}']
)
def test_only_utf8_without_a_byte_order_mark_is_read(data: bytes) -> None:
    assert parse_object(data) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_written_as_ecmascript_writes_them(number: float) -> None:
    text = format_number(number)
    assert float(text) == number
    magnitude = abs(number)
    assert ("e" in text) == (magnitude >= 1e21 or 0 < magnitude < 1e-6)
    assert text.lstrip("-").replace(".", "").replace("e+", "").replace("e-", "").isdigit()
    if "e" in text:
        mantissa, exponent = text.lstrip("-").split("e")
        assert exponent[0] in "+-"
        assert exponent[1] != "0"
        assert 1 <= float(mantissa) < 10
    else:
        assert not text.endswith((".0", "."))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-1.5, "-1.5"),
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (123456789012345680000.0, "123456789012345680000"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (1.5e-9, "1.5e-9"),
        (5e-324, "5e-324"),
        (sys.float_info.max, "1.7976931348623157e+308"),
        (333333333.33333329, "333333333.3333333"),
        (4.35, "4.35"),
    ],
)
def test_known_numbers(number: float, text: str) -> None:
    assert format_number(number) == text


class Role(StrEnum):
    ADMIN = "admin"


class Level(IntEnum):
    HIGH = 3


class Colour(Enum):
    RED = "red"


class Text(str):
    __slots__ = ()

    def __str__(self) -> str:
        return "something else"


def test_subclasses_are_read_as_their_plain_value() -> None:
    read = read_json({Text("k"): [Role.ADMIN, Level.HIGH, Text("t"), MappingProxyType({"a": (1,)}), OrderedDict(b=2)]})
    assert read == {"k": ["admin", 3, "t", {"a": [1]}, {"b": 2}]}
    assert isinstance(read, dict)
    assert {type(item) for item in (*read, read["k"][0], read["k"][2])} == {str}
    assert type(read["k"][1]) is int


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        -math.inf,
        2**53,
        -(2**53),
        1e300,
        pytest.param(10**5000, id="an integer of 5001 digits"),
        "\ud800",
        b"bytes",
        bytearray(b"b"),
        {1, 2},
        frozenset(),
        Colour.RED,
        object(),
        1j,
        {1: 2},
        {None: 2},
        {True: 2},
        {"\udfff": 1},
        iter([]),
        range(2),
        {"a": [{"b": {"c": math.nan}}]},
    ],
)
def test_what_json_cannot_carry_is_unsupported(value: object) -> None:
    assert read_json(value) is UNSUPPORTED
    assert read_json([value]) is UNSUPPORTED


def test_a_cycle_is_unsupported() -> None:
    loop: list[Any] = []
    loop.append(loop)
    ring: dict[str, Any] = {}
    ring["a"] = {"b": ring}
    assert read_json(loop) is UNSUPPORTED
    assert read_json(ring) is UNSUPPORTED


@given(values)
def test_frozen_values_equal_plain_ones_and_thaw_to_copies(value: Any) -> None:
    frozen = freeze(value)
    assert frozen == value
    assert value == frozen
    assert (frozen != value) is False
    thawed = thaw(frozen)
    assert thawed == value
    assume(isinstance(value, (list, dict)) and value)
    assert thawed is not value


def test_frozen_values_cannot_be_changed() -> None:
    frozen: Any = freeze({"a": [1, {"b": 2}]})
    with pytest.raises(TypeError):
        frozen["a"] = 1
    with pytest.raises(AttributeError):
        frozen.x = 1
    with pytest.raises(AttributeError):
        del frozen.x
    with pytest.raises(TypeError):
        frozen["a"][0] = 1
    assert frozen != 3
    assert len(frozen) == 1
    assert "a" in frozen
    assert "b" not in frozen
    assert "2" not in repr(frozen)
    assert repr(frozen["a"]) == "<FrozenArray of 2>"
    assert freeze(frozen["a"]) is frozen["a"]
    assert freeze(frozen) is frozen


def test_only_json_values_are_written() -> None:
    with pytest.raises(TypeError):
        canonicalize({1})  # type: ignore[arg-type] # that it fails is the point


def test_keys_are_sorted_by_utf16_code_units() -> None:
    assert canonicalize({"\ufb33": 1, "😀": 2, "a": 3}) == '{"a":3,"😀":2,"\ufb33":1}'
