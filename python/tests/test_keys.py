"""What a key may be, and what can never be one."""

from __future__ import annotations

import copy
import hmac
import json
import pickle
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import assume, given
from hypothesis import strategies as st

from kit_jwt import (
    ConfigError,
    MisuseError,
    PublicKey,
    TokenError,
    create_key_set,
    export_public_jwk,
    generate_key_pair,
    generate_secret,
    import_private_key,
    import_public_key,
    import_secret,
    thumbprint,
)
from kit_jwt.crypto import ed25519, outside
from kit_jwt.keys.another_key import is_another_key

from .material import EC_KEYS, JWK, OTHER_JWK, RSA_KEY, SECRET, SECRET_BYTES, b64, ec_jwk, hs512, okp, public, rsa_jwk

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PEM, SSH = serialization.Encoding.PEM, serialization.Encoding.OpenSSH


def public_texts() -> list[str]:
    """Every text in which a public or private key usually travels."""
    spki, ssh = serialization.PublicFormat.SubjectPublicKeyInfo, serialization.PublicFormat.OpenSSH
    keys: list[Any] = [PRIVATE.public_key(), RSA_KEY.public_key(), EC_KEYS["ES256"].public_key()]
    texts = [key.public_bytes(PEM, spki).decode() for key in keys]
    texts += [key.public_bytes(SSH, ssh).decode() for key in keys]
    pkcs8 = serialization.PrivateFormat.PKCS8
    texts += [key.private_bytes(PEM, pkcs8, serialization.NoEncryption()).decode() for key in (PRIVATE, RSA_KEY)]
    jwks = [public(JWK), rsa_jwk(), ec_jwk("ES256"), {"keys": [public(JWK)]}, {"kty": "oct", "k": SECRET}]
    texts += [json.dumps(jwk) for jwk in jwks]
    return texts + [json.dumps(jwk, indent=2) for jwk in jwks]


TEXTS = public_texts()
prefixes = st.text(st.sampled_from(" \n\t\ufeffAz09_-=x"), max_size=6)


@given(prefixes, st.sampled_from(TEXTS), st.sampled_from(["", "\n", " ", "AAAA"]))
def test_text_of_another_key_is_never_a_secret(prefix: str, text: str, suffix: str) -> None:
    whole = prefix + text + suffix
    disguises = [whole, b64(whole.encode())]
    if not text.startswith("{"):
        # Without its line breaks and blanks it may be base64url as it stands. JSON without its quotes is no JSON.
        squeezed = "".join(letter for letter in whole if letter.isalnum() or letter in "-_")
        disguises += [squeezed, b64(squeezed.encode())]
    for disguise in disguises:
        for padding in ("", "A", "AA", "AAA"):
            with pytest.raises(ConfigError):
                import_secret(disguise + padding)


def test_json_in_base64url_is_no_secret_even_without_kty() -> None:
    with pytest.raises(ConfigError) as caught:
        import_secret(b64(b' {"a": "' + b"x" * 80 + b'"} '))
    assert caught.value.code == "key_invalid"


@pytest.mark.parametrize("size", [64, 65, 128, 129])
def test_secrets_of_64_bytes_and_more_are_taken(size: int) -> None:
    assert import_secret(b64(bytes(size))).size == size


@given(st.integers(64, 300).flatmap(lambda size: st.binary(min_size=size, max_size=size)), st.binary(max_size=500))
def test_a_tag_is_that_of_the_standard_library(secret: bytes, message: bytes) -> None:
    assume(not is_another_key(secret))
    key = import_secret(b64(secret))
    assert key.sign(message) == key.sign(message) == hmac.digest(secret, message, "sha512")


@pytest.mark.parametrize("size", [0, 1, 32, 63])
def test_shorter_secrets_are_weak(size: int) -> None:
    for source in (b64(bytes(size)), {"kty": "oct", "k": b64(bytes(size))}):
        with pytest.raises(ConfigError) as caught:
            import_secret(source)
        assert caught.value.code == "key_weak"


