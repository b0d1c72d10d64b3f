"""The package itself: what it exports, which way its imports point, and that its wheel can be installed."""

from __future__ import annotations

import ast
import importlib.metadata
import inspect
import json
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

import kit_jwt
from kit_jwt import aio, conformance, errors, testing, workers
from kit_jwt.conformance.__main__ import main

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "kit_jwt"

NAMES = [
    "AnyPolicy",
    "CheckOptions",
    "Claims",
    "ConfigError",
    "ConfigErrorCode",
    "DelegationOptions",
    "Evaluation",
    "JSONValue",
    "JwksRequest",
    "JwksResponse",
    "KeyPair",
    "KeySet",
    "KeySource",
    "Kit",
    "KitConfig",
    "KitError",
    "LocalJwks",
    "MappingOptions",
    "MemoryReplayStore",
    "MemoryRevocationList",
    "MisuseError",
    "Policy",
    "PolicyBuilder",
    "Principal",
    "PrivateKey",
    "ProviderName",
    "PublicKey",
    "RemoteJwks",
    "ReplayStore",
    "RevocationList",
    "SecretKey",
    "SignOptions",
    "Signer",
    "TokenError",
    "TokenErrorCode",
    "TrustOptions",
    "Unverified",
    "VerifyOptions",
    "check_auth",
    "config_from_environment",
    "consume_once",
    "create_delegated_token",
    "create_key_set",
    "decode_unverified",
    "export_public_jwk",
    "generate_key_pair",
    "generate_secret",
    "import_private_key",
    "import_public_key",
    "import_secret",
    "is_expiring_soon",
    "is_verified",
    "local_jwks",
    "map_scopes_to_permissions",
    "memory_replay_store",
    "memory_revocation_list",
    "parse_policy",
    "policy",
    "remote_jwks",
    "sign",
    "thumbprint",
    "trusted_provider",
    "unsafe_trust_claims",
    "verify",
]


def test_exported_names_are_these() -> None:
    assert kit_jwt.__all__ == NAMES
    assert aio.__all__ == [
        "Kit",
        "check_auth",
        "consume_once",
        "create_delegated_token",
        "generate_key_pair",
        "import_private_key",
        "sign",
        "verify",
    ]
    assert workers.__all__ == ["ServiceJwks", "apply_env_bindings", "make_kit", "service_jwks"]
    assert testing.__all__ == [
        "FOREIGN_PRIVATE_JWK",
        "FOREIGN_SECRET",
        "REFUSALS",
        "TEST_AUDIENCE",
        "TEST_ISSUER",
        "TEST_KID",
        "TEST_NOW",
        "TEST_PRIVATE_JWK",
        "TEST_PRIVATE_JWKS",
        "TEST_PUBLIC_JWK",
        "TEST_PUBLIC_JWKS",
        "TEST_SECRET",
        "TEST_SUBJECT",
        "FakeJwks",
        "FixedClock",
        "JwksAnswer",
        "MintTestToken",
        "Tokens",
        "config_for_tests",
        "create_test_kit",
        "create_tokens",
        "environment_for_tests",
        "fake_jwks",
        "fixed_clock",
        "repeating_entropy",
    ]
    assert conformance.__all__ == ["Result", "run_file", "run_file_awaiting", "run_test"]
    for module in (kit_jwt, aio, workers, testing, errors):
        assert all(hasattr(module, name) for name in module.__all__)


@pytest.mark.parametrize("name", [name for name in NAMES if inspect.isroutine(getattr(kit_jwt, name))])
def test_every_public_function_is_documented(name: str) -> None:
    assert inspect.getdoc(getattr(kit_jwt, name))


FILES = [path for path in SOURCE.rglob("*.py") if "conformance" not in path.parts]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_file_fits_in_a_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


def test_nobody_below_the_kit_knows_the_time_or_makes_randomness() -> None:
    kit = {"environment_kit.py", "config/settings.py", "keys/generate.py"}
    # Above the kit, and each a place where keys, nonces and files come from, or a clock unless one is given.
    rooms = ("authority/authority", "authority/new_key", "sealing/kek", "sealing/seal", "service/config", "stores/file")
    issuer = {f"issuer/{room}.py" for room in rooms}
    # A clock or a chance unless one is given.
    doors = {"http/limits/memory.py", "http/limits/fallback.py", "http/outgoing/kept.py"}
    # How long is waited for a server; the nonce that tells a use that is asked again from another one.
    stores = {"redis/deadline.py", "redis/consume.py"}
    allowed = {*kit, *issuer, *doors, *stores, "command/machine.py", "sources/transport.py"}
    for path in FILES:
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        read = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        if names & {"time", "random", "secrets", "datetime"} or "urandom" in read:
            assert str(path.relative_to(SOURCE)) in allowed


