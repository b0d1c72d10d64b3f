"""Outside providers: tokens as each of them mints them, by PyJWT, and their keys from a real server on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from kit_jwt import ConfigError, JwksRequest, JwksResponse, Kit, TokenError, TrustOptions, policy, trusted_provider
from kit_jwt.sources.transport import fetch

from .material import ISSUER, NOW

TENANT = "8d6f4d1c-2b7a-4c0e-9f53-1a2b3c4d5e6f"
CLIENT = "2f1e0d9c-8b7a-4655-9433-2211009f8e7d"
TAG = "32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228"
# The same at every provider: only the URL tells whose key it is.
KID = "the-kid"


@dataclass
class Provider:
    """An entry, where the keys are by its documentation, and claims as that shows them."""

    entry: TrustOptions
    url: str
    claims: dict[str, Any]
    header: dict[str, Any] = field(default_factory=dict)
    permissions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()


PROVIDERS: Mapping[str, Provider] = {
    "auth0": Provider(
        trusted_provider("auth0", domain="acme.eu.auth0.com", audience="https://api.example"),
        "https://acme.eu.auth0.com/.well-known/jwks.json",
        {
            "iss": "https://acme.eu.auth0.com/",
            "sub": "auth0|123456",
            "aud": ["https://api.example", "https://acme.eu.auth0.com/userinfo"],
            "azp": "my_client_id",
            "scope": "openid profile read:patients",
            "permissions": ["read:patients", "read:admin"],
        },
        permissions=("read:patients", "read:admin"),
        scopes=("openid", "profile", "read:patients"),
    ),
    "okta": Provider(
        trusted_provider("okta", domain="acme.okta.com", audience="api://default"),
        "https://acme.okta.com/oauth2/default/v1/keys",
        {
            "ver": 1,
            "jti": "AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE",
            "iss": "https://acme.okta.com/oauth2/default",
            "aud": "api://default",
            "sub": "ada@acme.example",
            "cid": "0oa5sso3mrYKdvde0357",
            "uid": "00ugi4dbxSUVca12X356",
            "scp": ["openid", "orders:read"],
            "groups": ["Everyone", "Orders"],
        },
        header={"typ": None},
        permissions=("openid", "orders:read"),
        roles=("Everyone", "Orders"),
    ),
    "entra": Provider(
        trusted_provider("entra", tenant=TENANT, audience=CLIENT),
        f"https://login.microsoftonline.com/{TENANT}/discovery/v2.0/keys",
        {
            "aud": CLIENT,
            "iss": f"https://login.microsoftonline.com/{TENANT}/v2.0",
            "nbf": NOW - 10,
            "azp": "6e74172b-be56-4843-9ff4-e66a39bb12e3",
            "azpacr": "0",
            "oid": "690222be-ff1a-4d56-abd1-7e4f7d38e474",
            "tid": TENANT,
            "sub": "HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ",
            "scp": "Orders.Read Orders.Write",
            "roles": ["Clerk"],
            "ver": "2.0",
        },
        permissions=("Orders.Read", "Orders.Write"),
        roles=("Clerk",),
    ),
    "google": Provider(
        trusted_provider("google", audience="1234-abcd.apps.googleusercontent.com"),
        "https://www.googleapis.com/oauth2/v3/certs",
        {
            "iss": "https://accounts.google.com",
            "azp": "1234-abcd.apps.googleusercontent.com",
            "aud": "1234-abcd.apps.googleusercontent.com",
            "sub": "10769150350006150715113082367",
            "hd": "acme.example",
            "email": "ada@acme.example",
            "email_verified": True,
        },
    ),
    "cloudflare-access": Provider(
        trusted_provider("cloudflare-access", team="acme", audience=TAG),
        "https://acme.cloudflareaccess.com/cdn-cgi/access/certs",
        {
            "aud": [TAG],
            "email": "ada@acme.example",
            "nbf": NOW - 10,
            "iss": "https://acme.cloudflareaccess.com",
            "type": "app",
            "identity_nonce": "6ei69kawdKzMIAPF",
            "sub": "7335d417-61da-459d-899c-0a01c76a2f94",
            "country": "US",
        },
    ),
}
KEYS = {name: rsa.generate_private_key(65537, 2048) for name in PROVIDERS}
each = pytest.mark.parametrize("name", PROVIDERS)


def jwks_of(name: str) -> bytes:
    jwk = jwt.algorithms.RSAAlgorithm.to_jwk(KEYS[name].public_key(), as_dict=True)
    return json.dumps({"keys": [{**jwk, "kid": KID, "use": "sig", "x5c": ["MIIC"]}]}).encode()


class Handler(BaseHTTPRequestHandler):
    """Every provider at once: what it answers depends on the host and path that it is asked for."""

    asked: list[str] = []  # noqa: RUF012 # one list for the one server

    def do_GET(self) -> None:
        address = f"https:/{self.path}"
        self.asked.append(address)
        name = next((name for name, provider in PROVIDERS.items() if provider.url == address), None)
        body = b"" if name is None else jwks_of(name)
        self.send_response(404 if name is None else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Stay quiet."""


