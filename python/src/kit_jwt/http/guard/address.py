"""Addresses of the internet, and networks of them (RFC 4291, RFC 4632).

An address of IPv4 that is written as IPv6 (RFC 4291 section 2.5.5.2) is one of IPv4: a server that listens on both
writes each peer so.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

_LONGEST: Final = 45
"""Of the longest address: eight groups, or six and an IPv4 address."""
_BITS: Final = re.compile("0|[1-9][0-9]{0,2}")
_MAPPED: Final = 96
"""Bits in front of an address of IPv4 that is written as IPv6."""
_CUSTOMER: Final = 56
"""Bits in which a network of IPv6 that one customer gets is told from another (RFC 6177)."""


def parse_address(text: str) -> Address | None:
    """None where a text is no address; a zone is none of its parts.

    >>> parse_address("::ffff:192.0.2.1")
    IPv4Address('192.0.2.1')
    """
    if len(text) > _LONGEST or "%" in text:
        return None
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def parse_network(text: str) -> Network | None:
    """An address, or a network `address/bits` that has no bit set behind them; None where a text is neither.

    >>> parse_network("10.0.0.0/8"), parse_network("10.0.0.1/8")
    (IPv4Network('10.0.0.0/8'), None)
    """
    head, slash, bits = text.partition("/")
    address = parse_address(head)
    # Behind a slash, the library would take a mask, too.
    if address is None or (slash and _BITS.fullmatch(bits) is None):
        return None
    length = int(bits) if slash else 128 if ":" in head else 32
    is_mapped = ":" in head and isinstance(address, IPv4Address)
    try:
        return ip_network((str(address), length - _MAPPED if is_mapped else length))
    except ValueError:
        return None


def budget_of(address: Address) -> str:
    """Whose budget an address draws on: an address of IPv4, a network of /56 of IPv6 in the text of RFC 5952.

    >>> budget_of(IPv6Address("2001:db8:0:12ff::1"))
    '2001:db8:0:1200::/56'
    """
    return str(address) if isinstance(address, IPv4Address) else str(IPv6Network((address, _CUSTOMER), strict=False))
