"""Where a token may go: origins (RFC 6454), not prefixes of URLs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final

from kit_jwt.errors import ConfigError
from kit_jwt.sources.transport import is_jwks_url

from .errors import OutgoingError

_FORM: Final = re.compile(
    r"(https?)://([a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[a-f0-9:.]+\])(?::([1-9][0-9]{0,4}))?", re.IGNORECASE | re.ASCII
)
"""As it is written: no path, no credentials, no wildcard, and a name of another alphabet in its ASCII form."""

_NUMBER: Final = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
"""What the Fetch standard reads as an address of IPv4."""

_PORTS: Final = {"http": 80, "https": 443}


def read_origins(origins: Sequence[str]) -> frozenset[str]:
    """The origins of a target, each in its one form.

    Raises:
        ConfigError: `config_invalid` with `origins`: none, or what is no origin of `https:`, or of `http:` on loopback.

    >>> sorted(read_origins(["https://Orders.Example:443", "http://[::1]:8080"]))
    ['http://[::1]:8080', 'https://orders.example']
    """
    if not isinstance(origins, (list, tuple, set, frozenset)) or not origins:
        raise ConfigError("config_invalid", variable="origins")
    return frozenset(map(_read, origins))


def origin_of(scheme: str, host: str, port: int | None) -> str:
    """The one form of an origin, of parts that a parser gave: an address of IPv6 without its brackets.

    >>> origin_of("https", "0:0::1", 443)
    'https://[::1]'
    """
    try:
        named = f"[{IPv6Address(host).compressed}]"
    except AddressValueError:
        named = host.lower()
    return f"{scheme}://{named}" + ("" if port in {None, _PORTS.get(scheme)} else f":{port}")


def elsewhere() -> OutgoingError:
    """The error for a URL that leads elsewhere; it does not tell where."""
    return OutgoingError("origin_not_allowed")


def _read(origin: object) -> str:
    found = _FORM.fullmatch(origin) if isinstance(origin, str) else None
    if found is None or not _is_host(found[2].lower()):
        raise ConfigError("config_invalid", variable="origins")
    read = origin_of(found[1].lower(), found[2].strip("[]"), int(found[3]) if found[3] else None)
    if not is_jwks_url(read):
        raise ConfigError("config_invalid", variable="origins")
    return read


def _is_host(host: str) -> bool:
    try:
        if host.startswith("["):
            IPv6Address(host[1:-1])
        elif _NUMBER.fullmatch(host):
            IPv4Address(host)
    except AddressValueError:
        return False
    return True
