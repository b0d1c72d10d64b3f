"""The configuration of an issuer."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol, Required, TypedDict

from kit_jwt.config.options import TrustOptions
from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.issuer.authority.authority import Authority
from kit_jwt.issuer.http.spans import Tracer
from kit_jwt.stores.replay import ReplayStore, memory_replay_store
from kit_jwt.stores.revocation import RevocationList, memory_revocation_list

from .clients import Client, ClientConfig, read_client
from .digests import digest_of
from .members import Members


class AdminPolicy(TypedDict, total=False):
    """What the holder of the admin secret may have minted. What is not named is not allowed, except for subjects.

    Attributes:
        subjects: any when left out.
        roles: none when left out.
        permissions: none when left out.
        audiences: the issuer's own when left out.
        ttl: seconds that a token lives at most: one that is asked to live longer lives so long.
    """

    subjects: Sequence[str]
    roles: Sequence[str]
    permissions: Sequence[str]
    audiences: Sequence[str]
    ttl: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """What is known of a token that was issued: everything but the token.

    Attributes:
        jti: of the token.
        sub: of the token.
        act: the chain of actors (RFC 8693 section 4.1), or None.
        iss: of the token.
        aud: of the token.
        iat: seconds since the epoch.
        exp: seconds since the epoch.
        kid: of the key that signed.
        client: `client_id`, or `admin`.
        request: the id of the request, where the server gave it one.
    """

    jti: str
    sub: str
    act: JSONValue
    iss: str
    aud: str | Sequence[str]
    iat: float
    exp: float
    kid: str
    client: str
    request: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that was refused, for the log. Nothing of it is in here.

    Attributes:
        code: what was answered.
        why: what was wrong: a code of its own, or one of `TokenError` and `AuthorityError`.
        endpoint: `token`, `introspect`, `revoke`, `keys`, `metadata`, `health`, `ready`, `metrics`; None for
            anything else.
        request: the id of the request, where the server gave it one.
    """

    code: str
    why: str
    endpoint: str | None
    request: str | None = None


class Revocations(RevocationList, Protocol):
    """A revocation list that can be added to, such as `memory_revocation_list()`."""

    def revoke(self, *, issuer: str, jti: str, expires: float) -> None:
        """Revoke a token; what it raises is answered with `temporarily_unavailable`.

        Args:
            issuer: its `iss`.
            jti: its `jti`.
            expires: seconds since the epoch from which on nobody takes it anyway.
        """
        ...


class IssuerOptions(TypedDict, total=False):
    """The keywords of `Issuer`.

    Attributes:
        authority: owns the keys, which are for EdDSA.
        issuer: `iss` of all tokens: an `https:` URL, or `http:` on loopback, without query and fragment (RFC 8414
            section 2).
        audience: the default audience of the admin form.
        admin_secret: 32 characters at least; without it there is no admin form.
        admin_policy: what it may have minted.
        clients: services that the issuer knows.
        trust: issuers beside this one whose tokens may be exchanged.
        ttl: seconds that a token lives unless asked otherwise (900).
        token_type: `typ` of the tokens (`JWT`); `at+jwt` is that of RFC 9068.
        replay: remembers assertions of clients; in memory, for one process, when left out.
        revocation: knows revoked tokens; in memory, for one process, when left out.
        metrics: True lets `/metrics` tell what was issued and refused, and how old the key is, to whoever can reach it.
        on_issue: told of each token before it goes out; where it raises, the token does not.
        on_refusal: told of each request that is refused; what it raises goes nowhere.
        tracer: of OpenTelemetry: each request is a span, with route, status and the codes of a refusal.
        clock: seconds since the epoch.
    """

    authority: Required[Authority]
    issuer: Required[str]
    audience: str
    admin_secret: str
    admin_policy: AdminPolicy
    clients: Sequence[ClientConfig]
    trust: Sequence[TrustOptions]
    ttl: int
    token_type: Literal["JWT", "at+jwt"]
    replay: ReplayStore
    revocation: Revocations
    metrics: Literal[True]
    on_issue: Callable[[AuditRecord], None]
    on_refusal: Callable[[Refusal], None]
    tracer: Tracer
    clock: Callable[[], float]


