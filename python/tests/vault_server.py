"""A server on loopback that answers as HashiCorp Vault does, and as a vector says."""

from __future__ import annotations

import json
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kit_jwt.encoding.base64url import decode_base64url

from .vectors import CONFORMANCE, load

# The example of RFC 8037: its private key is what the servers hold.
_KNOWN = load(CONFORMANCE / "issuer" / "vault-signers.json")["known"]
INPUT: bytes = _KNOWN["input"].encode()
SIGNATURE: str = _KNOWN["signature"]
X: str = _KNOWN["privateJwk"]["x"]
_KEY = Ed25519PrivateKey.from_private_bytes(decode_base64url(_KNOWN["privateJwk"]["d"]) or b"")


def signed(message: bytes) -> bytes:
    return _KEY.sign(message)


@dataclass
class Vault:
    keys: Mapping[str, Any]
    signatures: list[Mapping[str, Any]]
    elsewhere: Mapping[str, Any] | None = None
    address: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    asked: int = 0

    def answer(self, path: str, body: Mapping[str, Any] | None) -> tuple[Mapping[str, Any], bytes]:
        if body is None:
            given, signature = self.elsewhere if self.elsewhere and path == "/v1/elsewhere" else self.keys, ""
        else:
            given = self.signatures[min(self.asked, len(self.signatures) - 1)]
            self.asked += 1
            signature = b64encode(signed(b64decode(body["input"]))).decode()
        text = given.get("text", json.dumps(given.get("body", {})))
        written = text.replace("<signature>", signature) + " " * given.get("spaces", 0)
        return given, b"" if given["status"] == 204 else written.encode()


@contextmanager
def vault_server(
    keys: Mapping[str, Any], signatures: list[Mapping[str, Any]], elsewhere: Mapping[str, Any] | None = None
) -> Iterator[Vault]:
    vault = Vault(keys, signatures, elsewhere)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(None)

        def do_POST(self) -> None:
            self.answer(json.loads(self.rfile.read(int(self.headers["content-length"]))))

        def answer(self, body: Mapping[str, Any] | None) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            seen = {"method": self.command, "path": self.path, "headers": headers}
            vault.requests.append(seen if body is None else {**seen, "body": body})
            given, text = vault.answer(self.path, body)
            self.send_response(given["status"])
            if "location" in given:
                self.send_header("location", given["location"])
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    vault.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield vault
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
