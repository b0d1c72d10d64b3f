"""The fixtures for pytest, here and in a project of its own; and the warning where production begins."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kit_jwt import Kit, KitConfig, TokenError, aio
from kit_jwt.testing import TEST_NOW, FakeJwks, FixedClock, Tokens, create_test_kit
from kit_jwt.testing.production import warn_in_production


def run(home: Path, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
    return subprocess.run(  # noqa: S603 # our own programs
        [sys.executable, *args], cwd=home, env={**clean, **env}, capture_output=True, text=True, check=False
    )


class TestFixtures:
    def test_they_belong_together(
        self, kit: Kit, tokens: Tokens, clock: FixedClock, kit_config: KitConfig, entropy: Callable[[int], bytes]
    ) -> None:
        assert kit_config == {}
        assert clock() == TEST_NOW
        assert kit.verify(kit.sign({}))["jti"] != kit.verify(tokens.mint())["jti"]
        assert entropy(1) == b"\3"
        clock.advance(86_400)
        with pytest.raises(TokenError) as caught:
            kit.verify(tokens.expired())
        assert caught.value.code == "token_expired"
        assert kit.verify(tokens.mint())["iat"] == TEST_NOW + 86_400

    def test_they_are_new_for_each_test(self, kit: Kit, clock: FixedClock, jwks: FakeJwks) -> None:
        assert clock() == TEST_NOW
        assert kit.sign({"sub": "u1"}) == create_test_kit().sign({"sub": "u1"})
        assert jwks.requests == 0

    async def test_an_event_loop_has_its_own(self, aio_kit: aio.Kit, tokens: Tokens) -> None:
        assert (await aio_kit.verify(tokens.mint()))["sub"] == "u1"


class TestOtherConfiguration:
    @pytest.fixture
    def kit_config(self) -> KitConfig:
        return {"profile": "EdDSA", "issuer": "https://mine.test"}

    def test_fixtures_are_those_of_that(self, kit: Kit, tokens: Tokens) -> None:
        token = tokens.mint()
        assert kit.decode_unverified(token).header["alg"] == "EdDSA"
        assert kit.verify(token)["iss"] == "https://mine.test"


PROJECT = """
import pytest
from kit_jwt import Kit, TokenError
from kit_jwt.testing import REFUSALS, create_tokens


def test_a_good_token(kit, tokens):
    assert kit.verify(tokens.mint({"sub": "u2"}))["sub"] == "u2"


@pytest.mark.parametrize(("name", "code"), list(REFUSALS.items())[:-1])
def test_refused(kit, tokens, name, code):
    with pytest.raises(TokenError) as caught:
        kit.verify(getattr(tokens, name)())
    assert caught.value.code == code


def test_a_key_set(jwks, clock):
    kit = Kit(
        issuer="https://issuer.test", audience="test", jwks_url=jwks.url, transport=jwks.transport, clock=clock
    )
    kit.verify(create_tokens(private_key=jwks.private_key).mint())
    assert jwks.requests == 1


def test_that_fails(kit, tokens):
    kit.verify(tokens.expired())
"""


@pytest.mark.parametrize("how", ["conftest", "command line"])
def test_a_project_of_its_own_runs_with_them_and_sees_its_failures(tmp_path: Path, how: str) -> None:
    (tmp_path / "test_project.py").write_text(PROJECT, encoding="utf-8")
    arguments = ["-p", "kit_jwt.testing.pytest"]
    if how == "conftest":
        (tmp_path / "conftest.py").write_text('pytest_plugins = ["kit_jwt.testing.pytest"]\n', encoding="utf-8")
        arguments = []
    command = ["-m", "pytest", "-q", "-W", "error", "--rootdir=.", "--junitxml=report.xml", *arguments]
    done = run(tmp_path, *command, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    assert done.returncode == 1, done.stdout + done.stderr
    cases = list(ET.parse(tmp_path / "report.xml").getroot().iter("testcase"))  # noqa: S314 # written by pytest here
    failed = [case for case in cases if case.find("failure") is not None]
    assert [case.get("name") for case in failed] == ["test_that_fails"]
    assert "token_expired" in done.stdout
    assert len(cases) == 21


@pytest.mark.parametrize(
    ("name", "value"), [("NODE_ENV", "production"), ("APP_ENV", "prod"), ("ENVIRONMENT", "Production")]
)
def test_in_production_it_is_warned_about_once_where_it_is_imported(tmp_path: Path, name: str, value: str) -> None:
    (tmp_path / "program.py").write_text(
        "import kit_jwt\nfrom kit_jwt import testing\nfrom kit_jwt.testing import fixed_clock\n", encoding="utf-8"
    )
    done = run(tmp_path, "-W", "always", "program.py", **{name: value})
    assert done.returncode == 0
    said = (
        f"program.py:2: RuntimeWarning: the testing kit was loaded where {name} says production: its keys are published"
    )
    assert said in done.stderr
    assert done.stderr.count("RuntimeWarning") == 1


def test_the_variable_is_named_and_its_value_may_be_written_anyhow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP_ENV", "Prod")
    monkeypatch.setenv("NODE_ENV", "test")
    with pytest.warns(RuntimeWarning, match="where APP_ENV says production") as caught:
        warn_in_production()
    assert len(caught) == 1


def test_everything_else_is_quiet(tmp_path: Path) -> None:
    program = "from kit_jwt import testing"
    assert run(tmp_path, "-W", "error", "-c", program).returncode == 0
    others = {"NODE_ENV": "test", "APP_ENV": "preproduction", "ENVIRONMENT": ""}
    assert run(tmp_path, "-W", "error", "-c", program, **others).returncode == 0
    assert run(tmp_path, "-W", "error", "-c", "import kit_jwt", NODE_ENV="production").returncode == 0
    assert run(tmp_path, "-W", "error", "-c", program, NODE_ENV="production").returncode == 1
