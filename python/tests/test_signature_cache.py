"""What a kit remembers of signatures that held; that it answers as one that does not, say the vectors."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from kit_jwt import Kit, TokenError, generate_key_pair, import_public_key
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.keys.key import PublicKey
from kit_jwt.keys.secret import import_secret
from kit_jwt.token.signature_cache import Remembered, SignatureCache

from .material import SECRET

BYTES = 1_000_000
ISSUER = "https://issuer.example"
KEY = import_secret(SECRET)


class Counting:
    """A source of one key that counts how often a signature is computed."""

    def __init__(self, key: PublicKey) -> None:
        self.computed = 0
        self.key = self.given(key)

    def given(self, key: PublicKey) -> PublicKey:
        def check(message: bytes, signature: bytes) -> bool:
            self.computed += 1
            return key.check(message, signature)

        return replace(key, check=check)

    def select(self, *, alg: str, kid: str | None, now: float) -> PublicKey:
        assert (alg, kid, now > 0) == ("EdDSA", self.key.kid, True)
        return self.key


def test_the_signature_of_a_token_is_computed_once_for_a_key() -> None:
    pair = generate_key_pair()
    key = import_public_key(pair.public_jwk)
    source = Counting(key)
    config: dict[str, Any] = {"issuer": ISSUER, "audience": "api"}
    token = Kit(**config, private_key=pair.private_jwk).sign({"sub": "u1"})
    kit = Kit(**config, key_source=source, signature_cache_bytes=BYTES)
    assert [kit.verify(token)["sub"] for _ in range(3)] == ["u1"] * 3
    assert source.computed == 1
    # The same key in a new object: the source has read its set again.
    source.key = source.given(key)
    assert [kit.verify(token)["sub"] for _ in range(3)] == ["u1"] * 3
    assert source.computed == 2
    with pytest.raises(TokenError, match="signature_invalid"):
        kit.verify(f"{token[:-4]}AAAA")
    assert source.computed == 3


def test_without_the_option_nothing_is_remembered() -> None:
    pair = generate_key_pair()
    source = Counting(import_public_key(pair.public_jwk))
    token = Kit(issuer=ISSUER, audience="api", private_key=pair.private_jwk).sign({"sub": "u1"})
    kit = Kit(issuer=ISSUER, audience="api", key_source=source)
    assert [kit.verify(token)["sub"] for _ in range(2)] == ["u1"] * 2
    assert source.computed == 2


def test_no_caller_changes_what_the_next_one_sees() -> None:
    kit = Kit(issuer=ISSUER, audience="api", secret=SECRET, signature_cache_bytes=BYTES)
    token = kit.sign({"sub": "u1", "roles": ["admin"], "deep": {"list": [{"a": 1}]}, "lists": [["a"]]})
    for _ in range(3):
        claims: Any = kit.verify(token)
        plain: Any = claims.to_dict()
        assert (plain["roles"], plain["deep"]) == (["admin"], {"list": [{"a": 1}]})
        plain["roles"].append("root")
        plain["deep"]["list"][0]["a"] = 2
        for change in changes_of(claims):
            with pytest.raises(AttributeError):
                change()


def test_no_caller_changes_the_lists_of_plain_claims() -> None:
    kit = Kit(issuer=ISSUER, audience="api", secret=SECRET, signature_cache_bytes=BYTES)
    token = kit.sign({"sub": "u1", "roles": ["admin"]})
    for _ in range(3):
        claims: Any = kit.verify(token)
        assert claims.to_dict()["roles"] == ["admin"]
        with pytest.raises(AttributeError):
            claims["roles"].append("root")


def changes_of(claims: Any) -> list[Callable[[], object]]:
    return [
        lambda: claims.__setitem__("sub", "root"),
        lambda: claims["roles"].append("root"),
        lambda: claims["deep"].__setitem__("list", []),
        lambda: claims["deep"]["list"][0].__setitem__("a", 2),
        lambda: claims["lists"][0].append("b"),
    ]


def remembered(payload: dict[str, JSONValue] | None = None, header: bytes = b"{}") -> Remembered:
    return Remembered(header, KEY, {} if payload is None else payload)


def test_what_was_used_longest_ago_makes_room() -> None:
    tokens = [str(number) * 1000 for number in range(4)]
    cache = SignatureCache(3 * 1500)
    for token in tokens[:3]:
        cache.remember(token, remembered())
    assert cache.find(tokens[0]) is not None
    cache.remember(tokens[3], remembered())
    assert [cache.find(token) is not None for token in tokens] == [True, False, True, True]


def test_what_is_larger_than_the_limit_is_not_remembered() -> None:
    cache = SignatureCache(3000)
    cache.remember("a", remembered())
    cache.remember("b", remembered({"text": "x" * 3000}))
    assert cache.find("a") is not None
    assert cache.find("b") is None
    cache.remember("b", remembered(header=b"x" * 3000))
    assert cache.find("b") is None
    cache.remember("a", remembered({"list": ["x" * 3000]}))
    assert (cache.find("a"), len(cache)) == (None, 0)


def test_a_token_that_is_remembered_again_counts_once() -> None:
    cache = SignatureCache(2000)
    cache.remember("other", remembered())
    for _ in range(100):
        cache.remember("a", remembered({"sub": "u1"}))
    assert cache.find("other") is not None


def test_wide_characters_count_by_their_bytes() -> None:
    cache = SignatureCache(3000)
    cache.remember("a", remembered({"text": "x" * 1000}))
    assert cache.find("a") is not None
    cache.remember("b", remembered({"text": "\U0001f600" * 1000}))
    assert cache.find("b") is None


def test_threads_share_it() -> None:
    # Room for a few of the tokens, so that threads forget what others look for.
    kit = Kit(issuer=ISSUER, audience="api", secret=SECRET, signature_cache_bytes=20_000)
    names = [f"u{number}" for number in range(40)]
    tokens = [kit.sign({"sub": name}) for name in names]

    def subjects(_: int) -> list[object]:
        return [kit.verify(token)["sub"] for token in tokens * 5]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(subjects, range(16))) == [names * 5] * 16


def test_the_repr_of_what_is_remembered_shows_nothing() -> None:
    assert repr(remembered({"sub": "u1"})) == "<Remembered>"
