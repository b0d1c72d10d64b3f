"""The command on a real machine: the vectors that are installed, and the keys of an issuer that are fetched."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kit_jwt.command.machine import Machine
from tests.command_world import outcome_of
from tests.material import ISSUER, JWK, NOW, OTHER_JWK, eddsa, public
from tests.vectors import CONFORMANCE


def test_the_vectors_are_those_of_the_installed_package() -> None:
    folder = Machine("kit-jwt").vector_folder()
    assert folder is not None
    assert sorted(path.name for path in Path(folder).iterdir()) == sorted(
        path.name for path in (CONFORMANCE / "vectors").iterdir()
    )


def test_without_the_package_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "kit_jwt_conformance", None)
    assert Machine("kit-jwt").vector_folder() is None


class Handler(BaseHTTPRequestHandler):
    """An issuer that publishes one key."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"keys": [public(JWK)]}).encode())

    def log_message(self, *_arguments: object) -> None:
        """Stay quiet."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/jwks.json"
        server.shutdown()


def test_verify_fetches_the_keys_of_the_issuer(url: str) -> None:
    env = {"JWT_ISS": ISSUER, "JWT_AUD": "api", "JWT_JWKS_URL": url}
    scenario = {"argv": ["verify", "--json"], "env": env, "now": NOW}
    token = eddsa(private_key=JWK).sign({"sub": "u1"})
    accepted = outcome_of({**scenario, "stdin": token})
    assert accepted["exit"] == 0
    assert json.loads(accepted["stdout"])["claims"]["sub"] == "u1"
    refused = outcome_of({**scenario, "stdin": eddsa(private_key=OTHER_JWK).sign({"sub": "u1"})})
    assert refused["exit"] == 1
    assert json.loads(refused["stdout"])["error"]["code"] == "key_not_found"
