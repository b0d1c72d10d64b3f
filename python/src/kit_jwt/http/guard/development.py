"""A guard that is open on one's own machine, for development without an issuer."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from typing import Final, NoReturn

from kit_jwt.auth.principal import Principal
from kit_jwt.errors import ConfigError, TokenError
from kit_jwt.token.claims import Claims, unsafe_trust_claims

from .request import GuardRequest

NOBODY: Final = "dev-auth-open"
"""Who everybody is while a guard is open; `is_open` tells such a principal from a verified one."""

_SWITCH: Final = "DEV_AUTH_OPEN"
# Where environments say what they are.
_STAGES: Final = ("NODE_ENV", "ENVIRONMENT", "APP_ENV", "DENO_ENV", "PYTHON_ENV", "FLASK_ENV", "DJANGO_ENV")
_PRODUCTION: Final = ("prod", "production")
# What a proxy adds: whoever is behind it is not on this machine.
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
_LOOPBACK: Final = re.compile(r"127(\.[0-9]{1,3}){3}|::1|::ffff:127(\.[0-9]{1,3}){3}")
_LOCAL: Final = r"(localhost|127(\.[0-9]{1,3}){3}|\[::1\])(:[0-9]{1,5})?"
_LOCAL_HOST: Final = re.compile(_LOCAL, re.IGNORECASE | re.ASCII)
_LOCAL_ORIGIN: Final = re.compile(f"https?://{_LOCAL}", re.IGNORECASE | re.ASCII)


class DevelopmentKit:
    """A kit that verifies nothing, for a guard that is open. See `development_kit`."""

    __slots__ = ("_principal",)

    def __init__(self) -> None:
        """See `development_kit`."""
        claims = {"iss": NOBODY, "sub": NOBODY, "aud": NOBODY, "exp": 253_402_300_799}
        self._principal = Principal(unsafe_trust_claims(claims))

    def check_auth(self, _token: str, _policy: object, /, **_options: object) -> NoReturn:
        """Refuse: a token of an issuer is not known here.

        Raises:
            TokenError: `key_not_found`, always.
        """
        raise TokenError("key_not_found")

    def consume_once(self, _claims: Claims, /) -> NoReturn:
        """Refuse, as `check_auth`.

        Raises:
            TokenError: `key_not_found`, always.
        """
        raise TokenError("key_not_found")

    def everybody(self) -> Principal:
        """Who everybody is."""
        return self._principal


def development_kit(
    environment: Mapping[str, str], warn: Callable[[str], object] | None = None
) -> DevelopmentKit | None:
    """A kit that lets everybody on this machine pass: where `DEV_AUTH_OPEN` is the exact word `true`.

    Everybody is the same principal, marked as such; no policy, limit or replay is looked at.

    Args:
        environment: the variables, such as `os.environ`.
        warn: is told once; it is written to standard error unless given.

    Returns:
        The kit, or None where the variable is not set, so that the kit that is meant can be made in its place.

    Raises:
        ConfigError: `config_invalid` (another word than `true`), `config_conflict` (in production, or beside a
            configured issuer), with `DEV_AUTH_OPEN`.

    >>> development_kit({}) is None
    True
    """
    word = environment.get(_SWITCH)
    if word is None:
        return None
    if word != "true":
        raise ConfigError("config_invalid", variable=_SWITCH)
    is_production = any(environment.get(name, "").strip().lower() in _PRODUCTION for name in _STAGES)
    if is_production or any(name.startswith("JWT_") for name in environment):
        raise ConfigError("config_conflict", variable=_SWITCH)
    message = f'{_SWITCH} is true: every request from this machine passes, as "{NOBODY}", without a token'
    (warn or _to_standard_error)(message)
    return DevelopmentKit()


def is_open(principal: Principal) -> bool:
    """Whether a principal was let in by `DEV_AUTH_OPEN`, without a token.

    Args:
        principal: of a request.

    Returns:
        Whether it is the one that everybody is.

    >>> from kit_jwt import Kit
    >>> kit = Kit(issuer="https://issuer.example", audience="api", secret="A" * 86)
    >>> is_open(kit.check_auth(kit.sign({"sub": "u1"}), {"allOf": []}))
    False
    """
    return principal.issuer == NOBODY


def open_to(kit: object, request: GuardRequest) -> Principal | None:
    """Who everybody is, where the guard is open and the request comes from this machine; else None."""
    if not isinstance(kit, DevelopmentKit):
        return None
    hosts = request.header("host")
    # A page of another site can send requests here, and under a name of its own that leads to this machine.
    is_local = len(hosts) == 1 and _LOCAL_HOST.fullmatch(hosts[0]) is not None
    is_own = all(_LOCAL_ORIGIN.fullmatch(origin) for origin in request.header("origin"))
    is_near = _LOOPBACK.fullmatch(request.peer or "") is not None
    is_direct = not any(request.header(name) for name in _FORWARDED)
    return kit.everybody() if is_local and is_own and is_near and is_direct else None


def _to_standard_error(message: str) -> None:
    sys.stderr.write(f"{message}\n")