@pytest.mark.parametrize("wrong", [b"bytes", None, 1, [], SECRET_BYTES])
def test_secrets_are_text_or_objects(wrong: Any) -> None:
    with pytest.raises(ConfigError) as caught:
        import_secret(wrong)
    assert caught.value.code == "key_invalid"


@pytest.mark.parametrize("kid", ["", 1, "\ud800"])
def test_a_kid_is_a_non_empty_string(kid: Any) -> None:
    for call in (lambda: import_secret(SECRET, kid=kid), lambda: generate_key_pair(kid=kid)):
        with pytest.raises(MisuseError):
            call()


def test_a_secret_signs_where_its_key_ops_let_it() -> None:
    verifies = {"kty": "oct", "k": SECRET, "key_ops": ["verify"]}
    both = {"kty": "oct", "k": SECRET, "key_ops": ["verify", "sign"]}
    assert [import_secret(source).signs for source in (SECRET, both, verifies)] == [True, True, False]
    assert hs512(secret=both).sign({})
    with pytest.raises(ConfigError) as caught:
        hs512(secret=verifies)
    assert caught.value.code == "key_unsuitable"


@pytest.mark.parametrize("k", [None, 1, ["A"], "A"])
def test_a_secret_in_a_jwk_is_base64url(k: Any) -> None:
    with pytest.raises(ConfigError) as caught:
        import_secret({"kty": "oct", "k": k})
    assert caught.value.code == "key_invalid"


@pytest.mark.parametrize(("octets", "size"), [(0, 127), (1, 255), (2, 65_535), (3, 65_536)])
def test_der_is_no_secret_however_its_length_is_written(octets: int, size: int) -> None:
    length = bytes([0x80 | octets]) + size.to_bytes(octets, "big") if octets else bytes([size])
    for first in (b"\x30", b"\x02"):
        assert is_another_key(b"\x30" + length + first + bytes(size - 1))
        assert not is_another_key(b"\x30" + length + first + bytes(size))
        assert not is_another_key(b"\x31" + length + first + bytes(size - 1))
    assert not is_another_key(b"\x30" + length + b"\x04" + bytes(size - 1))


@pytest.mark.parametrize("data", [b"", b"\x30", b"\x30\x00", b"\x30\x84\x00\x00\x00\x01\x02"])
def test_what_is_too_short_for_a_key_or_too_long_for_a_text_is_no_der(data: bytes) -> None:
    assert not is_another_key(data)


def test_a_second_kid_conflicts() -> None:
    with pytest.raises(ConfigError) as caught:
        import_secret({"kty": "oct", "k": SECRET, "kid": "a"}, kid="b")
    assert caught.value.code == "config_conflict"
    assert import_secret(SECRET, kid="b").kid == "b"


@pytest.mark.parametrize("alg", ["HS512", "none", "", None, 1, []])
def test_public_keys_are_for_algorithms_that_have_some(alg: Any) -> None:
    with pytest.raises(MisuseError):
        import_public_key(public(JWK), alg=alg)


@pytest.mark.parametrize("alg", ["RS256", "PS256"])
def test_rsa_keys(alg: Any) -> None:
    assert import_public_key(rsa_jwk(), alg=alg).alg == alg
    small = rsa.generate_private_key(65537, 1024)  # noqa: S505 # that it is refused is the point
    numbers = small.public_key().public_numbers()
    for jwk, code in (
        (rsa_jwk(small), "key_weak"),
        (rsa_jwk(e=b64(b"\x01")), "key_invalid"),
        (rsa_jwk(e=b64(b"\x02")), "key_invalid"),
        (rsa_jwk(e=b64(b"\x00\x01\x00\x01")), "key_invalid"),
        (rsa_jwk(n=b64(b"\x00" + numbers.n.to_bytes(128, "big"))), "key_invalid"),
        (rsa_jwk(n=""), "key_invalid"),
        (rsa_jwk(d="AQ"), "key_unsuitable"),
        (rsa_jwk(alg="RS512"), "key_unsuitable"),
        (rsa_jwk(e=b64(b"\x03" * 257)), "key_invalid"),
    ):
        with pytest.raises(ConfigError) as caught:
            import_public_key(jwk, alg=alg)
        assert caught.value.code == code