@dataclass(frozen=True, slots=True, repr=False)
class AdminRules:
    """A checked `AdminPolicy`; no `subjects` are any."""

    subjects: Sequence[str] | None
    roles: Sequence[str]
    permissions: Sequence[str]
    audiences: Sequence[str]
    ttl: int


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class IssuerConfig:
    """Checked options."""

    authority: Authority
    issuer: str
    audience: str | None
    admin_digest: bytes | None
    admin: AdminRules
    clients: Mapping[str, Client]
    trust: Sequence[TrustOptions]
    ttl: int
    token_type: str
    replay: ReplayStore
    revocation: Revocations
    metrics: bool
    on_issue: Callable[[AuditRecord], None] | None
    on_refusal: Callable[[Refusal], None] | None
    tracer: Tracer | None
    clock: Callable[[], float]


_TTL: Final = 900
_MIN_ADMIN_SECRET: Final = 32
_URL: Final = re.compile(
    r"(?:https://[\w.:[\]-]+|http://(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]+)?)(?:/[\w./~%-]*)?", re.ASCII
)


def is_issuer(text: str) -> bool:
    """Whether a text may be the name of an issuer."""
    return _URL.fullmatch(text) is not None


def read_config(options: IssuerOptions) -> IssuerConfig:
    """Check the options.

    Raises:
        ConfigError: `config_missing`, `config_invalid` with the option.
    """
    members = Members(options, IssuerOptions.__annotations__, "")
    for name in ("authority", "issuer"):
        if not members.has(name):
            members.fail(name, "config_missing")
    authority = options["authority"]
    if authority.algorithm != "EdDSA":
        members.fail("authority")
    longest = authority.timing.longest_ttl
    issuer = members.text("issuer", is_issuer) or ""
    audience = members.text("audience")
    admin_secret = members.text("admin_secret", lambda text: len(text) >= _MIN_ADMIN_SECRET)
    ttl = members.seconds("ttl", longest)
    token_type = members.text("token_type", lambda name: name in {"JWT", "at+jwt"})
    given = options.get("clients", [])
    trust = options.get("trust", [])
    for name, listed in (("clients", given), ("trust", trust)):
        if not isinstance(listed, (list, tuple)):
            members.fail(name)
    clients = [read_client(client, f"clients[{index}].", longest) for index, client in enumerate(given)]
    if len({client.id for client in clients}) < len(clients):
        members.fail("clients")
    if members.has("tracer") and not callable(getattr(options.get("tracer"), "start_span", None)):
        members.fail("tracer")
    if members.has("metrics") and options.get("metrics") is not True:
        members.fail("metrics")
    return IssuerConfig(
        authority=authority,
        issuer=issuer,
        audience=audience,
        admin_digest=None if admin_secret is None else digest_of(admin_secret),
        admin=_read_admin(options.get("admin_policy", {}), audience, longest),
        clients={client.id: client for client in clients},
        trust=trust,
        ttl=min(_TTL, longest) if ttl is None else ttl,
        token_type=token_type or "JWT",
        replay=options["replay"] if "replay" in options else memory_replay_store(),
        revocation=options["revocation"] if "revocation" in options else memory_revocation_list(),
        metrics="metrics" in options,
        on_issue=options.get("on_issue"),
        on_refusal=options.get("on_refusal"),
        tracer=options.get("tracer"),
        clock=options.get("clock", time.time),
    )


def _read_admin(policy: object, audience: str | None, longest: int) -> AdminRules:
    members = Members(policy, AdminPolicy.__annotations__, "admin_policy.")
    own = members.has("audiences") or audience is None
    return AdminRules(
        members.texts("subjects") if members.has("subjects") else None,
        members.texts("roles"),
        members.texts("permissions"),
        members.texts("audiences") if own else (audience or "",),
        members.seconds("ttl", longest) or longest,
    )
