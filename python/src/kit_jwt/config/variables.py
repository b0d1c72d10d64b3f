"""The environment variables, one table: names, the options that they set, and how their text is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kit_jwt.errors import ConfigError

_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Variable:
    """One row.

    Attributes:
        name: of the variable.
        option: that it sets.
        kind: how its text is read.
        named: the variable that names the binding which holds the value, None where there is none.
        path: the variable that names a file which holds the value, None where there is none.
    """

    name: str
    option: str
    kind: Literal["text", "number", "list"] = "text"
    named: str | None = None
    path: str | None = None


VARIABLES: Final = (
    Variable("JWT_ISS", "issuer"),
    Variable("JWT_AUD", "audience", "list"),
    Variable("JWT_PROFILE", "profile"),
    Variable("JWT_ACCEPT", "accept", "list"),
    Variable("JWT_TTL_SECONDS", "ttl", "number"),
    Variable("JWT_LEEWAY", "leeway", "number"),
    Variable("JWT_MAX_LIFETIME_SECONDS", "max_lifetime", "number"),
    Variable("JWT_SECRET", "secret", named="JWT_SECRET_NAME"),
    Variable("JWT_SECRET_ACCEPT", "accept_secrets", "list", named="JWT_SECRET_ACCEPT_NAMES"),
    Variable("JWT_PRIVATE_JWK", "private_key", named="JWT_PRIVATE_JWK_NAME", path="JWT_PRIVATE_JWK_PATH"),
    Variable("JWT_KID", "kid"),
    Variable("JWT_PUBLIC_JWK", "public_keys", named="JWT_PUBLIC_JWK_NAME"),
    Variable("JWT_JWKS_URL", "jwks_url", named="JWT_JWKS_URL_NAME"),
    Variable("JWT_JWKS_SERVICE", "jwks_service", named="JWT_JWKS_SERVICE_NAME"),
    Variable("JWT_JWKS_CACHE_TTL_SECONDS", "jwks_cache_ttl", "number"),
    Variable("JWT_ALLOWED_THUMBPRINTS", "allowed_thumbprints", "list"),
)
"""Every variable, in the order in which they are read."""


def gather(read: Callable[[str], object]) -> dict[str, object]:
    """The variables of a kit and the bindings that they name, of an environment that cannot be listed.

    Args:
        read: the value of a name; None where it does not exist.

    >>> gather({"JWT_SECRET_NAME": "MINE", "MINE": "s3", "OTHER": "x"}.get)
    {'JWT_SECRET_NAME': 'MINE', 'MINE': 's3'}
    """
    found: dict[str, object] = {}

    def take(name: str) -> object:
        value = read(name)
        if value is not None:
            found[name] = value
        return value

    for row in VARIABLES:
        for name in (row.name, row.path):
            if name is not None:
                take(name)
        pointer = None if row.named is None else take(row.named)
        if isinstance(pointer, str):
            for name in pointer.split(",") if row.kind == "list" else [pointer]:
                take(name.strip(" ") if row.kind == "list" else name)
    return found


def read_number(text: str, variable: str) -> int:
    """A number: ASCII digits without leading zeros, nine at most.

    Raises:
        ConfigError: `config_invalid`.

    >>> read_number("900", "JWT_TTL_SECONDS")
    900
    """
    if _NUMBER.fullmatch(text) is None:
        raise ConfigError("config_invalid", variable=variable)
    return int(text)


def read_list(text: str, variable: str) -> list[str]:
    """Items separated by commas, trimmed of U+0020 and of nothing else; none may be empty or repeated.

    Raises:
        ConfigError: `config_invalid`.

    >>> read_list("HS512, EdDSA", "JWT_ACCEPT")
    ['HS512', 'EdDSA']
    """
    items = [item.strip(" ") for item in text.split(",")]
    if not all(items) or len(set(items)) != len(items):
        raise ConfigError("config_invalid", variable=variable)
    return items


def read_value(env: Mapping[str, object], name: str, blame: str) -> str | None:
    """The text of a variable or a binding; None where it does not exist.

    Raises:
        ConfigError: `config_invalid` with `blame`: it is empty or no string.
    """
    if name not in env:
        return None
    value = env[name]
    if not isinstance(value, str) or not value:
        raise ConfigError("config_invalid", variable=blame)
    return value