def test_a_thumbprint_is_that_of_a_sound_key() -> None:
    modulus = RSA_KEY.public_key().public_numbers().n
    odd, even = b64(modulus.to_bytes(256, "big")), b64((2**2047).to_bytes(256, "big"))
    assert thumbprint(rsa_jwk(e=b64(b"\x03")))
    wrong: list[Any] = [
        rsa_jwk(n=even),
        rsa_jwk(e=odd),
        rsa_jwk(e=b64(b"\x01")),
        rsa_jwk(e=b64(b"\x04")),
        json.dumps(rsa_jwk()),
        None,
    ]
    for jwk in wrong:
        with pytest.raises(ConfigError) as caught:
            thumbprint(jwk)
        assert caught.value.code == "key_invalid"


@pytest.mark.parametrize("alg", ["ES256", "ES384", "ES512"])
def test_ec_keys(alg: Any) -> None:
    assert import_public_key(ec_jwk(alg), alg=alg).alg == alg
    for jwk, code in (
        (ec_jwk(alg, y=ec_jwk(alg)["x"]), "key_invalid"),
        (ec_jwk(alg, x=b64(b"\x00" + bytes(32))), "key_invalid"),
        (ec_jwk(alg, crv="P-224"), "key_unsuitable"),
        (ec_jwk(alg, crv=["P-256"]), "key_unsuitable"),
        (ec_jwk(alg, crv=None), "key_unsuitable"),
    ):
        with pytest.raises(ConfigError) as caught:
            import_public_key(jwk, alg=alg)
        assert caught.value.code == code


def test_libraries_that_are_missing_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "cryptography.hazmat.primitives.asymmetric", None)
    for call in (lambda: import_public_key(public(JWK)), lambda: import_private_key(JWK), generate_key_pair):
        with pytest.raises(ConfigError) as caught:
            call()
        assert caught.value.code == "runtime_unsupported"
        assert caught.value.__context__ is None
    with pytest.raises(ConfigError) as caught:
        create_key_set({"keys": [public(JWK)]}, algorithms=["EdDSA"])
    assert caught.value.code == "runtime_unsupported"
    assert import_secret(SECRET).verify(b"", b"") is False


def test_pyjwt_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jwt", None)
    with pytest.raises(ConfigError) as caught:
        import_public_key(rsa_jwk(), alg="RS256")
    assert caught.value.code == "runtime_unsupported"


