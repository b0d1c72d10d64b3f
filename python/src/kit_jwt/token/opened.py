"""A token on its way through the key step, taken apart or remembered: who made its signature, and what it says."""

from __future__ import annotations

from kit_jwt.encoding.json_value import JSONValue
from kit_jwt.encoding.strict_json import parse_frozen
from kit_jwt.keys.key import SecretKey, VerifyKey

from .compact import Compact, split
from .effects import Effect, Flow
from .expectation import Expectation
from .signature_cache import Remembered


def is_made_by(key: VerifyKey, compact: Compact) -> bool:
    """Whether a key made the signature."""
    return key.verify(compact.signing_input, compact.signature)


def remembered_of(key: VerifyKey, known: Remembered | None) -> Remembered | None:
    """What is remembered of a token, where it was this very key that made the signature."""
    return known if known is not None and known.key is key else None


class Opened:
    """A token of which nothing but the header has been read; asked by who looks for its key."""

    __slots__ = ("_compact", "_known", "_payload", "_token", "key")

    def __init__(self, token: str, compact: Compact | None, known: Remembered | None) -> None:
        """Open a token: taken apart, or what is remembered of it, or neither so far."""
        self._token = token
        self._compact = compact
        self._known = known
        self._payload: dict[str, JSONValue] | None = None
        self.key: VerifyKey | None = None

    def is_signer(self, key: VerifyKey) -> Flow[bool]:
        """Whether a key made the signature, remembered or computed; waits where the runtime answers later."""
        if remembered_of(key, self._known) is not None:
            self.key = key
            return True
        compact = self._taken_apart()
        later = None if isinstance(key, SecretKey) else key.later
        if later is None:
            is_made = is_made_by(key, compact)
        else:
            outcome = yield Effect(lambda: later(compact.signing_input, compact.signature), later=True)
            if outcome.error is not None:
                raise outcome.error
            is_made = outcome.value is True
        if is_made:
            self.key = key
        return is_made

    def is_named(self, holder: Expectation) -> bool:
        """Whether the token names an issuer."""
        # Read once a key is known to have signed it, to tell which of the issuers that hold the key is meant.
        payload = self.read()
        return payload is not None and payload.get("iss") == holder.issuer

    def read(self) -> dict[str, JSONValue] | None:
        """The payload, immutable; None where it is no strict JSON object."""
        if self._payload is None and self._known is not None:
            self._payload = self._known.payload
        elif self._payload is None:
            self._payload = parse_frozen(self._taken_apart().payload)
        return self._payload

    def _taken_apart(self) -> Compact:
        if self._compact is None:
            self._compact = split(self._token)
        return self._compact
