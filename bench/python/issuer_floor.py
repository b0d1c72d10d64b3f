"""The least that a token endpoint can be: http.server that reads the form, signs the same claims and answers JSON.

It asks nobody who they are, and tells nobody what it did. Its twin is issuer/floor.mjs.
"""

import base64
import json
import os
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

TTL = 900
key = Ed25519PrivateKey.generate()


def encode(value: object) -> bytes:
    return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).rstrip(b"=")


HEADER = encode({"alg": "EdDSA", "kid": "DvqbH6M85dotjOrhyRS_C4t4sC0Nr5EyrgPxp3EPIpM", "typ": "JWT"})
CLAIMS = json.loads(os.environ["CLAIMS"])


def token() -> str:
    iat = int(time.time())
    signed = HEADER + b"." + encode({**CLAIMS, "iat": iat, "exp": iat + TTL, "jti": str(uuid.uuid4())})
    return (signed + b"." + base64.urlsafe_b64encode(key.sign(signed)).rstrip(b"=")).decode()


class Floor(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # As the issuer's: head and body of an answer go out at once.
    wbufsize = -1

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        if form.get("grant_type") != ["client_credentials"]:
            self.send_error(400)
            return
        body = json.dumps({"access_token": token(), "token_type": "Bearer", "expires_in": TTL}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # the name is the base class's
        """Nothing is told."""


server = ThreadingHTTPServer(("127.0.0.1", 0), Floor)
print(json.dumps({"port": server.server_address[1]}), flush=True)
server.serve_forever()