def test_what_a_library_refuses_is_invalid(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        def from_jwk(self, _jwk: object) -> object:
            raise ValueError(SECRET)

    monkeypatch.setattr(outside, "_implementation", lambda _name: Refusing())
    with pytest.raises(ConfigError) as caught:
        import_public_key(rsa_jwk(), alg="RS256")
    assert caught.value.code == "key_invalid"
    assert caught.value.__context__ is None


def test_a_library_that_fails_while_verifying_has_verified_nothing() -> None:
    key = import_public_key(rsa_jwk(), alg="RS256")
    assert key.verify(b"message", bytes(256)) is False
    assert key.verify(b"message", bytes(255)) is False
    assert import_public_key(ec_jwk("ES256"), alg="ES256").verify(b"", bytes(64)) is False
    assert ed25519.load_ed25519_public(PRIVATE.public_key().public_bytes_raw())(b"", b"\x08" * 64) is False


def test_exported_keys_have_six_members_in_order() -> None:
    for key in (import_public_key(public(okp())), import_private_key(okp())):
        exported = export_public_jwk(key)
        assert list(exported) == ["kty", "crv", "x", "kid", "alg", "use"]
        assert exported["kid"] == thumbprint(exported)
    with pytest.raises(ConfigError):
        export_public_jwk(import_public_key(rsa_jwk(), alg="RS256"))
    with pytest.raises(MisuseError):
        export_public_jwk(import_secret(SECRET))  # type: ignore[arg-type] # that it fails is the point


@pytest.mark.parametrize("key", [import_secret(SECRET), import_private_key(JWK), import_public_key(public(JWK))])
def test_keys_are_neither_pickled_nor_changed_nor_compared_by_content(key: Any) -> None:
    with pytest.raises(MisuseError):
        pickle.dumps(key)
    with pytest.raises((AttributeError, TypeError)):
        key.kid = "x"
    with pytest.raises(MisuseError):
        copy.copy(key)
    assert key == key  # noqa: PLR0124 # identity is equality


def test_the_repr_of_a_key_shows_what_it_is_and_no_material() -> None:
    assert repr(import_secret(SECRET)) == "<SecretKey HS512>"
    public_key = import_public_key(public(JWK))
    assert repr(public_key) == f"<PublicKey EdDSA {public_key.thumbprint}>"
    assert repr(import_private_key(JWK)) == f"<PrivateKey EdDSA {public_key.thumbprint}>"


def test_a_pair_is_made_of_32_random_bytes_and_the_kid_that_it_was_given() -> None:
    sizes: list[int] = []

    def entropy(size: int) -> bytes:
        sizes.append(size)
        return bytes(range(32))

    pair = generate_key_pair(kid="ed-1", entropy=entropy)
    assert sizes == [32]
    assert {name: pair.private_jwk.get(name) for name in JWK} == JWK
    assert pair.public_jwk["kid"] == "ed-1"


def test_new_secrets_and_pairs_can_be_used() -> None:
    assert [import_secret(generate_secret(size)).size for size in (64, 128, 1024)] == [64, 128, 1024]
    pair = generate_key_pair()
    assert import_private_key({**pair.private_jwk}).thumbprint == pair.public_jwk["kid"]
    assert pair.private_jwk["d"] not in repr(pair)
    assert generate_secret() != generate_secret()


@pytest.mark.parametrize("size", [63, 0, -1, 1025, True, 64.0, "64"])
def test_sizes_of_secrets_have_bounds(size: Any) -> None:
    with pytest.raises(MisuseError):
        generate_secret(size)


class TestKeySets:
    def test_unusable_entries_are_ignored(self) -> None:
        keys: list[Any] = [
            None,
            "x",
            1,
            [],
            {},
            {"kty": "oct", "k": SECRET},
            JWK,
            public(OTHER_JWK),
            {**public(JWK), "use": "enc"},
        ]
        assert [key.kid for key in create_key_set({"keys": keys}, algorithms=["EdDSA", "RS256"]).keys] == ["ed-2"]

    def test_the_same_key_of_the_same_kid_counts_once(self) -> None:
        key_set = create_key_set({"keys": [public(JWK), public(JWK)]}, algorithms=["Ed25519"])
        assert isinstance(key_set.select(alg="EdDSA", kid="ed-1"), PublicKey)
        assert repr(key_set) == "<KeySet of 1>"

    @pytest.mark.parametrize(
        ("alg", "kid", "code"),
        [
            ("EdDSA", None, "key_ambiguous"),
            ("EdDSA", "ed-3", "key_not_found"),
            ("RS256", None, "key_not_found"),
            ("none", None, "key_not_found"),
        ],
    )
    def test_a_header_means_one_key_or_none(self, alg: str, kid: str | None, code: str) -> None:
        key_set = create_key_set({"keys": [public(JWK), public(OTHER_JWK)]}, algorithms=["EdDSA"])
        with pytest.raises(TokenError) as caught:
            key_set.select(alg=alg, kid=kid)
        assert caught.value.code == code

    @pytest.mark.parametrize("jwks", ["", "[]", "{}", '{"keys":{}}', '{"keys":[],"keys":[]}', None, 1, {"keys": "x"}])
    def test_a_set_is_an_object_with_an_array(self, jwks: Any) -> None:
        with pytest.raises(ConfigError) as caught:
            create_key_set(jwks, algorithms=["EdDSA"])
        assert caught.value.code == "jwks_invalid"

    @pytest.mark.parametrize("algorithms", [[], None, "EdDSA", ["none"]])
    def test_algorithms_are_named(self, algorithms: Any) -> None:
        with pytest.raises(MisuseError):
            create_key_set({"keys": []}, algorithms=algorithms)
