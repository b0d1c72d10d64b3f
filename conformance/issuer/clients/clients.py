# ruff: noqa: INP001 # a program, run by its path
"""What others' clients in Python see of an issuer that runs, as JSON: `clients.py authlib`, or `clients.py pyjwt`.

Where it runs is told on standard input.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import jwt
from authlib.oauth2.base import OAuth2Error  # type: ignore[import-untyped] # it has no types
from authlib.oauth2.client import OAuth2Client  # type: ignore[import-untyped] # it has no types
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata  # type: ignore[import-untyped] # it has no types

_GRANT = "urn:ietf:params:oauth:grant-type:token-exchange"
_ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105 # a name of a kind of token


@dataclass
class _Response:
    status_code: int
    text: str

    def json(self) -> Any:  # noqa: ANN401 # what an issuer says is what is looked at
        return json.loads(self.text)

    def raise_for_status(self) -> None:
        """Authlib asks for it where a server is broken, which is seen by the text."""


class _Session:
    """What Authlib needs of a library of HTTP: the standard library is one."""

    def post(self, url: str, data: dict[str, str], headers: dict[str, str], auth: Any, **_: object) -> _Response:  # noqa: ANN401 # Authlib's
        url, headers, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        request = Request(url, body.encode(), headers, method="POST")  # noqa: S310 # of loopback, as it was told
        try:
            with urlopen(request, timeout=10) as response:  # noqa: S310 # as above
                return _Response(response.status, response.read().decode())
        except HTTPError as error:
            return _Response(error.code, error.read().decode())


def _metadata(issuer: str) -> dict[str, Any]:
    with urlopen(f"{issuer}/.well-known/oauth-authorization-server", timeout=10) as response:  # noqa: S310 # as above
        return dict(json.load(response))


def _authlib(told: dict[str, str]) -> dict[str, object]:
    metadata = AuthorizationServerMetadata(_metadata(told["issuer"]))
    # Authlib wants TLS of every endpoint, which loopback has not: each rule is asked but those.
    for name in ("grant_types_supported", "token_endpoint_auth_methods_supported", "scopes_supported"):
        getattr(metadata, f"validate_{name}")()
    method = "client_secret_basic"
    client = OAuth2Client(
        session=_Session(),
        client_id="gateway",
        client_secret=told["secret"],
        token_endpoint_auth_method=method,
        revocation_endpoint_auth_method=method,
    )
    endpoint = metadata["token_endpoint"]
    own = client.fetch_token(endpoint, grant_type="client_credentials", scope="read")
    delegated = client.fetch_token(
        endpoint, grant_type=_GRANT, subject_token=told["user"], subject_token_type=_ACCESS_TOKEN, audience="orders"
    )
    try:
        refused = client.fetch_token(endpoint, grant_type="client_credentials", scope="all")
    except OAuth2Error as error:
        refused = error.error
    return {
        "own": [own[name] for name in ("token_type", "scope", "expires_in")],
        "delegated": delegated["issued_token_type"],
        "introspected": client.introspect_token(metadata["introspection_endpoint"], told["user"]).json()["sub"],
        "revoked": client.revoke_token(metadata["revocation_endpoint"], delegated["access_token"]).status_code,
        "refused": refused,
    }


def _pyjwt(told: dict[str, str]) -> dict[str, object]:
    key = jwt.PyJWKClient(_metadata(told["issuer"])["jwks_uri"]).get_signing_key_from_jwt(told["token"])
    claims = jwt.decode(told["token"], key, algorithms=["EdDSA"], audience="orders", issuer=told["issuer"])
    return {"sub": claims["sub"], "typ": jwt.get_unverified_header(told["token"])["typ"]}


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"authlib": _authlib, "pyjwt": _pyjwt}[sys.argv[1]](json.load(sys.stdin))))