def test_importing_the_package_makes_nothing_random_and_loads_no_network() -> None:
    program = """
import os, sys
os.urandom = lambda size: sys.exit("random at import")
from kit_jwt import *
from kit_jwt import errors
network = ("socket", "ssl", "http.client", "urllib.request", "jwt", "cryptography", "random", "secrets")
print([name for name in network if name in sys.modules])
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # noqa: S603 # ours
    assert run.stdout == "[]\n", run.stderr


def test_a_name_that_is_not_public_is_not_there() -> None:
    with pytest.raises(AttributeError, match="'kit_jwt' has no attribute 'decrypt'"):
        _ = kit_jwt.decrypt  # type: ignore[attr-defined] # that it fails is the point
    assert set(kit_jwt.__all__) <= set(dir(kit_jwt))


def test_the_runner_tells_by_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    test = {"id": "x-0001", "comment": "", "flags": ["F"], "jwk": "{}", "expected": {"fault": {"code": "key_invalid"}}}
    other = {**test, "id": "x-0002", "expected": {"thumbprint": "x"}}
    parsed = {"format": 1, "kind": "thumbprint", "groups": [{"name": "g", "tests": [test, other]}]}
    path = tmp_path / "vectors.json"
    path.write_text(json.dumps(parsed), encoding="utf-8")
    assert main([str(path)]) == 1
    told = capsys.readouterr()
    results = [json.loads(line) for line in told.out.splitlines()]
    assert [(result["id"], result["passed"]) for result in results] == [("x-0001", True), ("x-0002", False)]
    assert results[0]["got"] == {"fault": {"code": "key_invalid"}}
    assert told.err == "1 passed, 1 failed\n"
    parsed["groups"] = [{"name": "g", "tests": [test]}]
    path.write_text(json.dumps(parsed), encoding="utf-8")
    assert main(["--json", str(path)]) == 0
    for broken in ("", "[]", '{"format":2}', '{"format":1,"kind":"x"}', '{"format":1,"kind":"keys"}'):
        path.write_text(broken, encoding="utf-8")
        assert main([str(path)]) == 2
    assert main([str(tmp_path / "none.json")]) == 2


def test_a_vector_that_fetches_fails() -> None:
    kit = {"issuer": "i", "audience": "a", "jwksUrl": "https://issuer.example/jwks"}
    token = "eyJhbGciOiJFZERTQSJ9.e30." + "A" * 86
    expected = {"fault": {"code": "jwks_unavailable"}}
    test = {"id": "x-0001", "kit": kit, "now": 1, "token": token, "expected": expected}
    result = next(iter(conformance.run_file({"format": 1, "kind": "verify", "groups": [{"tests": [test]}]})))
    assert not result.passed
    assert result.got == {"exception": "FetchAttemptedError"}


def test_the_wheel_installs_and_works(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 # our own command
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", str(site), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)  # noqa: S603 # our own command
    program = f"""
import sys
sys.path.append({sysconfig.get_path("purelib")!r})
import kit_jwt, pathlib
home = pathlib.Path(kit_jwt.__file__).parent
assert home.is_relative_to({str(site)!r}), home
assert (home / 'py.typed').exists()
kit = kit_jwt.Kit(issuer='i', audience='a', private_key=kit_jwt.generate_key_pair().private_jwk)
print(kit.verify(kit.sign({{'sub': 'u1'}}))['sub'])
"""
    done = subprocess.run([python, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603 # our own program
    assert done.stdout.strip() == "u1"


def test_the_readme_runs() -> None:
    (program,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 # our own program
    assert done.stderr == ""


def test_importing_the_package_loads_no_network_and_no_crypto() -> None:
    program = "import sys, kit_jwt; print({'urllib.request', 'cryptography', 'jwt', 'asyncio'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 # our own program
    assert done.stdout.strip() == "set()"


def test_the_version_is_the_packages() -> None:
    assert kit_jwt.__version__ == importlib.metadata.version("kit-jwt")
