"""The tokens of a caller for its targets, kept in the memory of this process."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import Unpack

from .errors import OutgoingError
from .kept import Kept, TargetTokensOptions
from .source import TokenSource, ask_source
from .wanted import Asked, Wanted


class TargetTokens:
    """The tokens of a caller for its targets; for all threads.

    >>> from kit_jwt import Kit
    >>> from kit_jwt.http import TargetTokens, Wanted, mint_locally
    >>> kit = Kit(issuer="https://auth.example", secret="A" * 86)
    >>> tokens = TargetTokens(mint_locally(kit), caller="gateway")
    >>> tokens.token(Wanted(target="orders")) == tokens.token(Wanted(target="orders"))
    True
    """

    def __init__(self, source: TokenSource, *, caller: str, **options: Unpack[TargetTokensOptions]) -> None:
        """Start with none.

        Args:
            source: where they come from.
            caller: who calls: the name of this service.
            options: see `TargetTokensOptions`.

        Raises:
            ConfigError: `config_invalid` with the option.
        """
        self._kept = Kept(caller, source, options)
        self._source = source
        self._lock = threading.Lock()
        self._flights: dict[str, Future[str]] = {}

    def token(self, wanted: Wanted) -> str:
        """A token, kept or new. Threads that want the same one at once wait for one answer of the source.

        Args:
            wanted: for which target, with which scopes, for which user.

        Returns:
            The token.

        Raises:
            OutgoingError: `source_unavailable`, `source_denied`, `source_client_rejected`, `source_malformed`.
            TokenError: as `Kit.sign` and `Kit.create_delegated_token`, where it is minted.
            ConfigError: where it is minted, and the kit cannot.
            MisuseError: what is no request for a token; claims that were not verified.

        >>> from kit_jwt.http import Given, TargetTokens, Wanted
        >>> TargetTokens(lambda asked: Given("t1", 300), caller="gateway").token(Wanted(target="orders"))
        't1'
        """
        key, asked = self._kept.ask(wanted)
        with self._lock:
            found = self._kept.book.find(key, self._kept.clock())
            if found is not None:
                return found
            flight = self._flights.get(key)
            is_mine = flight is None
            if flight is None:
                flight = self._flights[key] = Future()
        if is_mine:
            self._renew(key, asked, flight)
        return flight.result()

    def _renew(self, key: str, asked: Asked, flight: Future[str]) -> None:
        token: str | None = None
        error: Exception = OutgoingError("source_unavailable")
        try:
            began = self._kept.clock()
            try:
                given = ask_source(self._source, asked)
                self._kept.book.keep(key, given, began)
                token = given.token
            except OutgoingError as refused:
                token = self._kept.spare(key, refused)
        except Exception as refused:  # noqa: BLE001 # each who waits is told
            error = refused
        finally:
            # Whatever happens to this thread, no other one waits for ever.
            with self._lock:
                self._flights.pop(key, None)
            if token is None:
                flight.set_exception(error)
            else:
                flight.set_result(token)

    def refuse(self, wanted: Wanted, token: str) -> bool:
        """The target refused a token: it is not shown again.

        Only the token that was shown is forgotten, not one that came after it; and one that stands for a refused one is
        kept for 10 seconds, so that a target that refuses everything does not drain the issuer.

        Args:
            wanted: as it was asked for.
            token: that was refused.

        Returns:
            Whether another one is worth showing.

        Raises:
            MisuseError: what is no request for a token.

        >>> from kit_jwt.http import Given, TargetTokens, Wanted
        >>> TargetTokens(lambda asked: Given("t1", 300), caller="gateway").refuse(Wanted(target="orders"), "t0")
        True
        """
        return self._kept.refuse(wanted, token)
