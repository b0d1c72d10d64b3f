"""Whose budget a request draws on by its address."""

from __future__ import annotations

from collections.abc import Sequence

from kit_jwt.encoding.jcs import canonicalize

from .address import Address, budget_of, parse_address, parse_network
from .forwarded import ForwardedHeader, hops_of
from .refused import RefusedError
from .request import GuardRequest


class AddressKeys:
    """The names of budgets by address: that of the peer; behind a trusted proxy, the nearest one that is none.

    Whatever is behind that one was written by somebody who is not trusted.

    >>> AddressKeys().key_of(GuardRequest(header=lambda name: ["192.0.2.7"], peer="192.0.2.1"))
    '["address","192.0.2.1"]'
    """

    __slots__ = ("_header", "_networks")

    def __init__(self, trusted: Sequence[str] = (), header: ForwardedHeader = "x-forwarded-for") -> None:
        """Believe these proxies, about this header."""
        self._networks = [network for network in map(parse_network, trusted) if network is not None]
        self._header: ForwardedHeader = header

    def key_of(self, request: GuardRequest) -> str:
        """The name of the budget of a request.

        Raises:
            RefusedError: `limiter_unavailable`: the address of the peer is not known.
        """
        # A zone (RFC 4007) is a matter of this machine.
        peer = parse_address((request.peer or "").partition("%")[0])
        if peer is None:
            raise RefusedError("limiter_unavailable")
        client = self._client_of(request) if self._is_trusted(peer) else None
        return canonicalize(["address", budget_of(client or peer)])

    def _client_of(self, request: GuardRequest) -> Address | None:
        """None where all hops are trusted, and where one of them cannot be read."""
        for address in hops_of(request.header(self._header), self._header):
            if address is None or not self._is_trusted(address):
                return address
        return None

    def _is_trusted(self, address: Address) -> bool:
        return any(address in network for network in self._networks)
