# ruff: noqa: INP001 # a program, run by its path
"""One of many processes on one store of keys: serves the set, mints, and verifies what others minted.

One line of JSON for each thing that happens; on stdin, tokens to verify. `python worker.py STORE KEKS ORIGIN OFFSET
JWKS_URL SPEED TIMES`, where STORE is a folder or the URL of a Redis, and TIMES is JSON.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, cast

from kit_jwt import Kit, Signer, remote_jwks
from kit_jwt.issuer import Authority, AuthorityError, Change, FileKeyStore, KeyStore, read_keks
from kit_jwt.redis import RedisKeyStore, from_redis_py
from redis.backoff import NoBackoff
from redis.client import Redis
from redis.retry import Retry

_PLACE, _KEKS, _ORIGIN, _OFFSET, _JWKS_URL, _SPEED, _GIVEN = sys.argv[1:]
_TIMES: Final[dict[str, Any]] = {
    re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", name): seconds
    for name, seconds in json.loads(_GIVEN).items()
}
_ISSUER: Final = "https://issuer.example"
_AUDIENCE: Final = "api"
_MINT_SECONDS: Final = 0.25
_PATIENCE_SECONDS: Final = 10
_OUT: Final = threading.Lock()


def _say(**line: object) -> None:
    with _OUT:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def _clock() -> float:
    origin = float(_ORIGIN) / 1000
    return origin + (time.time() - origin) * float(_SPEED) + float(_OFFSET)


def _code_of(error: Exception) -> str:
    return str(getattr(error, "code", repr(error)))


def _changed(change: Change) -> None:
    _say(type="change", change=change.change, kid=change.kid, at=change.at)


def _serve(authority: Authority) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                body = json.dumps(authority.jwks()).encode()
            except Exception as error:  # noqa: BLE001 # told to whoever judges
                _say(type="error", doing="jwks", code=_code_of(error))
                self.send_response(503)
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("content-type", "application/jwk-set+json")
            self.send_header("cache-control", f"max-age={_TIMES['max_age']}")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: stdout is for what happens to keys and tokens."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    _say(type="ready", port=server.server_address[1])
    threading.Thread(target=server.serve_forever, daemon=True).start()


def _mint(authority: Authority) -> None:
    kid, kit = "", None
    while True:
        # All processes mint at the same moments, so that those who find a rotation due find it together.
        time.sleep(_MINT_SECONDS - time.time() % _MINT_SECONDS)
        try:
            signer = authority.signer()
            if kit is None or signer.kid != kid:
                ttl = _TIMES["longest_ttl"]
                # An authority may have other algorithms than a kit mints with; this one has not.
                minter = cast("Signer", signer)
                kid, kit = signer.kid, Kit(issuer=_ISSUER, audience=_AUDIENCE, signer=minter, clock=_clock, ttl=ttl)
            _say(type="token", token=kit.sign({"sub": "u1"}), kid=kid)
        except Exception as error:  # noqa: BLE001 # told to whoever judges
            _say(type="error", doing="mint", code=_code_of(error))


def _verify(verifier: Kit, line: str) -> None:
    task = json.loads(line)
    try:
        verifier.verify(task["token"])
        code = None
    except Exception as error:  # noqa: BLE001 # told to whoever judges
        code = _code_of(error)
    _say(type="verdict", id=task["id"], code=code, now=_clock())


def _store() -> KeyStore:
    if not _PLACE.startswith("redis:"):
        return FileKeyStore(_PLACE)
    # More patience than `connect_redis` has: what is judged is another thing than how busy the machine is.
    patience: dict[str, Any] = {"socket_timeout": _PATIENCE_SECONDS, "socket_connect_timeout": _PATIENCE_SECONDS}
    client = Redis.from_url(_PLACE, retry=Retry(NoBackoff(), 0), **patience)
    return RedisKeyStore(from_redis_py(client), deadline_seconds=_PATIENCE_SECONDS)


def _authority() -> Authority:
    store, keks = _store(), read_keks(_KEKS)
    while True:
        try:
            return Authority(store=store, keks=keks, clock=_clock, on_change=_changed, **_TIMES)
        except AuthorityError as error:
            _say(type="error", doing="start", code=error.code)
            time.sleep(0.1)


def main() -> None:
    """Run until stdin ends."""
    authority = _authority()
    _serve(authority)
    threading.Thread(target=_mint, args=(authority,), daemon=True).start()
    verifier = Kit(
        issuer=_ISSUER,
        audience=_AUDIENCE,
        accept=["EdDSA"],
        key_source=remote_jwks(_JWKS_URL, timeout=120),
        leeway=_TIMES["leeway"],
        clock=_clock,
    )
    with ThreadPoolExecutor(4) as pool:
        for line in sys.stdin:
            pool.submit(_verify, verifier, line)


main()
