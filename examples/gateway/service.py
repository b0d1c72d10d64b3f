"""One service of the chain, in Python's world.

It checks who is calling, and either answers or delegates: it mints a token that says "this service, on behalf of that
user, for the next service" and calls on. Its TypeScript twin is service.mjs: the same file in the other language.
"""

import base64
import json
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kit_jwt import Kit, Principal, TokenError, parse_policy

config: dict[str, Any] = json.loads(os.environ["SERVICE"])
kit = Kit(**config["kit"])
rule = parse_policy(config["policy"])


def log(**line: object) -> None:
    print(json.dumps(line), flush=True)


def bearer(request: BaseHTTPRequestHandler) -> str:
    """The token of the one and only Authorization header, or '' which no kit accepts."""
    values = request.headers.get_all("authorization", [])
    found = re.fullmatch(r"bearer ([^ ]+)", values[0], re.IGNORECASE) if len(values) == 1 else None
    return found[1] if found else ""


def asked_for(request: BaseHTTPRequestHandler) -> list[str]:
    """A caller may ask that less be passed on than it holds. Asking for more is refused by the delegation itself."""
    header = request.headers.get("x-permissions")
    return config["next"]["permissions"] if header is None else header.split(",")


def delegated(user: Principal, request: BaseHTTPRequestHandler) -> str:
    """A token of this service's own making, in which it acts for the user."""
    return kit.create_delegated_token(
        user.claims, config["name"], aud=config["next"]["audience"], permissions=asked_for(request)
    )


def exchanged(request: BaseHTTPRequestHandler) -> str | None:
    """The same of the issuer's making (RFC 8693), where this service has no key: None where the issuer refuses."""
    scope = request.headers.get("x-permissions")
    form = {
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
        "subject_token": bearer(request),
        "subject_token_type": "urn:ietf:params:oauth:token-type:access_token",
        "audience": config["next"]["audience"],
        **({"scope": scope.replace(",", " ")} if scope else {}),
    }
    basic = base64.b64encode(f"{config['name']}:{config['exchange']['secret']}".encode()).decode()
    body = urllib.parse.urlencode(form).encode()
    ask = urllib.request.Request(config["exchange"]["url"], body, {"authorization": f"Basic {basic}"})
    try:
        with urllib.request.urlopen(ask, timeout=10) as given:
            return json.load(given)["access_token"]
    except urllib.error.HTTPError as refused:
        log(event="refused", code=json.load(refused)["error"])
        return None


def call_next(user: Principal, request: BaseHTTPRequestHandler) -> tuple[int, Any]:
    token = exchanged(request) if config["exchange"] else delegated(user, request)
    if token is None:
        return 401, {"error": "refused"}
    onward = urllib.request.Request(config["next"]["url"], headers={"authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(onward, timeout=10) as answered:
            return answered.status, json.load(answered)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def answer(user: Principal) -> tuple[int, Any]:
    return 200, {
        "subject": user.subject,
        "permissions": list(user.permissions),
        "chain": [actor["sub"] for actor in user.actors],
    }


class Service(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        try:
            user = kit.check_auth(bearer(self), rule)
            log(event="allowed", subject=user.subject, chain=[actor["sub"] for actor in user.actors])
            self.reply(*(call_next(user, self) if config["next"] else answer(user)))
        except TokenError as error:
            log(event="refused", code=error.code, claim=error.claim)
            self.reply(error.status, {"error": "refused"}, error.www_authenticate)

    def reply(self, status: int, body: object, challenge: str | None = None) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        if challenge:
            self.send_header("www-authenticate", challenge)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are told by the events above."""


server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
log(event="listening", port=server.server_address[1])
server.serve_forever()