@pytest.fixture(scope="module", name="port")
def _port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def trusting(port: int, *names: str, types: tuple[str, ...] = ("JWT",)) -> Kit:
    def transport(request: JwksRequest) -> JwksResponse:
        return fetch(JwksRequest(request.replace("https://", f"http://127.0.0.1:{port}/"), request.headers))

    trust = [PROVIDERS[name].entry for name in names]
    return Kit(issuer=ISSUER, audience="api", trust=trust, transport=transport, types=types, clock=lambda: NOW)


def minted(name: str, claims: Mapping[str, Any] | None = None, **header: Any) -> str:
    """A token of some claims, signed with the key of a provider."""
    payload = {"iat": NOW - 10, "exp": NOW + 3600, **(PROVIDERS[name].claims if claims is None else claims)}
    return jwt.encode(payload, KEYS[name], "RS256", headers={"kid": KID, **PROVIDERS[name].header, **header})


def refusal(kit: Kit, token: str) -> tuple[str, str | None]:
    with pytest.raises(TokenError) as caught:
        kit.verify(token)
    return caught.value.code, caught.value.claim


@each
def test_its_tokens_verify_with_what_they_may_do(name: str, port: int) -> None:
    Handler.asked.clear()
    provider = PROVIDERS[name]
    user = trusting(port, name).check_auth(minted(name), policy().authenticated())
    assert (user.subject, user.issuer) == (provider.claims["sub"], provider.claims["iss"])
    assert (user.permissions, user.roles, user.scopes) == (provider.permissions, provider.roles, provider.scopes)
    assert Handler.asked == [provider.url]


@each
def test_a_token_for_somebody_else_is_refused(name: str, port: int) -> None:
    token = minted(name, {**PROVIDERS[name].claims, "aud": "another"})
    assert refusal(trusting(port, name), token) == ("audience_mismatch", "aud")


@pytest.mark.parametrize("other", PROVIDERS)
@each
def test_a_key_counts_for_its_own_provider(name: str, other: str, port: int) -> None:
    if name == other:
        assert trusting(port, name).verify(minted(name))["iss"] == PROVIDERS[name].claims["iss"]
        return
    assert refusal(trusting(port, other), minted(name)) == ("signature_invalid", None)
    # Beside the other its own keys are known, and yet they sign for no other issuer.
    both = trusting(port, other, name)
    assert refusal(both, minted(name, PROVIDERS[other].claims)) == ("issuer_mismatch", "iss")
    assert both.verify(minted(name))["iss"] == PROVIDERS[name].claims["iss"]


def test_all_of_them_side_by_side(port: int) -> None:
    kit = trusting(port, *PROVIDERS)
    assert [kit.verify(minted(name))["iss"] for name in PROVIDERS] == [one.claims["iss"] for one in PROVIDERS.values()]


def test_a_token_of_the_other_profile_of_auth0_has_a_type_of_its_own(port: int) -> None:
    token = minted("auth0", typ="at+jwt")
    assert refusal(trusting(port, "auth0"), token) == ("typ_mismatch", None)
    assert trusting(port, "auth0", types=("JWT", "at+jwt")).verify(token)["sub"] == "auth0|123456"


def test_a_service_token_of_cloudflare_access_has_no_subject_and_is_refused(port: int) -> None:
    token = minted("cloudflare-access", {**PROVIDERS["cloudflare-access"].claims, "sub": ""})
    assert refusal(trusting(port, "cloudflare-access"), token) == ("claim_invalid", "sub")


def test_an_entry_is_data_of_its_own_which_may_be_changed() -> None:
    entry = trusted_provider("okta", domain="acme.okta.com", audience="api://default")
    entry["mapping"].pop("roles")
    cast("list[str]", entry["algorithms"]).append("ES256")
    assert trusted_provider("okta", domain="acme.okta.com", audience="api://default") == {
        **PROVIDERS["okta"].entry,
        "algorithms": ["RS256"],
        "mapping": {"permissions": "scp", "roles": "groups"},
    }


def test_options_of_another_provider_do_not_type_check() -> None:
    calls: list[Callable[[], object]] = [
        lambda: trusted_provider("keycloak", audience="a"),  # type: ignore[call-overload] # refused while it runs, too
        lambda: trusted_provider("google", domain="a.example", audience="a"),  # type: ignore[call-overload] # the same
        lambda: trusted_provider("auth0", domain="acme.eu.auth0.com"),  # type: ignore[call-overload] # the same
    ]
    for call in calls:
        with pytest.raises(ConfigError):
            call()


def test_a_name_that_is_none_is_refused() -> None:
    for name in (["auth0"], b"auth0", None):
        with pytest.raises(ConfigError) as caught:
            trusted_provider(cast("Any", name), audience="api")
        assert (caught.value.code, caught.value.variable) == ("config_invalid", "provider")
