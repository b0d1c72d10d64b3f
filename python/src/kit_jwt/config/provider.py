"""Outside identity providers by name: what each documents of its tokens, as an entry of `trust`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Literal, TypeAlias, TypeGuard, TypeVar, cast, overload

from kit_jwt.errors import ConfigError

from .members import Members
from .options import MappingOptions, TrustOptions

T = TypeVar("T")

ProviderName: TypeAlias = Literal["auth0", "okta", "entra", "google", "cloudflare-access"]
"""An outside provider that is known by name."""


@overload
def trusted_provider(provider: Literal["auth0"], /, *, domain: str, audience: str | Sequence[str]) -> TrustOptions: ...
@overload
def trusted_provider(
    provider: Literal["okta"], /, *, domain: str, audience: str | Sequence[str], server: str = "default"
) -> TrustOptions: ...
@overload
def trusted_provider(provider: Literal["entra"], /, *, tenant: str, audience: str | Sequence[str]) -> TrustOptions: ...
@overload
def trusted_provider(provider: Literal["google"], /, *, audience: str | Sequence[str]) -> TrustOptions: ...
@overload
def trusted_provider(
    provider: Literal["cloudflare-access"], /, *, team: str, audience: str | Sequence[str]
) -> TrustOptions: ...


def trusted_provider(provider: str, /, **options: object) -> TrustOptions:
    """The entry of `trust` that stands for an outside provider.

    It has the provider's issuer, the URL of its keys, its algorithm, and which of its claims become permissions and
    roles. It is plain data, and may be changed before it is used. Host names, GUIDs and the like are written in lower
    case, and are nothing more.

    Args:
        provider: `auth0`, `okta`, `entra`, `google` or `cloudflare-access`.
        options: what the provider is known by: the `domain` of Auth0 or Okta, without scheme and slash; the `server` of
            Okta, its id, `default` when left out; the `tenant` of Entra ID, a GUID; the `team` of Cloudflare Access,
            without the domain. And the `audience`, one or several: the identifier of an Auth0 API, what an Okta server
            writes, the client id of an API at Entra ID or of an application at Google, the AUD tag of an application
            behind Cloudflare Access.

    Returns:
        An entry for `trust`; nothing is fetched.

    Raises:
        ConfigError: `config_invalid`: an unknown provider or option, or a value that is not of the option's form;
            `config_missing`: an option.

    >>> from kit_jwt import Kit
    >>> auth0 = trusted_provider("auth0", domain="acme.eu.auth0.com", audience="https://api.example")
    >>> auth0["issuer"], auth0["jwks_url"]
    ('https://acme.eu.auth0.com/', 'https://acme.eu.auth0.com/.well-known/jwks.json')
    >>> kit = Kit(issuer="https://issuer.example", audience="api", trust=[auth0])
    """
    table = _table()
    row = table["providers"].get(provider) if isinstance(provider, str) else None
    if row is None:
        raise ConfigError("config_invalid", variable="provider")
    members = Members(options, {"audience", *(option["name"] for option in row["options"])})
    values: dict[str, str] = {}
    for option in row["options"]:
        name = option["name"]
        value = _present(name, members.get(name) if name in members else option.get("default"))
        values[name] = value if _is_of(value, table["forms"][option["form"]]) else members.refuse(name)
    audience = _present("audience", members.audience("audience"))
    form = row.get("audience")
    named = [audience] if isinstance(audience, str) else list(audience)
    if form is not None and not all(_is_of(one, table["forms"][form]) for one in named):
        members.refuse("audience")
    entry: TrustOptions = {
        "issuer": row["issuer"].format(**values),
        "audience": audience if isinstance(audience, str) else named,
        "algorithms": list(row["algorithms"]),
        "jwks_url": row["jwksUrl"].format(**values),
    }
    return {**entry, "mapping": cast("MappingOptions", dict(row["mapping"]))} if row["mapping"] else entry


def _present(name: str, value: T | None) -> T:
    if value is None:
        raise ConfigError("config_missing", variable=name)
    return value


def _is_of(value: object, pattern: str) -> TypeGuard[str]:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


@cache
def _table() -> Mapping[str, Any]:
    """What is known of each provider, read when the first is asked for."""
    # Loaded here: it brings modules that importing the package does without.
    from importlib.resources import files  # noqa: PLC0415

    table: Mapping[str, Any] = json.loads((files("kit_jwt.config") / "providers.json").read_text(encoding="utf-8"))
    return table
