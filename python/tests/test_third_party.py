"""Suites that others wrote, read from the folder that KIT_VECTORS names.

Given a path, a suite that cannot be read fails. How many cases there are is asserted, so that none goes missing.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from kit_jwt import KitError, create_key_set, import_private_key, import_public_key, import_secret, thumbprint
from kit_jwt.crypto.algorithms import ALGORITHMS
from kit_jwt.encoding.base64url import encode_base64url
from kit_jwt.encoding.jcs import canonicalize
from kit_jwt.token.compact import join, signing_input, sized, split
from kit_jwt.token.header import parse_header

from .material import b64, unb64

REFUSED_BY_US = {
    346: "the key is for PS256, the token says PS384",
    347: "the key is for ES521, which is no algorithm",
    350: "the key is for PS256, the token says PS384",
    351: "the key is for ES521, which is no algorithm",
    372: "a byte that is not base64url in the header",
    373: "a byte that is not base64url in the payload",
}
CONTRADICTED = {367, 370}  # "invalid", but byte for byte the valid 357


if "KIT_VECTORS" not in os.environ:
    pytest.skip("KIT_VECTORS is not set: the suites that others wrote are not here", allow_module_level=True)


@pytest.fixture
def folder() -> Path:
    path = Path(os.environ["KIT_VECTORS"])
    assert path.is_dir(), "KIT_VECTORS names no folder"
    return path


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def accepts(jws: str, jwk: dict[str, Any]) -> bool:
    """Whether a JWS is taken under one JWK, by the rooms that a kit is made of."""
    try:
        compact = split(sized(jws))
        header = parse_header(compact.header)
        if header.alg not in ALGORITHMS:
            return False
        if header.alg == "HS512":
            return import_secret(jwk).verify(compact.signing_input, compact.signature)
        key = import_public_key(jwk, alg=header.alg)  # type: ignore[arg-type] # a name of the table
    except KitError:
        return False
    return header.kid in {None, key.kid} and key.verify(compact.signing_input, compact.signature)


def ed25519_accepts(key: str, message: bytes, signature: str) -> bool:
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": b64(bytes.fromhex(key))}
    try:
        return import_public_key(jwk).verify(message, bytes.fromhex(signature))
    except KitError:
        return False


def test_wycheproof_hmac_sha512(folder: Path) -> None:
    suite = read(folder / "wycheproof/testvectors_v1/hmac_sha512_test.json")
    tests = [(group, test) for group in suite["testGroups"] for test in group["tests"]]
    assert len(tests) == 174
    run = 0
    for group, test in tests:
        secret = bytes.fromhex(test["key"])
        if len(secret) < 64:
            with pytest.raises(KitError):
                import_secret(b64(secret))
            continue
        run += 1
        taken = import_secret(b64(secret)).verify(bytes.fromhex(test["msg"]), bytes.fromhex(test["tag"]))
        assert taken is (test["result"] == "valid" and group["tagSize"] == 512), test["tcId"]
    assert run > 100


def test_wycheproof_ed25519(folder: Path) -> None:
    suite = read(folder / "wycheproof/testvectors_v1/ed25519_test.json")
    tests = [(group["publicKey"]["pk"], test) for group in suite["testGroups"] for test in group["tests"]]
    assert len(tests) == suite["numberOfTests"] == 151
    for key, test in tests:
        taken = ed25519_accepts(key, bytes.fromhex(test["msg"]), test["sig"])
        assert taken is (test["result"] == "valid"), test["tcId"]


def test_wycheproof_jws(folder: Path) -> None:
    suite = read(folder / "wycheproof/testvectors_v1/json_web_signature_test.json")
    tests = [
        (group.get("public") or group["private"], test) for group in suite["testGroups"] for test in group["tests"]
    ]
    assert len(tests) == suite["numberOfTests"] == 401
    taken = 0
    for jwk, test in tests:
        algorithm = ALGORITHMS.get(jwk.get("alg", ""))
        ours = algorithm is not None and ".." not in test["jws"]  # an empty payload is no JSON
        expected = test["result"] == "valid" and ours and test["tcId"] not in REFUSED_BY_US
        if test["tcId"] not in CONTRADICTED:
            assert accepts(test["jws"], jwk) is expected, test["tcId"]
            taken += expected
    assert taken == 14


def test_wycheproof_jwk(folder: Path) -> None:
    suite = read(folder / "wycheproof/testvectors_v1/json_web_key_test.json")
    tests = [
        (group.get("public") or group["private"], test) for group in suite["testGroups"] for test in group["tests"]
    ]
    assert len(tests) == suite["numberOfTests"] == 26
    taken = set()
    for jwks, test in tests:
        if any(accepts(test["jws"], jwk) for jwk in jwks["keys"]):
            taken.add(test["tcId"])
        create_key_set(jwks, algorithms=["EdDSA", "RS256", "PS256", "ES256", "ES384", "ES512"])
    # 5 and 6 hold RS256 keys; 7 is a ROCA key, whose weakness is its factors' alone; 15 is a long HS512 key. The other
    # valid ones are HS256 and HS384.
    valid = {test["tcId"] for _, test in tests if test["result"] == "valid"}
    assert taken - {7} <= valid
    assert 15 in taken
    assert not taken & {8, 9, 12, 18, 19, 20, 21, 22, 23, 24}


def test_cctv_ed25519(folder: Path) -> None:
    tests = read(folder / "cctv/ed25519/ed25519vectors.json")
    assert len(tests) == 914
    fatal = {"low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R", "low_order_residue"}
    for test in tests:
        expected = not fatal.intersection(test["flags"] or ())
        assert ed25519_accepts(test["key"], test["msg"].encode(), test["sig"]) is expected, test["number"]


def test_ed25519_speccheck(folder: Path) -> None:
    tests = read(folder / "ed25519-speccheck/cases.json")
    assert len(tests) == 12
    taken = [ed25519_accepts(test["pub_key"], bytes.fromhex(test["message"]), test["signature"]) for test in tests]
    # 3 alone: A and R of mixed order, which holds without the cofactor. The others are small, not canonical, beyond L,
    # or need the cofactor.
    assert [index for index, one in enumerate(taken) if one] == [3]


@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_jcs(folder: Path, name: str) -> None:
    value = read(folder / f"jcs/testdata/input/{name}.json")
    expected = (folder / f"jcs/testdata/output/{name}.json").read_bytes()
    assert canonicalize(value).encode() == expected
    hexadecimal = (folder / f"jcs/testdata/outhex/{name}.txt").read_text(encoding="ascii")
    assert bytes.fromhex(hexadecimal) == expected


@pytest.mark.parametrize(
    ("name", "supported"),
    [
        ("jws/4_1.rsa_v15_signature", True),
        ("jws/4_2.rsa-pss_signature", False),  # PS384
        ("jws/4_3.ecdsa_signature", True),
        ("jws/4_4.hmac-sha2_integrity_protection", False),  # HS256
        ("curve25519/jws", True),
        ("rfc7797/hmac-sha2_b64_false", False),
    ],
)
def test_cookbook_jws(folder: Path, name: str, supported: bool) -> None:
    example = read(folder / f"ietf-jose-cookbook/{name}.json")
    key = example["input"]["key"]
    public = {
        member: value
        for member, value in key.items()
        if member in {"kty", "crv", "x", "y", "n", "e", "kid", "use", "k"}
    }
    compact = example["output"].get("compact") or f"{example['signing']['sig-input']}.{example['signing']['sig']}"
    assert accepts(compact, public) is supported
    head, body, signature = compact.split(".")
    assert accepts(f"{head}.{body[:-1]}.{signature}", public) is False


def test_cookbook_ed25519_signature(folder: Path) -> None:
    example = read(folder / "ietf-jose-cookbook/curve25519/jws.json")
    header = encode_base64url(canonicalize(example["signing"]["protected"]).encode()).encode()
    text = signing_input(header, example["input"]["payload"])
    assert text.decode() == example["signing"]["sig-input"]
    token = join(text, import_private_key(example["input"]["key"]).sign(text))
    assert token == f"{text.decode()}.{example['signing']['sig']}"


def test_cookbook_jwks(folder: Path) -> None:
    path = folder / "ietf-jose-cookbook/jwk"
    assert import_public_key(read(path / "3_1.ec_public_key.json"), alg="ES512").kid == "bilbo.baggins@hobbiton.example"
    assert (
        import_public_key(read(path / "3_3.rsa_public_key.json"), alg="RS256").kid == "bilbo.baggins@hobbiton.example"
    )
    for public, private in (("3_1.ec_public_key", "3_2.ec_private_key"), ("3_3.rsa_public_key", "3_4.rsa_private_key")):
        assert thumbprint(read(path / f"{public}.json")) == thumbprint(read(path / f"{private}.json"))
    for secret in ("3_5.symmetric_key_mac_computation", "3_6.symmetric_key_encryption"):
        with pytest.raises(KitError):
            import_secret(read(path / f"{secret}.json"))
    assert len(unb64(thumbprint(read(path / "3_1.ec_public_key.json")))) == 32
